package dev.migrate.script;

import java.util.Map;
import java.util.Objects;

/**
 * Connection data and settings for running a Java migration: where it runs, and what it finds
 * there.
 *
 * @param loginUrl the whole address of the database, password included
 * @param record the statement that writes its row of the history, with a parameter for the
 *     milliseconds it took; empty where there is no history
 * @param searchPath the search path of scripts; empty for that of the database
 * @param settings what Flyway is told, by its names ({@code flyway.…}): a migration may ask for
 *     placeholders and schemas
 */
public record JavaTarget(
    String loginUrl, String record, String searchPath, Map<String, String> settings) {
  /** Copies what it is given. */
  public JavaTarget {
    Objects.requireNonNull(loginUrl, "loginUrl");
    Objects.requireNonNull(record, "record");
    Objects.requireNonNull(searchPath, "searchPath");
    settings = Map.copyOf(settings);
  }

  /** Without the address, in which there is a password. */
  @Override
  public String toString() {
    return "the target of a Java migration";
  }
}
