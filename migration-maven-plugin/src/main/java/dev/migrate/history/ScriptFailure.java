package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.FailedStatement;
import dev.migrate.script.LeadingComments;
import dev.migrate.script.PsqlCommand;
import dev.migrate.script.ScriptStatement;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.SqlState;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.ServerErrorMessage;

/**
 * Describes a failed SQL statement of a script: where it stands and everything PostgreSQL says
 * about it.
 *
 * @param file the script, as messages name it
 * @param line the line of the statement, or of the spot in it that PostgreSQL points at; 0 for the
 *     commit
 * @param statement its SQL
 * @param cause what the driver reports
 */
public record ScriptFailure(String file, int line, String statement, SQLException cause) {
  private static final int SHOWN_LINES = 12;
  private static final int SHOWN_CHARACTERS = 300;

  /** What is said instead of Flyway's statement, which is none of the script's. */
  private static final String RECORDING =
      "(the script ran to its end; then its row in the history)";

  /** lock_not_available and deadlock_detected: a later attempt may well succeed. */
  private static final Set<SqlState> RETRIABLE =
      EnumSet.of(SqlState.LOCK_NOT_AVAILABLE, SqlState.DEADLOCK);

  /**
   * @param thrown what Flyway threw
   * @param file the script that it ran, as messages name it
   * @return the failed statement, if a statement is what failed
   */
  static Optional<ScriptFailure> find(Throwable thrown, String file) {
    return FailedStatement.in(thrown)
        .flatMap(
            failed ->
                PostgresError.cause(failed.cause()).map(sql -> inStatement(file, failed, sql)));
  }

  /**
   * @param file the file, as messages name it
   * @param statement the statement of it that failed
   * @param cause what the driver reports
   * @return the failure, at the line that PostgreSQL points at
   */
  public static ScriptFailure of(String file, ScriptStatement statement, SQLException cause) {
    int line = statement.line() + lines(statement.sql(), 0, positionOf(cause));
    return new ScriptFailure(file, line, statement.sql(), cause);
  }

  private static ScriptFailure inStatement(
      String file, FailedStatement failed, SQLException cause) {
    int start = LeadingComments.end(failed.sql());
    int line = failed.line() + lines(failed.sql(), start, positionOf(cause));
    return new ScriptFailure(file, line, failed.sql().substring(start), cause);
  }

  /**
   * @param thrown what Flyway threw
   * @param file the script that had run to its end
   * @return what failed after its last statement: the row in the history, or the commit, where
   *     deferred constraints are checked
   */
  static Optional<ScriptFailure> findAtCommit(Throwable thrown, String file) {
    boolean recording =
        causes(thrown)
            .map(Throwable::getMessage)
            .anyMatch(message -> message != null && message.contains("Schema History table"));
    return PostgresError.cause(thrown)
        .map(sql -> new ScriptFailure(file, 0, recording ? RECORDING : "COMMIT", sql));
  }

  /**
   * @param thrown what Flyway threw
   * @param running the script that was begun last, as messages name it; empty when there was none
   * @return the failed statement of a callback, which Flyway runs beside the scripts
   */
  static Optional<ScriptFailure> findInCallback(Throwable thrown, Optional<String> running) {
    return FailedStatement.in(thrown)
        .filter(failed -> failed.file().isPresent()) // and not what Flyway runs for itself
        .filter(failed -> running.stream().noneMatch(name -> name.endsWith(failed.file().get())))
        .flatMap(
            failed ->
                PostgresError.cause(failed.cause())
                    .map(sql -> inStatement(failed.file().get(), failed, sql)));
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
  }

  boolean isRetriable() {
    return RETRIABLE.contains(SqlState.of(cause));
  }

  /** CONCURRENTLY in a transaction (25001), or COMMIT where somebody else began (2D000). */
  boolean isInsideTransaction() {
    return SqlState.ACTIVE_TRANSACTION.is(cause) || SqlState.INVALID_TRANSACTION_END.is(cause);
  }

  boolean isConnectionLost() {
    return PostgresError.isConnectionLost(cause);
  }

  /**
   * @param state one sentence: what state the database is in
   * @param remedy what to do next
   * @return the failure as people read it
   */
  MigrateException toException(String state, String remedy) {
    return new MigrateException(
        code(), describe() + System.lineSeparator() + state, remedy(remedy), cause);
  }

  private String remedy(String usual) {
    if (PostgresError.isReadOnly(cause) && !statement.equals(RECORDING)) {
      return DatabaseFailure.TO_THE_PRIMARY;
    }
    return PsqlCommand.isIn(cause) ? PsqlCommand.remedyWithin("a script") : usual;
  }

  private FailureCode code() {
    if (isConnectionLost()) {
      return FailureCode.CONNECTION;
    }
    return isRetriable() ? FailureCode.LOCK_TIMEOUT : FailureCode.SCRIPT_FAILED;
  }

  /**
   * @return file, line and everything that PostgreSQL says, over several lines
   */
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(line > 0 ? "%s, line %d: ".formatted(file, line) : file + ", at its end: ");
    text.append(PostgresError.message(cause));
    text.append(" (SQLSTATE %s)".formatted(cause.getSQLState()));
    PostgresError.said(cause)
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
        statement
            .lines()
            .limit(SHOWN_LINES)
            .map(ScriptFailure::shortened)
            .collect(Collectors.joining(System.lineSeparator()));
    return lines <= SHOWN_LINES
        ? shown
        : shown + System.lineSeparator() + "… (%d lines more)".formatted(lines - SHOWN_LINES);
  }

  /** A line of rows may be as long as a file. */
  private static String shortened(String line) {
    return line.length() <= SHOWN_CHARACTERS
        ? line
        : line.substring(0, SHOWN_CHARACTERS)
            + "… (%s characters more)".formatted(line.length() - SHOWN_CHARACTERS);
  }

  /** PostgreSQL counts the characters of the statement, from 1; 0 says that it does not know. */
  private static int positionOf(SQLException cause) {
    return PostgresError.said(cause).map(ServerErrorMessage::getPosition).orElse(0);
  }

  private static int lines(String sql, int start, int position) {
    return position - 1 <= start || position > sql.length()
        ? 0
        : (int) sql.substring(start, position - 1).chars().filter(c -> c == '\n').count();
  }
}
