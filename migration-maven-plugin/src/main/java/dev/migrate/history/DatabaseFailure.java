package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Converts an {@code SQLException} outside a script into a {@link
 * dev.migrate.failure.MigrateException} with PostgreSQL's own words.
 */
final class DatabaseFailure {
  static final String TO_THE_PRIMARY =
      "This database takes no changes: it is a standby, or default_transaction_read_only is on for it"
          + " or for this user. Give the address of the primary with -Dmigrate.url, or switch that off.";

  private DatabaseFailure() {}

  static MigrateException of(String what, SQLException e) {
    if (isConnectionLost(e)) {
      return new MigrateException(
          FailureCode.CONNECTION,
          "%s: the connection was lost (%s).".formatted(what, message(e)),
          "Look at where the database stands with mvn migrate:current, then run the goal again.",
          e);
    }
    return new MigrateException(
        FailureCode.DATABASE,
        "%s: %s (SQLSTATE %s).".formatted(what, message(e), e.getSQLState()),
        remedy(e),
        e);
  }

  private static String remedy(SQLException e) {
    if (isReadOnly(e)) {
      return TO_THE_PRIMARY;
    }
    return "42501".equals(e.getSQLState())
        ? "Connect as a user who has this right (-Dmigrate.user)."
        : "Mend what PostgreSQL names, then run the goal again.";
  }

  /**
   * @return whether the transaction may only read, as all of a standby's
   */
  static boolean isReadOnly(SQLException e) {
    return "25006".equals(e.getSQLState());
  }

  /**
   * @return whether the session is gone: class 08, or the server was shut down, crashed or ended it
   *     (57P01 to 57P05)
   */
  static boolean isConnectionLost(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || state.startsWith("57P0"));
  }

  /** PostgreSQL's primary message, else the first line of what the driver says. */
  static String message(SQLException e) {
    if (e instanceof PSQLException refused) {
      ServerErrorMessage server = refused.getServerErrorMessage();
      if (server != null && server.getMessage() != null) {
        return server.getMessage();
      }
    }
    if (e.getCause() instanceof SocketTimeoutException) {
      return "the server has not answered within the socketTimeout of the address";
    }
    String text = e.getMessage() == null ? e.toString() : e.getMessage();
    return text.lines().findFirst().orElse(text).replaceAll("\\.$", "");
  }
}
