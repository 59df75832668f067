package dev.migrate.backup;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.target.Target;

/** Restores as the goal does it: under the lock of the target's history. */
public final class Restoring {
  private Restoring() {}

  /**
   * @return what the restore says
   */
  public static RestoreResult run(
      Target target,
      String purpose,
      BackupOptions options,
      RestoreOptions allowed,
      BackupProgress progress,
      String name) {
    try (LockedTarget locked =
        LockedTarget.hold(target, purpose, HistoryOptions.defaults(), Progress.SILENT)) {
      return new Restore(target, purpose, options, allowed, progress)
          .run(name, new HistoryLockHold(locked.pid(), locked::isHeld, locked::close));
    }
  }
}
