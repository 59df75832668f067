package dev.migrate.scratch;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Host, port, user and password of a running server.
 *
 * @param host host name or address
 * @param port TCP port
 * @param user role to log in as
 * @param password its password; never part of {@link #toString()} or of a URL
 */
public record ServerAddress(String host, int port, String user, String password) {
  /** All parts are needed. */
  public ServerAddress {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /**
   * @param database a database of the server, unquoted
   * @return the JDBC URL of that database, without credentials
   */
  public String jdbcUrl(String database) {
    // pgjdbc decodes the path like a form field, so a space may travel as "+".
    return "jdbc:postgresql://"
        + host
        + ":"
        + port
        + "/"
        + URLEncoder.encode(database, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
