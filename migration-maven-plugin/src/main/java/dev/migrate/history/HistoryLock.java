package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The session-level advisory lock under which a target is changed. It is Flyway's own lock, so an
 * application that migrates itself at start waits for us and we for it; and it is held by the very
 * connection that does the work, so that a lost connection loses both at once.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">
 *     Advisory Locks</a>
 */
final class HistoryLock {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** objsubid 1 marks the locks with one bigint key, split over classid and objid. */
  private static final String HOLDER =
      """
      SELECT a.pid, a.application_name, a.usename, a.client_addr, a.backend_start
      FROM pg_catalog.pg_locks l
      JOIN pg_catalog.pg_stat_activity a USING (pid)
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
        AND l.classid::bigint = ? AND l.objid::bigint = ?
      """;

  private HistoryLock() {}

  /**
   * Takes the lock; it is given back when the connection closes.
   *
   * @param connection in autocommit mode, so that no snapshot is held while waiting
   * @param table whose lock
   * @param wait how long to wait for it at most
   * @param waiting told once who holds the lock, when it is not free at once
   * @throws MigrateException {@code LOCKED} when it did not come free in time
   */
  static void acquire(
      Connection connection, HistoryTable table, Duration wait, Consumer<String> waiting) {
    long start = System.nanoTime();
    boolean told = false;
    try {
      while (!tryLock(connection, table)) {
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        if (waited.compareTo(wait) >= 0) {
          throw new MigrateException(
              FailureCode.LOCKED,
              "The history of this database is locked by %s, and was not released within %d s."
                  .formatted(holder(connection, table), wait.toSeconds()),
              "Let the other one finish and run the goal again, or wait longer with"
                  + " -Dmigrate.lockWait=<seconds>. A session that hangs is ended with SELECT"
                  + " pg_terminate_backend(<pid>).");
        }
        if (!told && waited.compareTo(PATIENCE) >= 0) {
          told = true;
          waiting.accept(holder(connection, table));
        }
        Thread.sleep(POLL.toMillis());
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of("The lock of the history cannot be taken", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrateException(
          FailureCode.LOCKED,
          "Interrupted while waiting for the lock of the history.",
          "Nothing was changed; run the goal again.",
          e);
    }
  }

  private static boolean tryLock(Connection connection, HistoryTable table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pg_catalog.pg_try_advisory_lock(?)")) {
      query.setLong(1, table.lockNumber());
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  private static String holder(Connection connection, HistoryTable table) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HOLDER)) {
      query.setLong(1, table.lockNumber() >>> 32);
      query.setLong(2, table.lockNumber() & 0xFFFF_FFFFL);
      try (ResultSet result = query.executeQuery()) {
        if (!result.next()) {
          return "a session that has just ended";
        }
        String application =
            Optional.ofNullable(result.getString("application_name"))
                .filter(name -> !name.isEmpty())
                .map(name -> "\"" + name + "\"")
                .orElse("an application without a name");
        String address =
            Optional.ofNullable(result.getString("client_addr")).orElse("this server itself");
        return "pid %d, %s, user \"%s\" from %s, connected since %s"
            .formatted(
                result.getLong("pid"),
                application,
                result.getString("usename"),
                address,
                result.getTimestamp("backend_start").toInstant());
      }
    }
  }
}
