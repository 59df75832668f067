package dev.migrate.history;

import dev.migrate.script.FlywayPlaceholders;
import dev.migrate.target.Door;
import dev.migrate.target.SearchPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The one connection over which a target is changed: it holds the history's lock, and whatever is
 * run and recorded goes over it. What scripts and Flyway find in their search path is lent to them
 * and taken back; and what we say meanwhile is qualified, operators included.
 *
 * @param connection open, in autocommit mode between two revisions
 * @param path where scripts find what they do not qualify
 * @param table the history table
 * @param options how the history is kept and moved
 * @param progress hears what happens
 */
record Session(
    Connection connection,
    SearchPath path,
    HistoryTable table,
    HistoryOptions options,
    Progress progress) {

  private static final int POSTGRESQL_14 = 14;
  private static final String NOT_ON_THIS_PLATFORM = "22023";

  /**
   * Bounds what a statement may cost others, and lets the server notice within seconds when we are
   * gone: a killed build must not leave a backend at work that still holds its locks.
   */
  void prepare() throws SQLException {
    set("lock_timeout", milliseconds(options.lockTimeout()));
    set("statement_timeout", milliseconds(options.statementTimeout()));
    if (connection.getMetaData().getDatabaseMajorVersion() >= POSTGRESQL_14) {
      set("idle_session_timeout", "0"); // a backup may take hours between two statements
      watchForOurEnd();
    }
  }

  /** A server on Windows cannot, and refuses the setting. */
  private void watchForOurEnd() throws SQLException {
    try {
      set("client_connection_check_interval", "1s");
    } catch (SQLException e) {
      if (!NOT_ON_THIS_PLATFORM.equals(e.getSQLState())) {
        throw e;
      }
    }
  }

  private static String milliseconds(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private void set(String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.set_config(?, ?, false)")) {
      statement.setString(1, name);
      statement.setString(2, value);
      statement.execute();
    }
  }

  /**
   * @return Flyway as every use of it here wants it: on our connection, in our lock, silent, and
   *     with dollar signs left alone
   */
  FluentConfiguration flyway() {
    FluentConfiguration configuration =
        Flyway.configure(Session.class.getClassLoader())
            .loggers(QuietFlyway.class.getName())
            .dataSource(new SharedConnection(connection, false))
            .defaultSchema(table.schema())
            .table(table.name())
            .outOfOrder(true)
            .ignoreMigrationPatterns("*:missing", "*:future", "*:ignored")
            .placeholderReplacement(!options.placeholders().isEmpty())
            .placeholders(options.placeholders());
    configuration
        .getPluginRegister()
        .getExact(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }

  /**
   * @return the same for scripts that are read without Flyway's run, which would give values to its
   *     own placeholders
   */
  Configuration reading() {
    try {
      return flyway()
          .placeholders(
              FlywayPlaceholders.with(
                  options.placeholders(), connection, Optional.of(table.schema()), table.name()));
    } catch (SQLException e) {
      throw DatabaseFailure.of("The values of placeholders cannot be found out", e);
    }
  }

  /**
   * Adds a row to the history, within whatever transaction is open.
   *
   * @return the row's rank
   */
  int record(HistoryRow row) throws SQLException {
    String sql =
        "INSERT INTO %s (installed_rank, version, description, type, script, checksum,"
                .formatted(table.quoted())
            + " installed_by, execution_time, success)"
            + " SELECT coalesce(pg_catalog.max(installed_rank), 0) OPERATOR(pg_catalog.+) 1, ?, ?, ?, ?, ?, current_user, ?, ? FROM "
            + table.quoted()
            + " RETURNING installed_rank";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, row.id().orElseThrow().toString());
      insert.setString(2, row.description());
      insert.setString(3, row.type());
      insert.setString(4, row.script());
      insert.setObject(5, row.checksum().orElse(null), java.sql.Types.INTEGER);
      insert.setInt(6, (int) row.took().toMillis());
      insert.setBoolean(7, row.success());
      try (ResultSet result = insert.executeQuery()) {
        result.next();
        return result.getInt(1);
      }
    }
  }

  /** Replaces what a row says of its outcome. */
  void settle(int rank, Duration took, boolean success) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE %s SET success = ?, execution_time = ? WHERE installed_rank OPERATOR(pg_catalog.=) ?"
                .formatted(table.quoted()))) {
      update.setBoolean(1, success);
      update.setInt(2, (int) took.toMillis());
      update.setInt(3, rank);
      update.executeUpdate();
    }
  }

  /** Takes a row away that only marked that something was under way. */
  void forget(int rank) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM %s WHERE installed_rank OPERATOR(pg_catalog.=) ?"
                .formatted(table.quoted()))) {
      delete.setInt(1, rank);
      delete.executeUpdate();
    }
  }

  /** Runs Flyway or scripts, which want the search path that is configured. */
  void lend(Work theirs) throws SQLException {
    set("search_path", path.text());
    try {
      theirs.run();
    } catch (SQLException | RuntimeException e) {
      try {
        Door.close(connection);
      } catch (SQLException lost) {
        e.addSuppressed(lost); // or a transaction that failed: its end brings our path back
      }
      throw e;
    }
    Door.close(connection);
  }

  /** Runs work in a transaction of its own: all of it, or nothing. */
  void inTransaction(Work work) throws SQLException {
    connection.setAutoCommit(false);
    try {
      work.run();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback();
      } catch (SQLException lost) {
        e.addSuppressed(lost);
      }
      throw e;
    } finally {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
      }
    }
  }

  /** Something to do with the connection. */
  interface Work {
    void run() throws SQLException;
  }

  /** With what scripts start, whatever the one before did to it. */
  record Surroundings(String searchPath, ScriptSettings settings) {
    static Surroundings of(Session session) throws SQLException {
      return new Surroundings(session.path.text(), ScriptSettings.of(session.connection));
    }

    String role() {
      return settings.role();
    }

    /** What is recorded is recorded by us, whoever the script has become. */
    void leave(Session session) throws SQLException {
      settings.restore(session.connection);
    }

    /** As Flyway does it: the history's schema comes first. */
    void enter(Session session) throws SQLException {
      session.set("search_path", searchPathFor(session.table));
      leave(session);
    }

    String searchPathFor(HistoryTable table) {
      String schema = '"' + table.schema().replace("\"", "\"\"") + '"';
      boolean first =
          searchPath.equals(table.schema()) || searchPath.startsWith(table.schema() + ",");
      if (first) {
        return searchPath;
      }
      return searchPath.isBlank() ? schema : schema + "," + searchPath;
    }
  }
}
