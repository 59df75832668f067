package dev.migrate.history;

import static dev.migrate.sql.SqlNames.inQuotes;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.target.SearchPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * The location of Flyway's schema history table in a database, in which this plugin, too, records
 * what was applied.
 *
 * @param schema the schema that holds it
 * @param name its name
 */
public record HistoryTable(String schema, String name) {
  /** The name that Flyway gives it unless told otherwise. */
  public static final String DEFAULT_NAME = "flyway_schema_history";

  /** Flyway's advisory locks count from here: see {@link #lockNumber()}. */
  private static final long FLYWAY_LOCK_BASE = 77_431_708_279_161L;

  public HistoryTable {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
  }

  /**
   * @param connection a connection to the target
   * @param schema the schema that was configured, if any; else it is the connection's current one,
   *     as Flyway does it
   * @param name the table's name
   * @return the table, which need not exist yet
   * @throws MigrateException {@code DATABASE} when no schema was configured and the search path
   *     leads to none
   */
  public static HistoryTable locate(Connection connection, Optional<String> schema, String name) {
    if (schema.isPresent()) {
      return new HistoryTable(schema.get(), name);
    }
    try {
      return locate(SearchPath.configured(connection), schema, name);
    } catch (SQLException e) {
      throw DatabaseFailure.of("The current schema cannot be read", e);
    }
  }

  static HistoryTable locate(SearchPath path, Optional<String> schema, String name) {
    return new HistoryTable(schema.or(path::schema).orElseThrow(() -> noPlace(path.text())), name);
  }

  static MigrateException noPlace(String path) {
    return new MigrateException(
        FailureCode.DATABASE,
        "The search path of this connection is %s, and no schema of it exists or may be used by its"
                .formatted(path.isBlank() ? "empty" : path)
            + " user, so there is no place for the history table.",
        "Create that schema (or grant USAGE on it), correct currentSchema in the URL or search_path of"
            + " the role, or name another schema with -Dmigrate.historySchema=….");
  }

  /**
   * The key of the advisory lock that Flyway takes for this table, so that whoever migrates with
   * Flyway and whoever migrates with us wait for each other.
   *
   * @return the key for {@code pg_advisory_lock(bigint)}
   */
  public long lockNumber() {
    return FLYWAY_LOCK_BASE + quoted().hashCode();
  }

  /**
   * @return the qualified name, quoted for SQL
   */
  public String quoted() {
    return inQuotes(schema) + "." + inQuotes(name);
  }
}
