package dev.migrate.history;

import dev.migrate.sql.PostgresError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.postgresql.util.ServerErrorMessage;

/**
 * Listener for the notices and warnings that PostgreSQL sends while scripts run. They are told as
 * soon as a statement is through, well or badly, since what was said before a failure is often what
 * explains it.
 *
 * @param progress hears it
 * @param generated whether a script is at work that {@code generate} wrote: it drops what an
 *     earlier attempt may have left, and that there is nothing of it is no news
 */
record NoticeListener(Progress progress, BooleanSupplier generated) {
  /** Where nobody listens. */
  static final NoticeListener UNHEARD = new NoticeListener(Progress.SILENT, () -> false);

  /** Where in PostgreSQL it is said that something does not exist and is skipped. */
  private static final Set<String> SKIPS =
      Set.of("DropErrorMsgNonExistent", "ATExecDropConstraint");

  /** Whatever sends SQL to the server. */
  private static final String SENDING = "execute";

  /**
   * @param statement one of a connection that scripts run over
   * @return the same, heard
   */
  Statement hear(Statement statement) {
    return (Statement)
        Proxy.newProxyInstance(
            NoticeListener.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(statement, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (method.getName().startsWith(SENDING)) {
                  tell(statement);
                }
              }
            });
  }

  private void tell(Statement statement) throws SQLException {
    if (!statement.isClosed()) {
      tell(statement.getConnection());
      tell(statement.getWarnings());
    }
  }

  /**
   * Tells what belongs to no statement: what was said at a commit, where deferred triggers run, or
   * while rows were copied.
   */
  void tell(Connection connection) throws SQLException {
    if (!connection.isClosed()) {
      SQLWarning said = connection.getWarnings();
      connection.clearWarnings();
      tell(said);
    }
  }

  private void tell(SQLWarning first) {
    for (SQLWarning said = first; said != null; said = said.getNextWarning()) {
      if (!isExpected(said)) {
        progress.notice(said.getMessage());
      }
    }
  }

  private boolean isExpected(SQLWarning said) {
    return generated.getAsBoolean()
        && PostgresError.said(said)
            .map(ServerErrorMessage::getRoutine)
            .filter(SKIPS::contains)
            .isPresent();
  }
}
