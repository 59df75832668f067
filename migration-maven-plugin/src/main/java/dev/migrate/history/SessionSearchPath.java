package dev.migrate.history;

import dev.migrate.target.SecureConnections;
import dev.migrate.target.TransactionStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Switches the {@code search_path} of a session between scripts and our own statements. The
 * statements of scripts find what is configured for them, and what a script has made of it;
 * whatever Flyway and we say before, between and after them finds PostgreSQL's own and nothing
 * else, so that nobody who may create a function or an operator in a schema of that path can put
 * one in the place of those that we call.
 *
 * <p>The path is changed when one side speaks after the other, not for each statement: within a
 * script nothing is said in between. It is changed for the session: what is set only for a
 * transaction would give way, at its end, to whatever a script has set.
 */
final class SessionSearchPath {
  /** Of the session as it is now. */
  private enum InForce {
    OURS,
    THEIRS,
    /** A transaction was rolled back, and the path with it. */
    UNKNOWN
  }

  /** Prepared by Flyway to find out, and to set, what scripts find. */
  private static final String SHOW = "SHOW search_path";

  private static final String CURRENT = "SELECT current_schema";
  private static final String SET = "SELECT set_config('search_path', ?, false)";

  /** A statement that takes what Flyway would set, and sets nothing. */
  private static final String TAKE = "SELECT ?::pg_catalog.text";

  /** What sends SQL to the server, or makes what does. */
  private static final Set<String> SPEAKING =
      Set.of("createStatement", "prepareStatement", "prepareCall", "getSchema", "setSchema");

  private final Connection connection;
  private final Connection ours;
  private final String table;
  private InForce inForce = InForce.OURS;
  private String theirs;
  private String beforeTransaction;

  /**
   * @param connection as {@link SecureConnections#open} has opened it
   * @param theirs where scripts are to look for names, as {@code search_path} has it
   * @param table the history, which Flyway makes by a script of its own
   */
  SessionSearchPath(Connection connection, String theirs, HistoryTable table) {
    this.connection = connection;
    this.table = table.quoted();
    this.theirs = theirs;
    this.beforeTransaction = theirs;
    this.ours =
        (Connection)
            Proxy.newProxyInstance(
                SessionSearchPath.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (SPEAKING.contains(method.getName())) {
                    enterOurs();
                  }
                  return call(method, arguments);
                });
  }

  /**
   * @return the connection for all that is not a script's: as soon as something is to be said over
   *     it, the path is ours
   */
  Connection ours() {
    return ours;
  }

  /**
   * @return where the next statement of a script looks for names
   */
  String theirs() throws SQLException {
    enterOurs();
    return theirs;
  }

  /**
   * @param path where the next statement of a script is to look for names
   */
  void give(String path) throws SQLException {
    enterOurs();
    theirs = path;
  }

  /** Calls a method of the connection, and sees what it does to the path. */
  Object call(Method method, Object[] arguments) throws Throwable {
    boolean begins = method.getName().equals("setAutoCommit") && !(boolean) arguments[0];
    if (begins) {
      enterOurs();
      beforeTransaction = theirs;
    }
    Object result = invoke(connection, method, arguments);
    if (method.getName().equals("rollback")) {
      rolledBack();
    }
    return result;
  }

  /** A transaction has ended, and nothing of it stays. */
  void rolledBack() {
    inForce = InForce.UNKNOWN;
    theirs = beforeTransaction;
  }

  /**
   * @param sql that Flyway prepares, for itself
   * @return the statement, to be run at once
   */
  PreparedStatement prepare(String sql) throws SQLException {
    enterOurs();
    return switch (sql) {
      case SHOW -> {
        PreparedStatement shown = connection.prepareStatement(TAKE);
        shown.setString(1, theirs);
        yield shown;
      }
      case CURRENT -> {
        enterTheirs();
        yield connection.prepareStatement("SELECT pg_catalog.current_schema()");
      }
      case SET -> setting(connection.prepareStatement(TAKE));
      default -> connection.prepareStatement(sql);
    };
  }

  private PreparedStatement setting(PreparedStatement statement) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            SessionSearchPath.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("setString")) {
                theirs = (String) arguments[1];
              }
              return invoke(statement, method, arguments);
            });
  }

  /**
   * @param statement one of the connection, over which scripts run
   * @return the same, with their path
   */
  Statement scripts(Statement statement) {
    return (Statement)
        Proxy.newProxyInstance(
            SessionSearchPath.class.getClassLoader(),
            new Class<?>[] {Statement.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("execute")) {
                if (isOfFlyway(arguments)) {
                  enterOurs();
                } else {
                  enterTheirs();
                }
              }
              return invoke(statement, method, arguments);
            });
  }

  /** The script that makes the history; the rest of it calls nothing. */
  private boolean isOfFlyway(Object[] arguments) {
    return arguments != null
        && arguments.length > 0
        && arguments[0] instanceof String sql
        && sql.startsWith("CREATE TABLE " + table + " (");
  }

  /** Before a statement of a script. */
  void enterTheirs() throws SQLException {
    if (inForce == InForce.THEIRS || isFailed()) {
      return;
    }
    try (PreparedStatement set =
        connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, false)")) {
      set.setString(1, theirs);
      set.execute();
    }
    inForce = InForce.THEIRS;
  }

  private void enterOurs() throws SQLException {
    if (inForce == InForce.OURS || isFailed()) {
      return;
    }
    if (inForce == InForce.THEIRS) {
      try (Statement both = connection.createStatement()) {
        both.execute(
            "SELECT pg_catalog.current_setting('search_path'); " + SecureConnections.CLOSE);
        ResultSet path = both.getResultSet();
        path.next();
        theirs = path.getString(1);
      }
    } else {
      SecureConnections.close(connection);
    }
    inForce = InForce.OURS;
  }

  /** Nothing can be said then but that the transaction is to end, and its end changes the path. */
  private boolean isFailed() throws SQLException {
    return TransactionStatus.of(connection) == TransactionStatus.FAILED;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
