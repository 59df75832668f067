package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Detects a connection pooler (pgbouncer) in transaction mode, which does not keep a session for
 * us. In session mode a session is ours until we give it back. In transaction mode the next
 * statement may be answered by another: a lock that we take stays behind in a session that somebody
 * else gets, and so does every setting.
 *
 * <p>A pooler does not say which it is. But while a second connection of ours holds a transaction,
 * the session that has answered us before is either still ours alone, or has gone to that second
 * one, or another answers us now. Two such connections decide it on a quiet pool, in whichever
 * order it lends: of one or two free sessions one of them gets ours, and of three or more we get
 * another. They only ask for the number of their backend, and roll back.
 */
final class Pooler {
  private static final int HOLDERS = 3;
  private static final int QUESTIONS = 3;
  private static final int PATIENCE_MILLIS = 1_000;

  /** Opens a connection to the pool. */
  interface Opening {
    Connection open() throws SQLException;
  }

  private final Connection ours;
  private final Opening another;
  private final String place;

  private Pooler(Connection ours, Opening another, String place) {
    this.ours = ours;
    this.another = another;
    this.place = place;
  }

  /**
   * @param opening opens connections to the pool that prepare nothing and set nothing
   * @param place where the pooler is, for the message
   * @throws MigrateException {@code POOLER} unless a session is ours until we give it back
   * @throws SQLException when a connection is lost
   */
  static void requireSessions(Opening opening, String place) throws SQLException {
    try (Connection ours = opening.open()) {
      new Pooler(ours, opening, place).requireSession();
    }
  }

  /**
   * @param e what came back for a transaction
   * @return the refusal, if it was the pooler that allows none
   */
  static boolean allowsNoTransaction(SQLException e) {
    return SqlState.PROTOCOL_VIOLATION.is(e)
        && String.valueOf(e.getMessage()).contains("statement pooling");
  }

  static MigrateException statementMode(String place) {
    return refused(
        place, "a pooler in statement mode, which allows no transaction of several statements");
  }

  private void requireSession() throws SQLException {
    requireTransactions();
    List<Connection> holders = new ArrayList<>();
    try {
      for (int i = 0; i < HOLDERS; i++) {
        long backend = PooledSession.backend(ours);
        Connection holder = hold(backend);
        if (holder == null) {
          return;
        }
        holders.add(holder);
        if (PooledSession.backend(holder) == backend || changes(backend)) {
          throw refused(
              place,
              "a pooler in transaction mode, where neither a lock nor a setting stays with us");
        }
      }
    } finally {
      giveBack(holders);
    }
  }

  private boolean changes(long backend) throws SQLException {
    for (int i = 0; i < QUESTIONS; i++) {
      if (PooledSession.backend(ours) != backend) {
        return true;
      }
    }
    return false;
  }

  private void requireTransactions() throws SQLException {
    try {
      ours.setAutoCommit(false);
      PooledSession.backend(ours);
      ours.rollback();
      ours.setAutoCommit(true);
    } catch (SQLException e) {
      if (allowsNoTransaction(e)) {
        throw statementMode(place);
      }
      throw e;
    }
  }

  /**
   * Opens a second connection and a transaction in it.
   *
   * @return it; null when the pool has no session left for it, and ours still answers. Who waits is
   *     served in turn: were ours lent for each transaction, we would wait behind
   */
  private Connection hold(long backend) throws SQLException {
    Connection holder;
    try {
      holder = another.open();
    } catch (SQLException e) {
      throw undecided("it refuses a second connection: " + e.getMessage());
    }
    FutureTask<Long> asking =
        new FutureTask<>(
            () -> {
              holder.setAutoCommit(false);
              return PooledSession.backend(holder);
            });
    Thread thread = new Thread(asking, "migrate-pooler");
    thread.setDaemon(true);
    thread.start();
    boolean decided = false;
    try {
      try {
        asking.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        decided = true;
        return holder;
      } catch (TimeoutException waiting) {
        if (!answers(backend)) {
          throw undecided("it has no session left, not even for us");
        }
        if (asking.isDone()) {
          asking.get();
          decided = true;
          return holder;
        }
        return null;
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException refusal) {
        throw undecided("it refuses a second transaction: " + refusal.getMessage());
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw undecided("the goal was interrupted");
    } finally {
      if (!decided) {
        holder.abort(Runnable::run);
      }
    }
  }

  private boolean answers(long backend) throws SQLException {
    int patience = ours.getNetworkTimeout();
    try {
      ours.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
      if (PooledSession.backend(ours) != backend) {
        throw undecided("its sessions change");
      }
      return true;
    } catch (SQLException silent) {
      return false;
    } finally {
      if (!ours.isClosed()) {
        ours.setNetworkTimeout(Runnable::run, patience);
      }
    }
  }

  private static void giveBack(List<Connection> holders) throws SQLException {
    for (Connection holder : holders) {
      holder.rollback();
      holder.close();
    }
  }

  private MigrateException undecided(String why) {
    return refused(
        place, "a pooler of which it cannot be told whether its sessions stay with us: " + why);
  }

  private static MigrateException refused(String place, String what) {
    return new MigrateException(
        FailureCode.POOLER,
        "At %s is %s.".formatted(place, what),
        "Nothing was changed. Give the address of the server itself with -Dmigrate.url (usually port"
            + " 5432), or of a pool in session mode.");
  }
}
