package dev.migrate.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs short SQL statements and queries over JDBC, and returns their answers as texts. JDBC's
 * escapes, such as {@code {fn …}}, are never looked for: to PostgreSQL they are what they are.
 */
public final class Queries {
  private Queries() {}

  /**
   * @param connection where
   * @param sql one statement or several
   * @throws SQLException when PostgreSQL refuses it
   */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /**
   * @param connection where
   * @param sql a query
   * @param parameters the values of its question marks
   * @return the first column of the first row; null when there is no row, or no value in it
   * @throws SQLException when PostgreSQL refuses it
   */
  public static String text(Connection connection, String sql, String... parameters)
      throws SQLException {
    List<List<String>> rows = all(connection, sql, parameters);
    return rows.isEmpty() ? null : rows.get(0).get(0);
  }

  /**
   * @param connection where
   * @param sql a query
   * @param parameters the values of its question marks
   * @return the first column of all rows; absent values are null
   * @throws SQLException when PostgreSQL refuses it
   */
  public static List<String> column(Connection connection, String sql, String... parameters)
      throws SQLException {
    List<String> values = new ArrayList<>();
    for (List<String> row : all(connection, sql, parameters)) {
      values.add(row.get(0));
    }
    return values;
  }

  /**
   * @param connection where
   * @param sql a query
   * @param parameters the values of its question marks
   * @return all rows; absent values are null
   * @throws SQLException when PostgreSQL refuses it
   */
  public static List<List<String>> all(Connection connection, String sql, String... parameters)
      throws SQLException {
    if (parameters.length == 0) {
      try (Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        return read(statement.executeQuery(sql));
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      return read(statement.executeQuery());
    }
  }

  private static List<List<String>> read(ResultSet result) throws SQLException {
    try (result) {
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
