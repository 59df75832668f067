package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Converts an {@code SQLException} of a backup or a restore into a {@link
 * dev.migrate.failure.MigrateException} with PostgreSQL's own words.
 */
final class PostgresRefusal {
  static final String LEND_A_SERVER =
      "Lend a server that has it, such as one of your test servers, with"
          + " -Dmigrate.scratchUrl=jdbc:postgresql://host:5432/postgres.";

  static final String LOOK_FOR_LOCKS =
      "Somebody holds a table exclusively for long, or waits to; look for it in pg_locks, and run the"
          + " goal again when it is done.";

  private static final Pattern EXTENSION =
      Pattern.compile(
          "extension \"[^\"]+\" is not available|could not open extension control file");

  private PostgresRefusal() {}

  static MigrateException of(String what, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    if (state.startsWith("08") || state.startsWith("57P0")) {
      return new MigrateException(
          FailureCode.CONNECTION,
          "%s: the connection was lost (%s).".formatted(what, message(e)),
          "Run the goal again.",
          e);
    }
    if (missesExtension(message(e))) {
      return new MigrateException(
          FailureCode.DATABASE, "%s: %s.".formatted(what, message(e)), LEND_A_SERVER, e);
    }
    String remedy =
        switch (state) {
          case "42501" ->
              "Connect as a role that may read and lock every table, such as the owner of the"
                  + " database or one with pg_read_all_data (-Dmigrate.user).";
          case "55P03" -> LOOK_FOR_LOCKS;
          case "53100" -> "The disk of the server is full; make room there.";
          default -> "Mend what PostgreSQL names, then run the goal again.";
        };
    return new MigrateException(
        FailureCode.DATABASE,
        "%s: %s (SQLSTATE %s).".formatted(what, message(e), state),
        remedy,
        e);
  }

  /**
   * What a copy in scratch can fail from through no fault of the original: the embedded PostgreSQL
   * has its own extensions only.
   *
   * @param message what PostgreSQL or one of its programs says
   * @return whether it misses an extension
   */
  static boolean missesExtension(String message) {
    return EXTENSION.matcher(String.valueOf(message)).find();
  }

  /** PostgreSQL's message and detail, else the first line of what the driver says. */
  static String message(SQLException e) {
    if (e instanceof PSQLException refused) {
      ServerErrorMessage server = refused.getServerErrorMessage();
      if (server != null && server.getMessage() != null) {
        return server.getMessage()
            + (server.getDetail() == null ? "" : " (" + server.getDetail() + ")");
      }
    }
    String text = e.getMessage() == null ? e.toString() : e.getMessage();
    return text.lines().findFirst().orElse(text).replaceAll("\\.$", "");
  }
}
