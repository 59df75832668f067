package dev.migrate.history;

import dev.migrate.revision.RevisionId;
import java.util.Set;

/**
 * A command that changes a migration history: an upgrade, a downgrade or a stamp. {@link
 * LockedTarget} runs it, and compares afterwards what the history says with what was to be done.
 *
 * @param <T> what it tells about itself
 */
interface HistoryMove<T> {
  /**
   * @return what it is to do, asked for before it runs
   */
  IntendedHistory intent();

  /**
   * Called when it has run.
   *
   * @return the revisions that it was to run and did not, because it found them recorded
   */
  default Set<RevisionId> notRun() {
    return Set.of();
  }

  /**
   * Does it.
   *
   * @return what was done
   */
  T run();
}
