package dev.migrate.plan;

import dev.migrate.schema.Fact;
import java.util.List;
import java.util.function.Predicate;

/** An ALTER of one object: how a fact becomes another one with the same identity. */
public sealed interface Alteration {
  /** It is dropped and made again, and what depends on it too. */
  record Recreate() implements Alteration {}

  /**
   * It is altered where it is.
   *
   * @param statements what alters it
   * @param inTheWay which of the facts that depend on it PostgreSQL wants out of the way: they are
   *     dropped before and made again after
   * @param remake whether what belongs to it, such as its comment, is lost on the way and must be
   *     made again
   */
  record InPlace(List<Statement> statements, Predicate<Fact> inTheWay, boolean remake)
      implements Alteration {
    /**
     * @param statements what alters it
     * @param inTheWay what must be out of the way
     * @param remake whether what belongs to it must be made again
     */
    public InPlace {
      statements = List.copyOf(statements);
    }
  }

  /**
   * @param statements what alters it
   * @return an alteration that nothing is in the way of
   */
  static Alteration inPlace(List<Statement> statements) {
    return new InPlace(statements, fact -> false, false);
  }
}
