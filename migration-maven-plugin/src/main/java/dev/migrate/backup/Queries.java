package dev.migrate.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Small JDBC queries of this package: one value, one column, one statement. */
final class Queries {
  private Queries() {}

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** The first column of the first row; null when there is none. */
  static String text(Connection connection, String sql) throws SQLException {
    List<List<String>> rows = all(connection, sql);
    return rows.isEmpty() ? null : rows.get(0).get(0);
  }

  static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    for (List<String> row : all(connection, sql)) {
      values.add(row.get(0));
    }
    return values;
  }

  /** All rows, each value as text; absent values are null. */
  static List<List<String>> all(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
