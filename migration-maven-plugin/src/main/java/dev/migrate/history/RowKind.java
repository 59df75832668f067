package dev.migrate.history;

import java.util.Map;
import java.util.Set;

/**
 * Classification of history rows by Flyway's types, old ones and those of its paid edition
 * included. Flyway has had more types than it knows today, and its paid edition has some of its
 * own; whoever asks about a row asks about its kind.
 */
public enum RowKind {
  /** A script of the project, in SQL: what we run and record ourselves. */
  SCRIPT,
  /** A migration that only the Flyway of an application can run: a Java class, a shell script. */
  ELSEWHERE,
  /** A mark that everything up to its version is there already. */
  BASELINE,
  /** A baseline script of the project, in SQL. */
  BASELINE_SCRIPT,
  /** Flyway's note that it has created the schemas. */
  SCHEMA,
  /** A tombstone: ours, one of Flyway's repair, or one of the paid edition's undo. */
  TAKEN_BACK,
  /** A type or a version that this project has never heard of. */
  NOT_UNDERSTOOD;

  private static final Map<String, RowKind> BY_TYPE =
      Map.ofEntries(
          Map.entry("SQL", SCRIPT),
          Map.entry("JDBC", ELSEWHERE),
          Map.entry("SPRING_JDBC", ELSEWHERE),
          Map.entry("JAVA", ELSEWHERE), // until Flyway 1
          Map.entry("SCRIPT", ELSEWHERE),
          Map.entry("CUSTOM", ELSEWHERE),
          Map.entry("BASELINE", BASELINE),
          Map.entry("INIT", BASELINE), // until Flyway 2
          Map.entry("JDBC_BASELINE", BASELINE),
          Map.entry("JDBC_STATE_SCRIPT", BASELINE), // until Flyway 8
          Map.entry("SCRIPT_BASELINE", BASELINE),
          Map.entry("SQL_BASELINE", BASELINE_SCRIPT),
          Map.entry("SQL_STATE_SCRIPT", BASELINE_SCRIPT), // until Flyway 8
          Map.entry("SCHEMA", SCHEMA),
          Map.entry("DELETE", TAKEN_BACK),
          Map.entry("UNDO_SQL", TAKEN_BACK),
          Map.entry("UNDO_JDBC", TAKEN_BACK),
          Map.entry("UNDO_SPRING_JDBC", TAKEN_BACK),
          Map.entry("UNDO_SCRIPT", TAKEN_BACK),
          Map.entry("UNDO_CUSTOM", TAKEN_BACK));

  static RowKind of(String type) {
    return BY_TYPE.getOrDefault(type, NOT_UNDERSTOOD);
  }

  /** All types that have a kind. */
  static Set<String> types() {
    return BY_TYPE.keySet();
  }

  /**
   * @return whether it says that everything up to its version is there already
   */
  boolean isBaseline() {
    return this == BASELINE || this == BASELINE_SCRIPT;
  }
}
