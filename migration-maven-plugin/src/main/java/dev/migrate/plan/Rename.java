package dev.migrate.plan;

import dev.migrate.schema.FactId;

/** A rename of one object: its old and its new identity. */
public sealed interface Rename {
  /**
   * An object, column, constraint, … under another name or in another schema.
   *
   * @param from its identity before
   * @param to its identity afterwards, of the same kind
   */
  record OfFact(FactId from, FactId to) implements Rename {
    /**
     * @param from its identity before
     * @param to its identity afterwards
     */
    public OfFact {
      if (from.kind() != to.kind()) {
        throw new IllegalArgumentException("A " + from + " cannot become a " + to);
      }
    }

    @Override
    public String toString() {
      return from + " to " + to;
    }
  }

  /**
   * A value of an enum under another name.
   *
   * @param type the enum
   * @param from the value before
   * @param to the value afterwards
   */
  record OfEnumValue(FactId type, String from, String to) implements Rename {
    @Override
    public String toString() {
      return "value " + from + " of " + type + " to " + to;
    }
  }
}
