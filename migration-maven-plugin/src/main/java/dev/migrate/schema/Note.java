package dev.migrate.schema;

import java.util.Arrays;

/**
 * A remark on a fact that PostgreSQL keeps and no statement can change back. It serves the planner,
 * and makes no difference between two facts.
 */
public enum Note {
  /** A column or a constraint that is inherited is the table's own, too. */
  LOCAL("local"),
  /** A column that inherits NOT NULL says so itself, too. */
  OWN_NOT_NULL("own not null"),
  /** A column is part of the key by which its table is partitioned. */
  PARTITION_KEY("partition key"),
  /** An extension cannot be moved into another schema. */
  STAYS_IN_SCHEMA("stays in its schema");

  private final String text;

  Note(String text) {
    this.text = text;
  }

  /**
   * @param text what {@link #toString} says of one
   * @return it
   * @throws IllegalArgumentException when there is none
   */
  public static Note of(String text) {
    return Arrays.stream(values())
        .filter(note -> note.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no note \"" + text + "\""));
  }

  @Override
  public String toString() {
    return text;
  }
}
