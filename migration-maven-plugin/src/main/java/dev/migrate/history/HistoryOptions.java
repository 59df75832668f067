package dev.migrate.history;

import dev.migrate.script.Placeholders;
import dev.migrate.sql.SqlNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Options of a migration history and of the scripts run on it: table, timeouts, placeholders.
 *
 * @param schema the schema of the history table; else the connection's current one
 * @param table the name of the history table
 * @param timeouts how long locks and statements may take
 * @param placeholders what is replaced in scripts
 * @param schemas further schemas that Flyway makes before the first script
 */
public record HistoryOptions(
    Optional<String> schema,
    String table,
    Timeouts timeouts,
    Placeholders placeholders,
    List<String> schemas) {

  public HistoryOptions {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(timeouts, "timeouts");
    Objects.requireNonNull(placeholders, "placeholders");
    schemas = List.copyOf(schemas);
  }

  /**
   * @return Flyway's table in the current schema, the usual timeouts, and no placeholders
   */
  public static HistoryOptions defaults() {
    return new HistoryOptions(
        Optional.empty(),
        HistoryTable.DEFAULT_NAME,
        Timeouts.usual(),
        Placeholders.of(Map.of()),
        List.of());
  }

  /**
   * @return the search path of scripts, quoted; empty when it is that of the database
   */
  public String searchPath() {
    return schema.map(name -> SqlNames.inQuotes(name) + ", \"$user\", public").orElse("");
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
    return new HistoryOptions(Optional.of(other), table, timeouts, placeholders, schemas);
  }

  /**
   * @param name the name of the history table
   * @return the same with that table
   */
  public HistoryOptions withTable(String name) {
    return new HistoryOptions(schema, name, timeouts, placeholders, schemas);
  }

  /**
   * @param others how long locks and statements may take
   * @return the same with these
   */
  public HistoryOptions with(Timeouts others) {
    return new HistoryOptions(schema, table, others, placeholders, schemas);
  }

  /**
   * @param limit how long a statement of a script may run; zero is for ever
   * @return the same with that
   */
  public HistoryOptions withStatementTimeout(Duration limit) {
    return with(timeouts.withStatementTimeout(limit));
  }

  /**
   * @param replaced what is replaced in scripts
   * @return the same with these
   */
  public HistoryOptions with(Placeholders replaced) {
    return new HistoryOptions(schema, table, timeouts, replaced, schemas);
  }

  /**
   * @param values of placeholders that look as Flyway's usually do; none leaves every dollar sign
   *     alone
   * @return the same with these
   */
  public HistoryOptions withPlaceholders(Map<String, String> values) {
    return with(Placeholders.of(values));
  }
}
