package dev.migrate.rehearse;

import dev.migrate.sql.PostgresError;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.ServerErrorMessage;

/**
 * Finds the rows with NULL because of which SET NOT NULL fails. For unique and foreign keys
 * PostgreSQL names a value by itself; for this it names the column only.
 */
final class NullRows {
  private static final int SHOWN = 3;

  private static final String KEY =
      """
      select a.attname::text
      from pg_catalog.pg_index i
      cross join lateral unnest(i.indkey::int2[]) with ordinality k (attnum, place)
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indisprimary and i.indrelid =
        (select c.oid from pg_catalog.pg_class c
         join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = ? and c.relname = ?)
      order by k.place
      """;

  private NullRows() {}

  /**
   * Looks for them where the failure was rolled back. A column that the script itself had added is
   * gone again, and its rows cannot be told.
   *
   * @param failure why a script failed
   * @param connection to the database that it failed on, in autocommit
   * @return a sentence with the keys of up to three rows; empty when the failure is another, or the
   *     table has no primary key
   * @throws SQLException when the database cannot be asked
   */
  static Optional<String> of(Throwable failure, Connection connection) throws SQLException {
    ServerErrorMessage server = PostgresError.server(failure).orElse(null);
    if (server == null
        || !SqlState.NOT_NULL_VIOLATION.code().equals(server.getSQLState())
        || server.getSchema() == null
        || server.getTable() == null
        || server.getColumn() == null
        || !isColumn(connection, server)) {
      return Optional.empty();
    }
    List<String> key = key(connection, server);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    List<String> rows = rows(connection, server, key);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    boolean more = rows.size() > SHOWN;
    return Optional.of(
        "Rows with null in %s of %s.%s: %s %s%s"
            .formatted(
                server.getColumn(),
                server.getSchema(),
                server.getTable(),
                String.join(", ", key),
                String.join(", ", rows.subList(0, Math.min(SHOWN, rows.size()))),
                more ? ", …" : ""));
  }

  private static boolean isColumn(Connection connection, ServerErrorMessage server)
      throws SQLException {
    try (ResultSet columns =
        connection
            .getMetaData()
            .getColumns(
                null,
                pattern(connection, server.getSchema()),
                pattern(connection, server.getTable()),
                pattern(connection, server.getColumn()))) {
      return columns.next();
    }
  }

  private static String pattern(Connection connection, String name) throws SQLException {
    String escape = connection.getMetaData().getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private static List<String> key(Connection connection, ServerErrorMessage server)
      throws SQLException {
    return Queries.column(connection, KEY, server.getSchema(), server.getTable());
  }

  private static List<String> rows(
      Connection connection, ServerErrorMessage server, List<String> key) throws SQLException {
    List<String> columns = key.stream().map(SqlNames::inQuotes).toList();
    String one =
        columns.size() == 1
            ? columns.get(0) + "::text"
            : "row(" + String.join(", ", columns) + ")::text";
    return Queries.column(
        connection,
        "select %s from %s.%s where %s is null order by %s limit %s"
            .formatted(
                one,
                SqlNames.inQuotes(server.getSchema()),
                SqlNames.inQuotes(server.getTable()),
                SqlNames.inQuotes(server.getColumn()),
                String.join(", ", columns),
                SHOWN + 1));
  }
}
