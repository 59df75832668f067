package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.SqlState;
import java.sql.SQLException;

/**
 * Converts an {@code SQLException} outside a script into a {@link
 * dev.migrate.failure.MigrateException}: what PostgreSQL refused, and what somebody does about it
 * who migrates.
 */
final class DatabaseFailure {
  static final String TO_THE_PRIMARY =
      "This database takes no changes: it is a standby, or default_transaction_read_only is on for it"
          + " or for this user. Give the address of the primary with -Dmigrate.url, or switch that off.";

  private DatabaseFailure() {}

  static MigrateException of(String what, SQLException e) {
    if (PostgresError.isConnectionLost(e)) {
      return new MigrateException(
          FailureCode.CONNECTION,
          "%s: the connection was lost (%s).".formatted(what, PostgresError.message(e)),
          "Look at where the database stands with mvn migrate:current, then run the goal again.",
          e);
    }
    return new MigrateException(
        FailureCode.DATABASE,
        "%s: %s (SQLSTATE %s).".formatted(what, PostgresError.message(e), e.getSQLState()),
        remedy(e),
        e);
  }

  private static String remedy(SQLException e) {
    if (PostgresError.isReadOnly(e)) {
      return TO_THE_PRIMARY;
    }
    return SqlState.INSUFFICIENT_PRIVILEGE.is(e)
        ? "Connect as a user who has this right (-Dmigrate.user)."
        : "Mend what PostgreSQL names, then run the goal again.";
  }
}
