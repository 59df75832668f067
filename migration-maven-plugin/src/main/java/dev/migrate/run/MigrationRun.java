package dev.migrate.run;

import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.Manifest;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.loss.DataLoss;
import dev.migrate.loss.SideEffectReader;
import dev.migrate.parser.PostgresParser;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.time.Duration;
import java.util.Optional;

/**
 * The use case of an upgrade or a downgrade, under the lock of the history: plan, guard, backup,
 * run, and after a failure the way back.
 */
public final class MigrationRun {
  private final Target target;
  private final String purpose;
  private final HistoryOptions options;
  private final BackupPolicy backups;

  /**
   * @param target the database
   * @param purpose what for, as {@code pg_stat_activity} shows it
   * @param options how its history is kept and moved
   * @param backups whether a backup comes first
   */
  public MigrationRun(Target target, String purpose, HistoryOptions options, BackupPolicy backups) {
    this.target = target;
    this.purpose = purpose;
    this.options = options;
    this.backups = backups;
  }

  /**
   * Runs it.
   *
   * @param direction upgrade or downgrade, and how far
   * @param files the revisions of the project
   * @param progress hears of revisions
   * @param copying hears of the backup
   * @return what was done
   * @throws MigrateException {@code LOCKED} when the lock does not come free, {@code BACKUP_FAILED}
   *     and the like before anything was changed, {@code SCRIPT_FAILED} and the like afterwards,
   *     with the command that restores the backup when there is something to bring back
   */
  public RunResult run(
      RunDirection direction, RevisionFiles files, RunProgress progress, BackupProgress copying) {
    try (LockedTarget locked = LockedTarget.open(target, purpose, options, progress)) {
      PlannedRun run = PlannedRun.of(direction, locked.state(files));
      direction.guard(run, locked);
      run.needlessReruns().forEach(progress::needlessRerun);
      if (!run.plan().revisions().isEmpty()) {
        progress.begins(run);
      }
      Optional<Manifest> backup =
          new SafetyBackup(
                  backups.when(),
                  () -> store(files, copying),
                  new LossSearch(options.placeholders(), this::losses),
                  progress)
              .before(run);
      long start = System.nanoTime();
      RunOutcome outcome = execute(run, locked, backup);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new RunResult(run, outcome, locked.state(files), took, backup.orElse(null));
    }
  }

  private RunOutcome execute(PlannedRun run, LockedTarget locked, Optional<Manifest> backup) {
    try {
      return run.direction().execute(run, locked);
    } catch (MigrateException e) {
      if (backup.isEmpty() || !leftSomething(run, locked, e)) {
        throw e;
      }
      throw new RestoreAdvice(backup.get(), backups.folder()).addTo(e);
    }
  }

  /** When it cannot be told, the advice is given: better too often than not. */
  private static boolean leftSomething(
      PlannedRun run, LockedTarget locked, MigrateException failure) {
    TargetState now;
    try {
      now = locked.state(run.before().files());
    } catch (MigrateException e) {
      failure.addSuppressed(e);
      return true;
    }
    return run.hasMoved(now);
  }

  private BackupStore store(RevisionFiles files, BackupProgress copying) {
    return BackupStore.of(
        new Backup(target, purpose, options.table(), backups.options().get(), copying),
        () -> HistoryPosition.of(target, purpose, options, files));
  }

  private DataLoss losses() {
    PostgresParser parser = new PostgresParser();
    parser.prepare();
    return new DataLoss(SideEffectReader.read(target, purpose), parser);
  }
}
