package dev.migrate.scratch;

import dev.migrate.target.SecureConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;

/** Opens JDBC connections to servers of ours. */
final class ScratchConnections {
  private ScratchConnections() {}

  static Connection connect(ServerAddress server, String database) throws SQLException {
    return connect(server.jdbcUrl(database), server.user(), server.password());
  }

  static Connection connect(String url, String user, String password) throws SQLException {
    return SecureConnections.open(url, properties(user, password));
  }

  static Connection connectForScripts(String url, String user, String password)
      throws SQLException {
    return SecureConnections.openForScripts(url, properties(user, password));
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
}
