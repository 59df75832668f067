package dev.migrate.history;

import dev.migrate.revision.Revision;
import dev.migrate.script.JavaMigration;
import java.time.Duration;

/** Progress listener of an upgrade, a downgrade or a replay. */
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = new Progress() {};

  /**
   * The lock of the history is not free.
   *
   * @param holder who holds it, as a person would say it
   */
  default void waiting(String holder) {}

  /**
   * A revision's script begins.
   *
   * @param revision which one
   */
  default void started(Revision revision) {}

  /**
   * A revision's script is done and recorded.
   *
   * @param revision which one
   * @param took how long it ran
   */
  default void finished(Revision revision, Duration took) {}

  /**
   * A Java migration begins.
   *
   * @param step which one
   */
  default void started(JavaMigration step) {}

  /**
   * A statement of a script made PostgreSQL say something.
   *
   * @param message the notice or warning
   */
  default void notice(String message) {}

  /**
   * A revision could not get a lock, was rolled back and will be tried again.
   *
   * @param revision which one
   * @param attempt the number of the attempt that failed, from 1
   * @param pause how long until the next
   */
  default void retrying(Revision revision, int attempt, Duration pause) {}

  /**
   * A revision that stopped half-way in an earlier run, and whose script says that it may run
   * again, is about to.
   *
   * @param revision which one
   */
  default void runningAgain(Revision revision) {}
}
