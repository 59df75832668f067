package dev.migrate.run;

import dev.migrate.backup.Manifest;
import dev.migrate.history.Progress;
import dev.migrate.revision.RevisionId;

/** Listener of an upgrade or a downgrade: hears of its plan and its backup, too. */
public interface RunProgress extends Progress {
  /**
   * The lock is held, and there are revisions to run.
   *
   * @param run what runs
   */
  default void begins(PlannedRun run) {}

  /**
   * A revision that may run again did not stop half-way: nothing comes of having asked for it.
   *
   * @param id which
   */
  default void needlessRerun(RevisionId id) {}

  /**
   * A backup is about to be taken because rows may be lost.
   *
   * @param reason by what, as a sentence for people
   */
  default void backupDue(String reason) {}

  /**
   * Rows may be lost, but a verified backup of this very state is there already.
   *
   * @param reason by what, as a sentence for people
   * @param backup which one
   */
  default void backupExists(String reason, Manifest backup) {}

  /**
   * A backup was taken.
   *
   * @param backup which
   */
  default void backedUp(Manifest backup) {}
}
