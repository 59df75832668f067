package dev.migrate.plan.rules;

import dev.migrate.plan.Inheritance;
import dev.migrate.plan.PlanContext;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import java.util.Optional;

/**
 * A column that is converted to text for a while, because a type inside its values changes. What
 * becomes of them is seen between the first schema of the plan and the last.
 *
 * @param first the column as it was
 * @param last the column as it is wanted in the end
 */
record ParkedColumn(Fact first, Fact last) {

  /**
   * Whether a change of type is one half of a way by text; nothing where it is the whole change.
   */
  static Optional<ParkedColumn> of(Fact before, Fact after, PlanContext context) {
    return context
        .first()
        .find(after.id())
        .flatMap(
            first -> context.last().find(after.id()).map(last -> new ParkedColumn(first, last)))
        .filter(
            one ->
                !type(one.first(), context, true).equals(before.text(Attribute.TYPE))
                    || !type(one.last(), context, false).equals(after.text(Attribute.TYPE)));
  }

  private static String type(Fact column, PlanContext context, boolean first) {
    return Inheritance.definition(column, first ? context.first() : context.last())
        .text(Attribute.TYPE);
  }

  /** Anything can become text; what the text then becomes counts. */
  TypeChange change(Fact before, PlanContext context) {
    return type(first, context, true).equals(before.text(Attribute.TYPE))
        ? TypeChange.KEEPS
        : TypeChange.byText(first, last, context.first(), context.last());
  }

  boolean crossesZones(PlanContext context) {
    return TypeChange.crossesZones(first, last, context.first(), context.last());
  }
}
