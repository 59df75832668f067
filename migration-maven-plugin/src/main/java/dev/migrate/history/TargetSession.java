package dev.migrate.history;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.FlywayConfiguration;
import dev.migrate.script.FlywayPlaceholders;
import dev.migrate.script.JavaMigration;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import dev.migrate.target.SearchPath;
import dev.migrate.target.SecureConnections;
import dev.migrate.text.PlainText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * The database session (one connection) over which a target is changed: it holds the history's
 * lock, and whatever is run and recorded goes over it, in autocommit mode between two revisions.
 *
 * @param scripts the connection, as scripts and Flyway are lent it
 * @param path where scripts find what they do not qualify
 * @param table the history table
 * @param options how the history is kept and moved
 * @param progress hears what happens
 */
record TargetSession(
    SessionSearchPath scripts,
    SearchPath path,
    HistoryTable table,
    HistoryOptions options,
    Progress progress) {

  private static final int POSTGRESQL_14 = 14;
  private static final int MOST_NAMED = 3;

  /** Among these is the row of what ran last, whatever its script has written there besides. */
  private static final int LATEST_ROWS = 50;

  /**
   * What Flyway takes a schema for filled by, and the kinds of tables that it forgets; not what an
   * extension has brought.
   */
  private static final String OBJECTS =
      """
      WITH here AS (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname OPERATOR(pg_catalog.=) ?),
      found (class, oid, kind, name) AS (
        SELECT tableoid, oid,
               CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                 WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'foreign table' ELSE 'table' END, relname
        FROM pg_catalog.pg_class
        WHERE relnamespace OPERATOR(pg_catalog.=) (TABLE here)
          AND relkind OPERATOR(pg_catalog.=) ANY ('{r,p,v,m,S,f}'::pg_catalog."char"[])
        UNION ALL
        SELECT tableoid, oid, 'type', typname
        FROM pg_catalog.pg_type
        WHERE typnamespace OPERATOR(pg_catalog.=) (TABLE here)
          AND typcategory OPERATOR(pg_catalog.<>) ALL ('{A,C}'::pg_catalog."char"[])
        UNION ALL
        SELECT tableoid, oid, 'function', proname
        FROM pg_catalog.pg_proc
        WHERE pronamespace OPERATOR(pg_catalog.=) (TABLE here)
      )
      SELECT pg_catalog.concat(kind, ' ', name)
      FROM found
      WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend
        WHERE classid OPERATOR(pg_catalog.=) found.class AND objid OPERATOR(pg_catalog.=) found.oid
          AND deptype OPERATOR(pg_catalog.=) 'e')
      LIMIT 4
      """;

  /**
   * @param connection as {@link SecureConnections#open} has opened it
   */
  static TargetSession over(
      Connection connection,
      SearchPath path,
      HistoryTable table,
      HistoryOptions options,
      Progress progress) {
    return new TargetSession(
        new SessionSearchPath(connection, path.text(), table), path, table, options, progress);
  }

  /**
   * @return the connection for what we say ourselves: nothing of the database's own is in its
   *     search path
   */
  Connection connection() {
    return scripts.ours();
  }

  /**
   * Bounds what a statement may cost others, and lets the server notice within seconds when we are
   * gone: a killed build must not leave a backend at work that still holds its locks.
   */
  void prepare() throws SQLException {
    set("lock_timeout", milliseconds(options.timeouts().lockTimeout()));
    set("statement_timeout", milliseconds(options.timeouts().statementTimeout()));
    if (connection().getMetaData().getDatabaseMajorVersion() >= POSTGRESQL_14) {
      set("idle_session_timeout", "0"); // a backup may take hours between two statements
      watchForOurEnd();
    }
  }

  /** A server on Windows cannot, and refuses the setting. */
  private void watchForOurEnd() throws SQLException {
    try {
      set("client_connection_check_interval", "1s");
    } catch (SQLException e) {
      if (!SqlState.INVALID_PARAMETER_VALUE.is(e)) {
        throw e;
      }
    }
  }

  private static String milliseconds(Duration duration) {
    return duration.toMillis() + "ms";
  }

  private void set(String name, String value) throws SQLException {
    try (PreparedStatement statement =
        connection().prepareStatement("SELECT pg_catalog.set_config(?, ?, false)")) {
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
        options
            .placeholders()
            .tell(
                Flyway.configure(TargetSession.class.getClassLoader())
                    .loggers(QuietFlyway.class.getName())
                    .dataSource(SharedConnection.of(scripts))
                    .defaultSchema(table.schema())
                    .schemas(schemas())
                    .table(table.name())
                    .outOfOrder(true)
                    .ignoreMigrationPatterns("*:missing", "*:future", "*:ignored"));
    FlywayConfiguration.extension(configuration, PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration;
  }

  private String[] schemas() {
    return Stream.concat(Stream.of(table.schema()), options.schemas().stream())
        .distinct()
        .toArray(String[]::new);
  }

  /**
   * @return the same for scripts that are read without Flyway's run, which would give values to its
   *     own placeholders
   */
  Configuration reading() {
    try {
      return FlywayPlaceholders.with(
              options.placeholders(), connection(), Optional.of(table.schema()), table.name())
          .tell(flyway());
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
    return record(row, 1);
  }

  /**
   * Marks that something is under way, and leaves the next rank to the row that takes its place.
   *
   * @return the mark's rank
   */
  int mark(HistoryRow row) throws SQLException {
    return record(row, 2);
  }

  private int record(HistoryRow row, int step) throws SQLException {
    String sql =
        "INSERT INTO %s (installed_rank, version, description, type, script, checksum,"
                .formatted(table.quoted())
            + " installed_by, execution_time, success)"
            + " SELECT coalesce(pg_catalog.max(installed_rank), 0) OPERATOR(pg_catalog.+) ?, ?, ?, ?, ?, ?, current_user, ?, ? FROM "
            + table.quoted()
            + " RETURNING installed_rank";
    try (PreparedStatement insert = connection().prepareStatement(sql)) {
      insert.setInt(1, step);
      insert.setString(2, row.id().map(RevisionId::toString).orElse(null));
      insert.setString(3, row.description());
      insert.setString(4, row.type());
      insert.setString(5, row.script());
      insert.setObject(6, row.checksum().orElse(null), java.sql.Types.INTEGER);
      insert.setInt(7, (int) row.took().toMillis());
      insert.setBoolean(8, row.success());
      try (ResultSet result = insert.executeQuery()) {
        if (!result.next()) {
          throw IntendedHistory.notKept("Nothing was done, because", table);
        }
        return result.getInt(1);
      }
    }
  }

  /**
   * @param step a Java migration that runs in another session
   * @return the statement that records it there, as Flyway does; a parameter takes the milliseconds
   */
  String recordOf(JavaMigration step) {
    return ("INSERT INTO %1$s (installed_rank, version, description, type, script, checksum,"
            + " installed_by, execution_time, success)"
            + " SELECT coalesce(pg_catalog.max(installed_rank), 0) OPERATOR(pg_catalog.+) 1, %2$s, %3$s, 'JDBC', %4$s, %5$s, current_user, ?, true FROM %1$s")
        .formatted(
            table.quoted(),
            step.id().map(id -> literal(id.toString())).orElse("NULL"),
            literal(step.description()),
            literal(step.place()),
            step.checksum().map(String::valueOf).orElse("NULL"));
  }

  /**
   * @param id a revision whose row was written a moment ago
   * @return whether the last row about it says that it is applied
   */
  boolean isRecorded(RevisionId id) throws SQLException {
    String sql =
        "SELECT version, type, success FROM %s WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT %d"
            .formatted(table.quoted(), LATEST_ROWS);
    try (PreparedStatement query = connection().prepareStatement(sql);
        ResultSet result = query.executeQuery()) {
      while (result.next()) {
        if (RevisionId.parse(result.getString(1)).filter(id::equals).isPresent()) {
          return result.getBoolean(3) && RowKind.of(result.getString(2)) != RowKind.TAKEN_BACK;
        }
      }
      return false;
    }
  }

  /**
   * Looks at a row once more before what it says is taken back, because an earlier script, or
   * somebody who does not take the lock, may have done that.
   *
   * @param row it, as it was when the run began
   * @param done how many revisions this run has taken back
   * @throws MigrateException {@code NOT_AS_PLANNED} when it is gone, or a newer one follows it
   */
  void requireStanding(HistoryRow row, int done) throws SQLException {
    String sql =
        "SELECT pg_catalog.max(installed_rank) FROM %s WHERE success AND version OPERATOR(pg_catalog.=)"
                .formatted(table.quoted())
            + " (SELECT version FROM %s WHERE installed_rank OPERATOR(pg_catalog.=) ?)"
                .formatted(table.quoted());
    try (PreparedStatement query = connection().prepareStatement(sql)) {
      query.setInt(1, row.rank());
      try (ResultSet result = query.executeQuery()) {
        result.next();
        if (result.getInt(1) != row.rank()) {
          throw new MigrateException(
              FailureCode.NOT_AS_PLANNED,
              "Revision %s \"%s\" was to be taken back, and the history says something else of it than when this run began: it was moved meanwhile. Its downgrade was not run; %d before it were taken back."
                  .formatted(row.id().orElseThrow(), PlainText.line(row.description()), done),
              "Look at both sides with mvn migrate:history, and for a script or a program that writes"
                  + " to the history itself; then run mvn migrate:downgrade again.");
        }
      }
    }
  }

  /** Replaces what a row says of its outcome. */
  void settle(int rank, Duration took, boolean success) throws SQLException {
    try (PreparedStatement update =
        connection()
            .prepareStatement(
                "UPDATE %s SET success = ?, execution_time = ? WHERE installed_rank OPERATOR(pg_catalog.=) ?"
                    .formatted(table.quoted()))) {
      update.setBoolean(1, success);
      update.setInt(2, (int) took.toMillis());
      update.setInt(3, rank);
      update.executeUpdate();
    }
  }

  /** Runs Flyway or scripts, which find the search path that is configured. */
  void lend(Work theirs) throws SQLException {
    scripts.give(path.text());
    connection().clearWarnings(); // what the server said to us is none of their notices
    theirs.run();
  }

  /** Runs work in a transaction of its own: all of it, or nothing. */
  void inTransaction(Work work) throws SQLException {
    Connection connection = connection();
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
  record Surroundings(String searchPath, String entered, SessionReset settings) {
    static Surroundings of(TargetSession session) throws SQLException {
      return of(session, Set.of());
    }

    /**
     * @param named names of settings that callbacks may have made up and set
     */
    static Surroundings of(TargetSession session, Set<String> named) throws SQLException {
      return new Surroundings(
          session.path.text(),
          session.scripts.theirs(),
          SessionReset.of(session.connection(), named));
    }

    String role() {
      return settings.role();
    }

    /**
     * What is recorded is recorded by us, under our lock, whatever the script has become and left
     * behind.
     *
     * @param locks how often the lock of the history is held
     */
    void leave(TargetSession session, int locks) throws SQLException {
      settings.restore(session.connection());
      session.scripts.give(entered);
      session.keepLock(locks);
    }

    /** As Flyway does it: the history's schema comes first. */
    void enter(TargetSession session) throws SQLException {
      session.scripts.give(searchPathFor(session.table));
    }

    String searchPathFor(HistoryTable table) {
      String schema = SqlNames.inQuotes(table.schema());
      boolean first =
          searchPath.equals(table.schema()) || searchPath.startsWith(table.schema() + ",");
      if (first) {
        return searchPath;
      }
      return searchPath.isBlank() ? schema : schema + "," + searchPath;
    }
  }

  /**
   * @return whether the target has a history table
   * @throws MigrateException {@code DATABASE} when that cannot be seen
   */
  boolean hasHistory() {
    try {
      return HistoryReader.exists(connection(), table);
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history cannot be looked for", e);
    }
  }

  /**
   * Refuses to begin a history where something stands already, as Flyway does, and before anything
   * else is done for it.
   *
   * @throws MigrateException {@code DATABASE} when there is no history, and the schema where it
   *     would be is not empty
   */
  void requireStart() {
    if (hasHistory()) {
      return;
    }
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection().prepareStatement(OBJECTS)) {
      query.setString(1, table.schema());
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of("The schema %s cannot be looked at".formatted(table.schema()), e);
    }
    if (!found.isEmpty()) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The schema %s is not empty (%s%s) and has no history, so it is not known which revisions"
                  .formatted(
                      table.schema(),
                      String.join(", ", found.subList(0, Math.min(MOST_NAMED, found.size()))),
                      found.size() > MOST_NAMED ? ", …" : "")
              + " it holds. Nothing was changed.",
          "If nothing of it is of this project, record that with mvn migrate:stamp -Dmigrate.to=base,"
              + " and run this command again. If it already has the schema of a revision, record that"
              + " with mvn migrate:stamp -Dmigrate.to=<revision>.");
    }
  }

  /** Sees to it that the lock of the history is held, after a script was at work. */
  void keepLock(int times) {
    HistoryLock.keep(connection(), table, times);
  }

  /**
   * @param file the script that ran outside a transaction, as messages name it
   * @throws MigrateException {@code SCRIPT_FAILED} when it has begun a transaction itself and not
   *     ended it, which is rolled back
   */
  void refuseOpenTransaction(String file) throws SQLException {
    if (endTransaction()) {
      throw new MigrateException(
          FailureCode.SCRIPT_FAILED,
          "%s begins a transaction and does not end it; what it did since was rolled back, and it is"
                  .formatted(file)
              + " recorded as failed.",
          "Write COMMIT at its end; then, if it may run again from its beginning, run the goal again"
              + " with -Dmigrate.rerun=<revision>.");
    }
  }

  /**
   * Ends the transaction that a script has begun itself and not ended.
   *
   * @return whether there was one
   */
  boolean endTransaction() throws SQLException {
    boolean ended = SessionReset.endTransaction(connection());
    if (ended) {
      scripts.rolledBack();
    }
    return ended;
  }
}
