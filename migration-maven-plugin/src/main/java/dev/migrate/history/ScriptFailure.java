package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.internal.sqlscript.FlywaySqlScriptException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A statement of a script that PostgreSQL refused: where it stands and everything PostgreSQL says
 * about it.
 *
 * @param file the script, as messages name it
 * @param line the line of the statement, or of the spot in it that PostgreSQL points at
 * @param statement its SQL
 * @param cause what the driver reports
 */
record ScriptFailure(String file, int line, String statement, SQLException cause) {
  private static final int SHOWN_LINES = 12;

  /** lock_not_available and deadlock_detected: a later attempt may well succeed. */
  private static final Set<String> RETRIABLE = Set.of("55P03", "40P01");

  /**
   * @param thrown what Flyway threw
   * @param file the script that it ran, as messages name it
   * @return the failed statement, if a statement is what failed
   */
  static Optional<ScriptFailure> find(Throwable thrown, String file) {
    return causes(thrown)
        .filter(FlywaySqlScriptException.class::isInstance)
        .map(FlywaySqlScriptException.class::cast)
        .findFirst()
        .flatMap(
            script ->
                sqlCause(script)
                    .map(
                        sql ->
                            new ScriptFailure(
                                file,
                                script.getLineNumber() + linesBefore(sql, script.getStatement()),
                                script.getStatement(),
                                sql)));
  }

  /**
   * @return the error as PostgreSQL reported it, at the bottom of what was thrown
   */
  static Optional<SQLException> sqlCause(Throwable thrown) {
    return causes(thrown)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner);
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }

  boolean isRetriable() {
    return RETRIABLE.contains(String.valueOf(cause.getSQLState()));
  }

  boolean isConnectionLost() {
    return DatabaseFailure.isConnectionLost(cause);
  }

  /**
   * @param state one sentence: what state the database is in
   * @param remedy what to do next
   * @return the failure as people read it
   */
  MigrateException toException(String state, String remedy) {
    return new MigrateException(code(), describe() + System.lineSeparator() + state, remedy, cause);
  }

  private FailureCode code() {
    if (isConnectionLost()) {
      return FailureCode.CONNECTION;
    }
    return isRetriable() ? FailureCode.LOCK_TIMEOUT : FailureCode.SCRIPT_FAILED;
  }

  private String describe() {
    StringBuilder text = new StringBuilder();
    text.append("%s, line %d: %s".formatted(file, line, DatabaseFailure.message(cause)));
    text.append(" (SQLSTATE %s)".formatted(cause.getSQLState()));
    serverMessage()
        .ifPresent(
            server -> {
              append(text, "Detail", server.getDetail());
              append(text, "Hint", server.getHint());
              append(text, "Where", server.getWhere());
            });
    append(text, "Statement", shortened());
    return text.toString();
  }

  private static void append(StringBuilder text, String label, String value) {
    if (value != null && !value.isBlank()) {
      String indented =
          value
              .strip()
              .lines()
              .collect(Collectors.joining(System.lineSeparator() + "             "));
      text.append(System.lineSeparator()).append("  %-10s %s".formatted(label + ":", indented));
    }
  }

  private String shortened() {
    long lines = statement.lines().count();
    String shown =
        statement.lines().limit(SHOWN_LINES).collect(Collectors.joining(System.lineSeparator()));
    return lines <= SHOWN_LINES
        ? shown
        : shown + System.lineSeparator() + "… (%d lines more)".formatted(lines - SHOWN_LINES);
  }

  private Optional<ServerErrorMessage> serverMessage() {
    return cause instanceof PSQLException refused
        ? Optional.ofNullable(refused.getServerErrorMessage())
        : Optional.empty();
  }

  /** PostgreSQL counts the characters of the statement, from 1. */
  private static int linesBefore(SQLException cause, String statement) {
    if (cause instanceof PSQLException refused && refused.getServerErrorMessage() != null) {
      int position = refused.getServerErrorMessage().getPosition();
      if (position > 0 && position <= statement.length()) {
        return (int) statement.substring(0, position - 1).chars().filter(c -> c == '\n').count();
      }
    }
    return 0;
  }
}
