package dev.migrate.rehearse;

import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * File and row count of each table of a copy at one moment, to detect rewrites and changed rows.
 */
final class TableState {
  private static final String TABLES =
      """
      select c.oid::int8, n.nspname, c.relname, pg_relation_filenode(c.oid)::int8
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and c.relpersistence <> 't' and n.nspname !~ '^pg_'
        and n.nspname not in ('information_schema', '%s')
      """
          .formatted(LockWatch.SCHEMA);

  private TableState() {}

  /** One table. */
  record Shape(long oid, long file, long rows) {}

  static SortedMap<String, Shape> take(Connection connection, String historyTable)
      throws SQLException {
    SortedMap<String, Shape> tables = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        if (!rows.getString(3).equals(historyTable)) {
          tables.put(
              format(rows.getString(2), rows.getString(3)),
              new Shape(rows.getLong(1), rows.getLong(4), 0));
        }
      }
    }
    SortedMap<String, Shape> counted = new TreeMap<>();
    for (var one : tables.entrySet()) {
      counted.put(
          one.getKey(),
          new Shape(one.getValue().oid(), one.getValue().file(), count(connection, one.getKey())));
    }
    return counted;
  }

  private static String format(String schema, String name) {
    return SqlNames.qualified(schema, name);
  }

  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + table)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      if (SqlState.NOT_IN_NEEDED_STATE.is(e)) {
        return 0; // a materialized view without content
      }
      throw e;
    }
  }
}
