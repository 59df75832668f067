package dev.migrate.history;

import dev.migrate.script.Placeholders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Options of a migration history and of the scripts run on it: table, lock and statement timeouts,
 * retries, placeholders.
 *
 * @param schema the schema of the history table; else the connection's current one
 * @param table the name of the history table
 * @param lockWait how long to wait for the lock of the history
 * @param lockTimeout how long a statement of a script may wait for a lock; zero is for ever
 * @param statementTimeout how long a statement of a script may run; zero is for ever
 * @param lockRetries how often a revision that hit the lock timeout is tried again
 * @param placeholders what is replaced in scripts
 * @param schemas further schemas that Flyway makes before the first script
 */
public record HistoryOptions(
    Optional<String> schema,
    String table,
    Duration lockWait,
    Duration lockTimeout,
    Duration statementTimeout,
    int lockRetries,
    Placeholders placeholders,
    List<String> schemas) {

  public HistoryOptions {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(lockWait, "lockWait");
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    Objects.requireNonNull(statementTimeout, "statementTimeout");
    Objects.requireNonNull(placeholders, "placeholders");
    schemas = List.copyOf(schemas);
  }

  /**
   * With placeholders that look as Flyway's usually do.
   *
   * @param schema the schema of the history table; else the connection's current one
   * @param table the name of the history table
   * @param lockWait how long to wait for the lock of the history
   * @param lockTimeout how long a statement of a script may wait for a lock
   * @param statementTimeout how long a statement of a script may run
   * @param lockRetries how often a revision that hit the lock timeout is tried again
   * @param placeholders their values; none leaves every dollar sign alone
   */
  public HistoryOptions(
      Optional<String> schema,
      String table,
      Duration lockWait,
      Duration lockTimeout,
      Duration statementTimeout,
      int lockRetries,
      Map<String, String> placeholders) {
    this(
        schema,
        table,
        lockWait,
        lockTimeout,
        statementTimeout,
        lockRetries,
        Placeholders.of(placeholders),
        List.of());
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
   * @return the search path of scripts, quoted; empty when it is that of the database
   */
  public String searchPath() {
    return schema
        .map(name -> '"' + name.replace("\"", "\"\"") + "\", \"$user\", public")
        .orElse("");
  }

  /**
   * @return what Flyway is told of all this, by the names of its settings
   */
  public Map<String, String> flyway() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("flyway.table", table);
    List<String> all = new ArrayList<>(schema.stream().toList());
    all.addAll(schemas);
    schema.ifPresent(name -> settings.put("flyway.defaultSchema", name));
    if (!all.isEmpty()) {
      settings.put("flyway.schemas", String.join(",", all));
    }
    settings.put("flyway.placeholderReplacement", String.valueOf(placeholders.replaced()));
    settings.put("flyway.placeholderPrefix", placeholders.prefix());
    settings.put("flyway.placeholderSuffix", placeholders.suffix());
    settings.put("flyway.placeholderSeparator", placeholders.separator());
    placeholders
        .values()
        .forEach((name, value) -> settings.put("flyway.placeholders." + name, value));
    return settings;
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
        placeholders,
        schemas);
  }

  /**
   * @param lockWait how long to wait for the lock of the history
   * @param lockTimeout how long a statement of a script may wait for a lock
   * @param statementTimeout how long a statement of a script may run
   * @param lockRetries how often a revision that hit the lock timeout is tried again
   * @return the same with other patience
   */
  public HistoryOptions with(
      Duration lockWait, Duration lockTimeout, Duration statementTimeout, int lockRetries) {
    return new HistoryOptions(
        schema, table, lockWait, lockTimeout, statementTimeout, lockRetries, placeholders, schemas);
  }

  /**
   * @param statementTimeout how long a statement of a script may run
   * @return the same with other patience
   */
  public HistoryOptions with(Duration statementTimeout) {
    return with(lockWait, lockTimeout, statementTimeout, lockRetries);
  }
}
