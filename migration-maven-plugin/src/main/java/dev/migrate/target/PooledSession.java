package dev.migrate.target;

import dev.migrate.sql.PostgresError;
import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.HostSpec;

/**
 * Resets a session that a connection pooler lends, before it is given back: whatever we and the
 * scripts have done to it is undone. A lock that stayed would stop the next upgrade, a timeout
 * would hit the application.
 */
final class PooledSession extends PgConnection {
  private boolean lent;

  PooledSession(HostSpec[] places, Properties properties, String url) throws SQLException {
    super(places, properties, url);
  }

  /** A pooler gives its clients keys of its own making; a server's is the id of its process. */
  boolean isLent() throws SQLException {
    return backend(this) != getBackendPID();
  }

  /** Takes a session that is ours until we give it back, whatever its last user has prepared. */
  void borrow() throws SQLException {
    lent = true;
    SecureConnections.execute(this, "DEALLOCATE ALL");
  }

  /**
   * @return the number of the server's process that answers
   */
  static long backend(Connection connection) throws SQLException {
    return Long.parseLong(Queries.text(connection, "SELECT pg_catalog.pg_backend_pid()"));
  }

  /** Whether a pooler gets it back when it is closed. */
  boolean isBorrowed() {
    return lent;
  }

  /** Gives the session back as it was lent, and ends the connection. */
  @Override
  public void close() throws SQLException {
    try {
      if (lent && !isClosed()) {
        clean();
      }
    } finally {
      super.close();
    }
  }

  /**
   * @throws SQLException when that is refused; then the server is asked to end the session. One
   *     that is lost has nothing left
   */
  void clean() throws SQLException {
    try {
      if (!getAutoCommit()) {
        rollback();
        setAutoCommit(true);
      }
      SecureConnections.execute(this, "SET statement_timeout = 0");
      SecureConnections.execute(
          this, "DISCARD ALL"); // settings, locks, temporary tables, listening, roles
    } catch (SQLException e) {
      if (PostgresError.isConnectionLost(e)) {
        return;
      }
      try {
        SecureConnections.execute(
            this, "SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())");
      } catch (SQLException ended) {
        e.addSuppressed(ended);
      }
      throw e;
    }
  }
}
