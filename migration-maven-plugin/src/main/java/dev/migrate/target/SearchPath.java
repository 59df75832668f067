package dev.migrate.target;

import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The {@code search_path} setting of a session, by the settings of the role, the database or the
 * URL, and the schemas in it that exist.
 *
 * @param text the setting, as PostgreSQL shows it
 * @param schema the first schema of it that exists, where new objects go
 */
public record SearchPath(String text, Optional<String> schema) {
  /** Nothing of it can be shadowed: it is qualified, and without an operator. */
  static final String CURRENT_SCHEMA = "SELECT pg_catalog.current_schema()";

  public SearchPath {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(schema, "schema");
  }

  /**
   * Asks for it, and leaves the connection as one for statements of ours.
   *
   * @param connection one of {@link SecureConnections#open}
   * @return what its session was configured with
   * @throws SQLException when the connection is lost
   */
  public static SearchPath configured(Connection connection) throws SQLException {
    SecureConnections.execute(connection, "SET search_path TO DEFAULT");
    try {
      List<String> row =
          Queries.all(connection, CURRENT_SCHEMA + ", pg_catalog.current_setting('search_path')")
              .get(0);
      return new SearchPath(row.get(1), Optional.ofNullable(row.get(0)));
    } finally {
      SecureConnections.close(connection);
    }
  }
}
