package dev.migrate.history;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a target's history is kept and moved.
 *
 * @param schema the schema of the history table; else the connection's current one
 * @param table the name of the history table
 * @param lockWait how long to wait for the lock of the history
 * @param lockTimeout how long a statement of a script may wait for a lock; zero is for ever
 * @param statementTimeout how long a statement of a script may run; zero is for ever
 * @param lockRetries how often a revision that hit the lock timeout is tried again
 * @param placeholders values for Flyway's placeholders; none leaves every dollar sign alone
 */
public record HistoryOptions(
    Optional<String> schema,
    String table,
    Duration lockWait,
    Duration lockTimeout,
    Duration statementTimeout,
    int lockRetries,
    Map<String, String> placeholders) {

  public HistoryOptions {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(lockWait, "lockWait");
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    Objects.requireNonNull(statementTimeout, "statementTimeout");
    placeholders = Map.copyOf(placeholders);
  }

  /**
   * @return Flyway's table in the current schema, a minute of patience for the history's lock, five
   *     seconds for any other, and five retries
   */
  public static HistoryOptions defaults() {
    return new HistoryOptions(
        Optional.empty(),
        HistoryTable.DEFAULT_NAME,
        Duration.ofSeconds(60),
        Duration.ofSeconds(5),
        Duration.ZERO,
        5,
        Map.of());
  }

  /**
   * @param other the schema of the history
   * @return the same with a history there
   */
  public HistoryOptions in(String other) {
    return new HistoryOptions(
        Optional.of(other),
        table,
        lockWait,
        lockTimeout,
        statementTimeout,
        lockRetries,
        placeholders);
  }
}
