package dev.migrate.backup;

import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Swaps the names of two databases by {@code ALTER DATABASE … RENAME}: gives a restored one the
 * name of an old one, and the old one another name, in one transaction. At no moment is there no
 * database of the name, and nothing is set that a killed process would leave behind.
 *
 * <p>The old database cannot be renamed while a session is in it, and the session that holds the
 * lock of its history is in it. So the renaming begins while the lock is held. From then on
 * PostgreSQL lets nobody into the database; whoever was in it before, such as an upgrade that waits
 * for the lock, is ended, or stops the exchange. Only when the lock's session is the last one left
 * it ends, and the renaming, which has waited for that, goes on. So nobody can take the lock of a
 * database that is about to be put aside.
 */
final class DatabaseNameSwap {

  /** PostgreSQL waits for some seconds until the sessions that are to end have ended. */
  private static final int MOST_ATTEMPTS = 5;

  private static final int MOST_LOOKS = 250;

  /** An upgrade gives up after a minute, unless told otherwise. */
  private static final int MOST_ATTEMPTS_FOR_UPGRADES = 15;

  private static final long POLL_MILLIS = 20;

  /** Of the sessions of others, a modest role sees who has them and not what they are. */
  private static final String PEOPLE =
      "coalesce(backend_type, 'client backend') in ('client backend', 'walsender')"
          + " and usesysid is not null";

  private static final String LOCKED =
      """
      select 1 from pg_catalog.pg_locks l join pg_catalog.pg_database d on l.objid = d.oid
      where l.locktype = 'object' and l.classid = 'pg_catalog.pg_database'::pg_catalog.regclass
        and l.mode = 'AccessExclusiveLock' and l.granted and d.datname = %s and l.pid = %s
      """;

  private final Connection admin;
  private final Connection watch;
  private final Target target;
  private final HistoryLockHold hold;
  private final boolean terminate;
  private boolean released;

  /**
   * @param admin to another database of the server, to rename from
   * @param watch another one, to look on
   * @param target the database whose name is given away
   * @param hold the lock of its history
   * @param terminate whether sessions of others are ended
   */
  DatabaseNameSwap(
      Connection admin, Connection watch, Target target, HistoryLockHold hold, boolean terminate) {
    this.admin = admin;
    this.watch = watch;
    this.target = target;
    this.hold = hold;
    this.terminate = terminate;
  }

  /**
   * @param fresh what takes the name
   * @param kept how the old one is called then
   * @param dress what else happens to the new one in the same moment
   */
  void run(String fresh, String kept, List<String> dress) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      if (!released && !hold.held().getAsBoolean()) {
        throw new SQLException(
            "the session that held the lock of the history was lost",
            SqlState.CONNECTION_FAILURE.code());
      }
      admin.setAutoCommit(false);
      try {
        for (String sql : dress) {
          Queries.execute(admin, sql);
        }
        rename(target.database(), kept);
        leave(fresh);
        Queries.execute(admin, renaming(fresh, target.database()));
        admin.commit();
        return;
      } catch (SQLException e) {
        admin.rollback();
        if (released || !SqlState.OBJECT_IN_USE.is(e) || attempt >= attempts()) {
          throw e;
        }
      } finally {
        admin.setAutoCommit(true);
      }
    }
  }

  /** An upgrade that waits for our lock goes by itself; nobody else is waited for. */
  private int attempts() throws SQLException {
    if (terminate) {
      return MOST_ATTEMPTS;
    }
    boolean upgradesOnly =
        Queries.column(watch, "select application_name from pg_catalog.pg_stat_activity" + others())
            .stream()
            .allMatch(name -> String.valueOf(name).startsWith("migrate:"));
    return upgradesOnly ? MOST_ATTEMPTS_FOR_UPGRADES : 1;
  }

  /**
   * Ours are closed; but a pooler keeps the sessions that loaded the new one, which nobody else
   * knows.
   */
  private void leave(String fresh) throws SQLException {
    String inside =
        " from pg_catalog.pg_stat_activity where datname = " + SqlLiteral.literal(fresh);
    for (int i = 0; i < MOST_LOOKS; i++) {
      if (Queries.text(watch, "select 1" + inside) == null) {
        return;
      }
      Queries.all(watch, "select pg_catalog.pg_terminate_backend(pid)" + inside);
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SQLException("interrupted", e);
      }
    }
  }

  private static String renaming(String from, String to) {
    return "ALTER DATABASE " + SqlNames.quote(from) + " RENAME TO " + SqlNames.quote(to);
  }

  private void rename(String from, String to) throws SQLException {
    String pid = Queries.text(admin, "select pg_catalog.pg_backend_pid()::text");
    Callable<Void> work =
        () -> {
          Queries.execute(admin, renaming(from, to));
          return null;
        };
    FutureTask<Void> renaming = new FutureTask<>(work);
    TableDump.daemon("rename").newThread(renaming).start();
    try {
      String locked = LOCKED.formatted(SqlLiteral.literal(from), pid);
      while (!renaming.isDone() && Queries.text(watch, locked) == null) {
        Thread.sleep(POLL_MILLIS);
      }
      while (!renaming.isDone() && !released) {
        if (Queries.text(watch, "select 1 from pg_catalog.pg_stat_activity" + others()) == null) {
          released = true;
          hold.release().run();
          // A pooler keeps the session that we give back, and with it the database in use.
          Queries.all(
              watch,
              "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where"
                  + " datname = "
                  + SqlLiteral.literal(target.database())
                  + " and pid = "
                  + hold.pid());
        } else if (terminate) {
          Queries.all(
              watch,
              "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity"
                  + others());
        }
        Thread.sleep(POLL_MILLIS);
      }
      renaming.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refused) {
        throw refused;
      }
      throw new SQLException(e.getCause());
    }
  }

  private String others() {
    return others(target.database(), hold);
  }

  /** The sessions in a database that are neither PostgreSQL's own nor the lock's. */
  static String others(String database, HistoryLockHold hold) {
    return " where "
        + PEOPLE
        + " and datname = "
        + SqlLiteral.literal(database)
        + " and pid <> "
        + hold.pid();
  }
}
