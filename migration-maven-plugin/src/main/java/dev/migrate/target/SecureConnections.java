package dev.migrate.target;

import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.core.ConnectionFactory;
import org.postgresql.core.QueryExecutor;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Factory of all JDBC connections, each with a secure {@code search_path}. What is in a database
 * was made by people who may be hostile, and whoever runs a goal may be a superuser: a function of
 * theirs with the name and the exact argument types of one of PostgreSQL's would be preferred to
 * it, and run with our rights, wherever a statement of ours leaves the choice to the search path.
 * So ours leave it none.
 *
 * <p>The path is set by the first statement and not by a startup parameter: poolers refuse those,
 * and what the session was configured with stays its default, for the scripts that need it. {@code
 * SET} itself calls nothing that anybody could have put in its way.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATTERNS">
 *     Secure schema usage patterns</a>
 */
public final class SecureConnections {
  /**
   * Nothing but PostgreSQL's own. Temporary objects would come first for tables and types if they
   * were not named last.
   */
  public static final String PATH = "pg_catalog, pg_temp";

  /** The statement that makes a session one for statements of ours. */
  public static final String CLOSE = "SET search_path = " + PATH;

  /**
   * The driver would give each session the zone of its JVM, and with that of the machine on which a
   * goal happens to run: values that a script converts, and constants as PostgreSQL says them,
   * would depend on it.
   */
  private static final String ZONE = "SET TimeZone = 'UTC'";

  static final String CLOSE_FOR_TRANSACTION =
      "SET LOCAL search_path = " + PATH + "; SET LOCAL TimeZone = 'UTC'";

  private SecureConnections() {}

  /**
   * Opens a connection for statements of ours, in autocommit mode.
   *
   * @param url a JDBC URL
   * @param properties the driver's
   * @return the connection, to be closed by the caller
   * @throws SQLException as the driver throws it
   */
  public static Connection open(String url, Properties properties) throws SQLException {
    Connection connection = openForScripts(url, properties);
    try {
      close(connection);
      return connection;
    } catch (SQLException e) {
      try {
        connection.close();
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }

  /**
   * Opens a connection for somebody's script, which finds what the search path of its user, of the
   * database or of the URL leads to.
   *
   * @param url a JDBC URL
   * @param properties the driver's
   * @return the connection, to be closed by the caller
   * @throws SQLException as the driver throws it
   */
  public static Connection openForScripts(String url, Properties properties) throws SQLException {
    Properties whole = Driver.parseURL(url, properties);
    if (whole == null) {
      throw new SQLException(
          "The driver does not take the URL " + url, SqlState.UNABLE_TO_CONNECT.code());
    }
    whole.putIfAbsent("user", System.getProperty("user.name"));
    whole.putIfAbsent("socketFactory", WatchedSocketFactory.class.getName());
    PooledSession session = new PooledSession(places(whole), whole, url);
    try {
      if (!session.isLent()) {
        execute(session, ZONE);
        return session;
      }
      HostSpec[] there = {host(session)};
      session.close();
      Pooler.requireSessions(() -> quiet(there, whole, url), url.replaceAll("\\?.*", ""));
      session = new PooledSession(there, whole, url);
      session.borrow();
      execute(session, ZONE);
      return session;
    } catch (SQLException | RuntimeException e) {
      try {
        session.close();
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    }
  }

  /** Sets nothing, and prepares nothing: the driver would prepare even the BEGIN. */
  private static Connection quiet(HostSpec[] there, Properties whole, String url)
      throws SQLException {
    Properties quiet = (Properties) whole.clone();
    quiet.setProperty("assumeMinServerVersion", "10");
    quiet.setProperty("preferQueryMode", "simple");
    return new PgConnection(there, quiet, url);
  }

  static HostSpec[] places(Properties properties) {
    String[] hosts = properties.getProperty("PGHOST", "localhost").split(",");
    String[] ports = properties.getProperty("PGPORT", "5432").split(",");
    HostSpec[] places = new HostSpec[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      int port = Integer.parseInt(ports[Math.min(i, ports.length - 1)]);
      places[i] = new HostSpec(hosts[i], port, properties.getProperty("localSocketAddress"));
    }
    return places;
  }

  /**
   * Undoes all that was done to a session, settings and locks, before it is given back: also where
   * nothing shows that a pooler lends it.
   *
   * @param connection one of ours, closed or not
   * @throws SQLException when it is lost
   */
  public static void clean(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      connection.unwrap(PooledSession.class).clean();
    }
  }

  /**
   * @param connection one of ours
   * @return whether a pooler lends its session
   * @throws SQLException when it is closed
   */
  public static boolean isLent(Connection connection) throws SQLException {
    return connection.unwrap(PooledSession.class).isBorrowed();
  }

  /** Of several hosts the one that a connection has reached. */
  static HostSpec host(Connection connection) throws SQLException {
    return connection.unwrap(PgConnection.class).getQueryExecutor().getHostSpec();
  }

  /** The driver's own connection, whose first statement has to close it, too. */
  static QueryExecutor openWithoutJdbc(Properties properties) throws SQLException {
    properties.putIfAbsent("socketFactory", WatchedSocketFactory.class.getName());
    return ConnectionFactory.openConnection(places(properties), properties);
  }

  /**
   * Makes a connection one for statements of ours, whatever a script has made of it.
   *
   * @param connection any
   * @throws SQLException when it is lost, or in a failed transaction
   */
  public static void close(Connection connection) throws SQLException {
    execute(connection, CLOSE);
  }

  static void execute(Connection connection, String sql) throws SQLException {
    Queries.execute(connection, sql);
  }
}
