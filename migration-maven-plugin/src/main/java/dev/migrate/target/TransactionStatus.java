package dev.migrate.target;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/**
 * Reads the transaction status of a session from the driver's protocol state: whether it is in a
 * transaction, as PostgreSQL says it with each answer. JDBC knows only what was said through it,
 * and a script says BEGIN itself.
 */
public enum TransactionStatus {
  /** There is none. */
  NONE,
  /** There is one, in which statements run. */
  OPEN,
  /** There is one, and nothing can be said in it but that it ends. */
  FAILED;

  /**
   * @param connection a connection to PostgreSQL, or what stands before one
   * @return how it is with its session now; nothing is asked for it
   * @throws SQLException when it is no connection of PostgreSQL's driver
   */
  public static TransactionStatus of(Connection connection) throws SQLException {
    return switch (connection.unwrap(BaseConnection.class).getTransactionState()) {
      case IDLE -> NONE;
      case OPEN -> OPEN;
      case FAILED -> FAILED;
    };
  }
}
