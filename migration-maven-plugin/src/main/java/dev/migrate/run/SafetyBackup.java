package dev.migrate.run;

import dev.migrate.backup.Manifest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The backup before an upgrade or a downgrade: decides whether one is due, and takes it, unless a
 * verified one of the very same state of the database is there already.
 */
final class SafetyBackup {
  private final BackupPolicy.When when;
  private final Supplier<BackupStore> backups;
  private final LossSearch losses;
  private final RunProgress progress;

  /**
   * @param when in which cases
   * @param backups those of the target; opened only when one may be due
   * @param losses finds what can lose rows
   * @param progress hears why, and which
   */
  SafetyBackup(
      BackupPolicy.When when,
      Supplier<BackupStore> backups,
      LossSearch losses,
      RunProgress progress) {
    this.when = when;
    this.backups = backups;
    this.losses = losses;
    this.progress = progress;
  }

  /**
   * @param run what is about to run
   * @return the backup that holds what the database holds now; empty when none was due
   * @throws dev.migrate.failure.MigrateException {@code BACKUP_FAILED} and the like: nothing must
   *     run then
   */
  Optional<Manifest> before(PlannedRun run) {
    return switch (when) {
      case NEVER -> Optional.empty();
      case ALWAYS -> Optional.of(take(backups.get()));
      case AUTO -> run.isIdle() ? Optional.empty() : whenRowsAreAtRisk(run);
    };
  }

  private Optional<Manifest> whenRowsAreAtRisk(PlannedRun run) {
    BackupStore store = backups.get();
    Optional<String> reason = store.hasRows() ? losses.first(run) : Optional.empty();
    if (reason.isEmpty()) {
      return Optional.empty();
    }
    Optional<Manifest> existing = store.ofThisVeryState();
    if (existing.isPresent()) {
      progress.backupExists(reason.get(), existing.get());
      return existing;
    }
    progress.backupDue(reason.get());
    return Optional.of(take(store));
  }

  private Manifest take(BackupStore store) {
    Manifest taken = store.take();
    progress.backedUp(taken);
    return taken;
  }
}
