package dev.migrate.history;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Lends one open connection to Flyway, which would otherwise open its own and then wait for the
 * lock that ours holds. What Flyway believes to close stays open.
 *
 * @param connection ours
 * @param inTransaction whether a transaction is open in it that Flyway must not end, well or badly
 * @param statements sees what Flyway prepares, and says what is prepared
 * @param notices tells what PostgreSQL says while scripts run
 */
record SharedConnection(
    Connection connection, boolean inTransaction, UnaryOperator<String> statements, Notices notices)
    implements DataSource {
  /** What would end a transaction that is to hold more than Flyway does. */
  private static final Set<String> ENDING = Set.of("setAutoCommit", "commit", "rollback");

  static SharedConnection of(Connection connection) {
    return new SharedConnection(connection, false, UnaryOperator.identity(), Notices.UNHEARD);
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
              if (method.getName().equals("prepareStatement")) {
                arguments[0] = statements.apply((String) arguments[0]);
              }
              try {
                Object result = method.invoke(connection, arguments);
                return method.getName().equals("createStatement")
                    ? notices.hear((Statement) result)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (ENDING.contains(method.getName())) {
                  notices.tell(connection);
                }
              }
            });
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
