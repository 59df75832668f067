package dev.migrate.history;

import java.util.List;
import java.util.stream.Stream;

/**
 * A row of the table in docs/concepts.md, and one of the types that it is about.
 *
 * @param row the row
 * @param type the type
 */
record Situation(TypesPage.Row row, String type) {
  /**
   * What is recorded.
   *
   * @param version null for a row that is about none
   * @param type Flyway's type
   * @param success false when it stopped half-way
   */
  record Recorded(String version, String type, boolean success) {}

  /** One for each type. */
  static Stream<Situation> of(TypesPage.Row row) {
    return TypesPage.read().typesOf(row).stream().map(type -> new Situation(row, type));
  }

  boolean hasFile() {
    return !row.says().endsWith("there is no file of 2");
  }

  /** Whether the table that revision 2 makes is there. */
  boolean isThere() {
    return hasFile() && says("ran") && !says("stopped")
        || says("baseline") && !says("taken back")
        || says("taken back, and stopped");
  }

  boolean says(String word) {
    return row.says().contains(word);
  }

  /** What the history has of revision 2. */
  List<Recorded> history() {
    if (says("nothing")) {
      return List.of();
    }
    if (says("schemas")) {
      return List.of(new Recorded("0", type, true), new Recorded(null, type, true));
    }
    if (says("a baseline, taken back")) {
      return List.of(new Recorded("2", type, true), new Recorded("2", "DELETE", true));
    }
    if (says("once more")) {
      return List.of(
          new Recorded("2", "SQL", true),
          new Recorded("2", type, true),
          new Recorded("2", "DELETE", true));
    }
    if (says("taken back")) {
      return List.of(new Recorded("2", "SQL", true), new Recorded("2", type, !says("stopped")));
    }
    return List.of(new Recorded("2", type, !says("stopped")));
  }

  @Override
  public String toString() {
    return row.says() + " (" + type + ")";
  }
}
