package dev.migrate.history;

import java.time.Duration;
import java.util.Objects;

/**
 * The timeouts of a run: how long it waits for the lock of the history, how long a statement of a
 * script may wait for a lock ({@code lock_timeout}) and run ({@code statement_timeout}), and how
 * often a script that hit the lock timeout is tried again.
 *
 * @param lockWait how long to wait for the lock of the history
 * @param lockTimeout how long a statement of a script may wait for a lock; zero is for ever
 * @param statementTimeout how long a statement of a script may run; zero is for ever
 * @param lockRetries how often a revision that hit the lock timeout is tried again, 0 or more
 */
public record Timeouts(
    Duration lockWait, Duration lockTimeout, Duration statementTimeout, int lockRetries) {
  /** Refuses nulls. */
  public Timeouts {
    Objects.requireNonNull(lockWait, "lockWait");
    Objects.requireNonNull(lockTimeout, "lockTimeout");
    Objects.requireNonNull(statementTimeout, "statementTimeout");
  }

  /**
   * @return a minute for the history's lock, five seconds for any other, five retries, and no limit
   *     for a statement
   */
  public static Timeouts usual() {
    return new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ZERO, 5);
  }

  /**
   * @param wait how long to wait for the lock of the history
   * @return the same with that
   */
  public Timeouts withLockWait(Duration wait) {
    return new Timeouts(wait, lockTimeout, statementTimeout, lockRetries);
  }

  /**
   * @param limit how long a statement of a script may run; zero is for ever
   * @return the same with that
   */
  public Timeouts withStatementTimeout(Duration limit) {
    return new Timeouts(lockWait, lockTimeout, limit, lockRetries);
  }
}
