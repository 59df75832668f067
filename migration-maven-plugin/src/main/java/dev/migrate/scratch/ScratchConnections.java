package dev.migrate.scratch;

import dev.migrate.target.ConnectionDoor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Opens JDBC connections to servers of ours, and runs small statements there. */
final class ScratchConnections {
  static final String INVALID_PASSWORD = "28P01";
  static final String UNKNOWN_DATABASE = "3D000";
  static final String DUPLICATE_DATABASE = "42P04";
  static final String IN_USE = "55006";

  private ScratchConnections() {}

  static Connection connect(ServerAddress server, String database) throws SQLException {
    return connect(server.jdbcUrl(database), server.user(), server.password());
  }

  static Connection connect(String url, String user, String password) throws SQLException {
    return ConnectionDoor.open(url, properties(user, password));
  }

  static Connection connectForScripts(String url, String user, String password)
      throws SQLException {
    return ConnectionDoor.openForScripts(url, properties(user, password));
  }

  private static Properties properties(String user, String password) {
    Properties properties = new Properties();
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("ApplicationName", "migrate scratch");
    properties.setProperty("connectTimeout", "10");
    return properties;
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of a query's rows. */
  static List<String> column(Connection connection, String sql, String... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      List<String> values = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
      return values;
    }
  }

  static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
