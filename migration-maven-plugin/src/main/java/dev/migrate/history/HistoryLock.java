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
 * The session-level advisory lock ({@code pg_advisory_lock}) under which a target is changed. It is
 * Flyway's own lock, so an application that migrates itself at start waits for us and we for it;
 * and it is held by the very connection that does the work, so that a lost connection loses both at
 * once.
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

  private static final String HELD =
      """
      SELECT objsubid, mode, classid::pg_catalog.int8 AS classid, objid::pg_catalog.int8 AS objid
      FROM pg_catalog.pg_locks
      WHERE locktype OPERATOR(pg_catalog.=) 'advisory' AND granted
        AND pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
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

  /**
   * Looks after the lock when a script was at work in its session: {@code pg_advisory_unlock_all()}
   * and {@code DISCARD ALL} give it up, and somebody else may have taken it since. Locks that the
   * script has taken itself are given back.
   *
   * @param connection whose lock it should be
   * @param table whose lock
   * @param times how often it was held
   * @throws MigrateException {@code LOCKED} when somebody else has it now
   */
  static void keep(Connection connection, HistoryTable table, int times) {
    try {
      boolean held = false;
      try (PreparedStatement query = connection.prepareStatement(HELD);
          ResultSet result = query.executeQuery()) {
        while (result.next()) {
          boolean ours = result.getInt("objsubid") == 1 && key(result) == table.lockNumber();
          held |= ours;
          if (!ours) {
            giveBack(connection, result);
          }
        }
      }
      for (int i = 0; !held && i < times; i++) {
        if (!tryLock(connection, table)) {
          throw new MigrateException(
              FailureCode.LOCKED,
              "A script has given up the lock of the history (pg_advisory_unlock_all() or DISCARD"
                  + " ALL does), and it was taken by %s.".formatted(holder(connection, table)),
              "Let the other one finish, see where the database stands with mvn migrate:current, and"
                  + " remove that statement from the script.");
        }
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of("The lock of the history cannot be looked at", e);
    }
  }

  private static long key(ResultSet lock) throws SQLException {
    return lock.getLong("classid") << 32 | lock.getLong("objid");
  }

  /** One that was taken several times is held several times; one of a transaction ends with it. */
  private static void giveBack(Connection connection, ResultSet lock) throws SQLException {
    boolean shared = lock.getString("mode").equals("ShareLock");
    boolean two = lock.getInt("objsubid") == 2;
    String unlock =
        "SELECT pg_catalog.pg_advisory_unlock%s(%s)"
            .formatted(shared ? "_shared" : "", two ? "?, ?" : "?");
    try (PreparedStatement statement = connection.prepareStatement(unlock)) {
      if (two) {
        statement.setInt(1, (int) lock.getLong("classid"));
        statement.setInt(2, (int) lock.getLong("objid"));
      } else {
        statement.setLong(1, key(lock));
      }
      boolean again = true;
      while (again) {
        try (ResultSet result = statement.executeQuery()) {
          result.next();
          again = result.getBoolean(1);
        }
      }
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
