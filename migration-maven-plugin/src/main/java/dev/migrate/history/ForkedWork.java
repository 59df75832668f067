package dev.migrate.history;

import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The work inside the forked JVM, on the class path of the project: lists its Java migrations, or
 * runs one.
 */
public final class ForkedWork {
  /** Lists the migrations among classes. */
  static final String LIST = "list";

  /** Runs one of them. */
  static final String RUN = "run";

  private static final int FIXED = 5;

  private ForkedWork() {}

  /**
   * @param task what to do, and with what
   * @param answers takes what came of it
   * @throws Exception what went wrong
   */
  public static void run(List<String> task, PrintStream answers) throws Exception {
    if (task.get(0).equals(LIST)) {
      for (String name : task.subList(1, task.size())) {
        list(name, answers);
      }
    } else {
      migrate(task.get(1), task.get(2), task.get(3), task.get(4), settings(task));
    }
  }

  /** What is left of a task: names and values. */
  private static Map<String, String> settings(List<String> task) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = FIXED; i < task.size(); i += 2) {
      settings.put(task.get(i), task.get(i + 1));
    }
    return settings;
  }

  private static void list(String name, PrintStream answers) {
    try {
      Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      boolean none =
          !JavaMigration.class.isAssignableFrom(type)
              || type.isInterface()
              || Modifier.isAbstract(type.getModifiers());
      if (!none) {
        answers.println(ForkedJava.TRIED + "\t" + name);
        JavaMigration one = made(type);
        answers.println(
            "%s\t%s\t%s\t%s\t%s\t%s"
                .formatted(
                    ForkedJava.FOUND,
                    name,
                    one.getVersion() == null ? "" : one.getVersion(),
                    one.getDescription(),
                    one.getChecksum() == null ? "" : one.getChecksum(),
                    one.canExecuteInTransaction()));
      }
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null && cause.getCause() != cause) {
        cause = cause.getCause();
      }
      answers.println("%s\t%s\t%s".formatted(ForkedJava.REFUSED, name, cause));
    }
  }

  private static JavaMigration made(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return (JavaMigration) constructor.newInstance();
  }

  private static void migrate(
      String name, String url, String record, String path, Map<String, String> settings)
      throws Exception {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    JavaMigration migration = made(Class.forName(name, true, loader));
    Configuration configuration =
        Flyway.configure(loader).configuration(settings).dataSource(url, null, null);
    // The driver registers itself with whoever loads it.
    Class.forName("org.postgresql.Driver", true, loader);
    try (Connection connection = DriverManager.getConnection(url)) {
      if (!path.isEmpty()) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("SET search_path = " + path);
        }
      }
      connection.setAutoCommit(!migration.canExecuteInTransaction());
      long start = System.nanoTime();
      migration.migrate(new Given(configuration, connection));
      if (!record.isEmpty()) {
        record(connection, record, System.nanoTime() - start);
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  private static void record(Connection connection, String sql, long nanos) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, (int) (nanos / 1_000_000));
      if (insert.executeUpdate() != 1) {
        throw new SQLException("the history table does not keep the rows that are written to it");
      }
    }
  }

  /** What Flyway gives to a migration. */
  private record Given(Configuration configuration, Connection connection) implements Context {
    @Override
    public Configuration getConfiguration() {
      return configuration;
    }

    @Override
    public Connection getConnection() {
      return connection;
    }
  }
}
