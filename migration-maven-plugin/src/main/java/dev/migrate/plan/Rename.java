package dev.migrate.plan;

import dev.migrate.schema.FactId;

/**
 * One thing under another name.
 *
 * @param from its identity before
 * @param to its identity afterwards, of the same kind
 */
public record Rename(FactId from, FactId to) {
  /**
   * @param from its identity before
   * @param to its identity afterwards
   */
  public Rename {
    if (from.kind() != to.kind()) {
      throw new IllegalArgumentException("A " + from + " cannot become a " + to);
    }
  }
}
