package dev.migrate.plan.rules;

import dev.migrate.plan.Inheritance;
import dev.migrate.plan.Scene;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import java.util.Optional;

/**
 * A column whose values are text while the types change that they have inside. What becomes of them
 * is seen between the first schema of the plan and the last.
 *
 * @param first the column as it was
 * @param last the column as it is wanted in the end
 */
record Parked(Fact first, Fact last) {

  /**
   * Whether a change of type is one half of a way by text; nothing where it is the whole change.
   */
  static Optional<Parked> of(Fact before, Fact after, Scene scene) {
    return scene
        .first()
        .find(after.id())
        .flatMap(first -> scene.last().find(after.id()).map(last -> new Parked(first, last)))
        .filter(
            one ->
                !type(one.first(), scene, true).equals(before.text(Attribute.TYPE))
                    || !type(one.last(), scene, false).equals(after.text(Attribute.TYPE)));
  }

  private static String type(Fact column, Scene scene, boolean first) {
    return Inheritance.definition(column, first ? scene.first() : scene.last())
        .text(Attribute.TYPE);
  }

  /** Anything can become text; what the text then becomes counts. */
  TypeChange change(Fact before, Scene scene) {
    return type(first, scene, true).equals(before.text(Attribute.TYPE))
        ? TypeChange.KEEPS
        : TypeChange.byText(first, last, scene.first(), scene.last());
  }

  boolean crossesZones(Scene scene) {
    return TypeChange.crossesZones(first, last, scene.first(), scene.last());
  }
}
