package ${package}.testing;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;

/**
 * Databases for tests, on the embedded PostgreSQL that the build has started. The revisions run once;
 * each test that wants a database of its own gets a copy, which takes a tenth of a second. They stay
 * for who wants to look; the next run drops those of runs that are over.
 */
public final class TestDatabase {
  /** A login as in production: it may do what the last revision has granted, and nothing else. */
  public static final String APPLICATION_USER = "asset_tracker_test";

  private static final String PASSWORD = "test";
  private static final String PREFIX = "test_";
  private static final Properties SERVER = server();
  private static int created;

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A database without anything in it. */
  public static synchronized TestDatabase empty() {
    return create("template template0");
  }

  /** A database at the head of the revisions, without rows. */
  public static synchronized TestDatabase atHead() {
    if (Template.MIGRATED == null) {
      TestDatabase template = empty();
      template.migrate();
      try (Connection connection = template.connectAsOwner();
          Statement statement = connection.createStatement()) {
        statement.execute(
            "do 'begin create role %1$s login password ''%2$s''; exception when others then null; end'"
                .formatted(APPLICATION_USER, PASSWORD));
        statement.execute("grant asset_tracker_app to " + APPLICATION_USER);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      Template.MIGRATED = template;
    }
    return create("template " + Template.MIGRATED.name);
  }

  /** Applies all revisions, as Flyway alone does it. */
  public void migrate() {
    flyway().migrate();
  }

  public Flyway flyway() {
    return Flyway.configure()
        .dataSource(url(), SERVER.getProperty("user"), SERVER.getProperty("password"))
        .locations("classpath:db/migration")
        .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
        .placeholderReplacement(false)
        .load();
  }

  public String url() {
    return SERVER.getProperty("url").replaceAll("/[^/]*\\z", "/" + name);
  }

  public String password() {
    return PASSWORD;
  }

  /** Who may do everything. */
  public Connection connectAsOwner() throws SQLException {
    return DriverManager.getConnection(
        url(), SERVER.getProperty("user"), SERVER.getProperty("password"));
  }

  /** Who may do what the application may do. */
  public Connection connectAsApplication() throws SQLException {
    return DriverManager.getConnection(url(), APPLICATION_USER, PASSWORD);
  }

  private static TestDatabase create(String how) {
    String name = PREFIX + ProcessHandle.current().pid() + "_" + created;
    try (Connection connection =
            DriverManager.getConnection(
                SERVER.getProperty("url"),
                SERVER.getProperty("user"),
                SERVER.getProperty("password"));
        Statement statement = connection.createStatement()) {
      if (created == 0) {
        dropThoseOfOtherRuns(statement);
      }
      statement.execute("create database " + name + " " + how);
    } catch (SQLException e) {
      throw new IllegalStateException("create database " + name + ": " + e.getMessage(), e);
    }
    created++;
    return new TestDatabase(name);
  }

  /** At the beginning of a run and not at its end, which may be a killed process. */
  private static void dropThoseOfOtherRuns(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            "select datname, substring(datname from '[0-9]+')::bigint from pg_database"
                + " where datname ~ '^%s[0-9]{1,18}_[0-9]+\\Z'".formatted(PREFIX))) {
      while (found.next()) {
        long process = found.getLong(2);
        boolean running = ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
        if (!running || process == ProcessHandle.current().pid()) {
          names.add(found.getString(1));
        }
      }
    }
    for (String name : names) {
      statement.execute("drop database if exists " + name + " with (force)");
    }
  }

  /** From the build; or, in an IDE, from where the last build has written it. */
  private static Properties server() {
    Properties server = new Properties();
    if (System.getProperty("test.database.url") != null) {
      for (String key : List.of("url", "user", "password")) {
        server.setProperty(key, System.getProperty("test.database." + key));
      }
      return server;
    }
    try (Reader file = Files.newBufferedReader(Path.of("target/embedded-database.properties"))) {
      server.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Run mvn generate-sources first, to have a database.", e);
    }
    return server;
  }

  private static final class Template {
    private static TestDatabase MIGRATED;
  }
}
