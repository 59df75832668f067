package dev.migrate.history;

import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Connection wrapper (JDBC proxy) that lends one open connection to Flyway, which would otherwise
 * open its own and then wait for the lock that ours holds. What Flyway believes to close stays
 * open. What Flyway prepares is its own; what it creates a statement for, or takes the driver's
 * connection, is a script's.
 *
 * @param path of the connection
 * @param inTransaction whether a transaction is open in it that Flyway must not end, well or badly
 * @param statements sees what Flyway prepares, and says what is prepared
 * @param notices tells what PostgreSQL says while scripts run
 */
record SharedConnection(
    SessionSearchPath path,
    boolean inTransaction,
    UnaryOperator<String> statements,
    NoticeListener notices)
    implements DataSource {
  /** What would end a transaction that is to hold more than Flyway does. */
  private static final Set<String> ENDING = Set.of("setAutoCommit", "commit", "rollback");

  static SharedConnection of(SessionSearchPath path) {
    return new SharedConnection(path, false, UnaryOperator.identity(), NoticeListener.UNHEARD);
  }

  @Override
  public Connection getConnection() {
    return (Connection)
        Proxy.newProxyInstance(
            SharedConnection.class.getClassLoader(), // where Flyway looks for the driver, too
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")
                  || inTransaction && ENDING.contains(method.getName())) {
                return null;
              }
              return switch (method.getName()) {
                case "prepareStatement" -> path.prepare(statements.apply((String) arguments[0]));
                case "createStatement" ->
                    notices.hear(path.scripts((Statement) path.call(method, arguments)));
                case "unwrap" -> {
                  path.enterTheirs(); // to copy rows of a script
                  yield path.call(method, arguments);
                }
                case "setAutoCommit", "commit", "rollback" -> ended(method, arguments);
                default -> path.call(method, arguments);
              };
            });
  }

  /** What is said at a commit is told, whether it comes off or not. */
  private Object ended(Method method, Object[] arguments) throws Throwable {
    try {
      return path.call(method, arguments);
    } finally {
      notices.tell(path.ours());
    }
  }

  @Override
  public Connection getConnection(String user, String password) {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // Nothing is logged here.
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("The connection is open already.");
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("Nothing is logged here.");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException(type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
