package dev.migrate.backup;

import static dev.migrate.sql.PostgresError.messageAndDetail;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.SqlState;
import java.sql.SQLException;

/**
 * Converts an {@code SQLException} of a backup or a restore into a {@link
 * dev.migrate.failure.MigrateException}: what PostgreSQL refused, and what somebody does about it
 * who copies databases.
 */
final class PostgresRefusal {
  static final String LEND_A_SERVER =
      "Lend a server that has it, such as one of your test servers, with"
          + " -Dmigrate.scratchUrl=jdbc:postgresql://host:5432/postgres.";

  static final String LOOK_FOR_LOCKS =
      "Somebody holds a table exclusively for long, or waits to; look for it in pg_locks, and run the"
          + " goal again when it is done.";

  private PostgresRefusal() {}

  static MigrateException of(String what, SQLException e) {
    if (PostgresError.isConnectionLost(e)) {
      return new MigrateException(
          FailureCode.CONNECTION,
          "%s: the connection was lost (%s).".formatted(what, messageAndDetail(e)),
          "Run the goal again.",
          e);
    }
    if (PostgresError.missingExtension(messageAndDetail(e)).isPresent()) {
      return new MigrateException(
          FailureCode.DATABASE, "%s: %s.".formatted(what, messageAndDetail(e)), LEND_A_SERVER, e);
    }
    String remedy =
        switch (SqlState.of(e)) {
          case INSUFFICIENT_PRIVILEGE ->
              "Connect as a role that may read and lock every table, such as the owner of the"
                  + " database or one with pg_read_all_data (-Dmigrate.user).";
          case LOCK_NOT_AVAILABLE -> LOOK_FOR_LOCKS;
          case DISK_FULL -> "The disk of the server is full; make room there.";
          default -> "Mend what PostgreSQL names, then run the goal again.";
        };
    return new MigrateException(
        FailureCode.DATABASE,
        "%s: %s (SQLSTATE %s).".formatted(what, messageAndDetail(e), e.getSQLState()),
        remedy,
        e);
  }
}
