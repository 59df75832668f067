package dev.migrate.rehearse;

import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.DatabaseCopy;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.Progress;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * The use case of a rehearsal: copies a target, into scratch or by a template on its own server,
 * and rehearses an upgrade on the copy. The target is only read.
 */
public final class TargetRehearsal {
  private final Target target;
  private final String purpose;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final UpgradeRequest request;

  /**
   * @param target the database
   * @param purpose what for, as {@code pg_stat_activity} shows it
   * @param files the revisions of the project
   * @param options how its history is kept
   * @param request what is asked of the upgrade
   */
  public TargetRehearsal(
      Target target,
      String purpose,
      RevisionFiles files,
      HistoryOptions options,
      UpgradeRequest request) {
    this.target = target;
    this.purpose = purpose;
    this.files = files;
    this.options = options;
    this.request = request;
  }

  /**
   * A copy of a large database takes long, and there may be nothing to try on it.
   *
   * @param state where the target stands
   * @return whether no revision is pending
   * @throws MigrateException what the upgrade would refuse
   */
  public boolean isIdle(TargetState state) {
    return request.plan(state).revisions().isEmpty();
  }

  /**
   * @return the result when nothing is pending
   */
  public RehearsalResult nothing() {
    try (Connection connection = target.connect(purpose)) {
      return RehearsalResult.nothing(
          target.toString(), connection.getMetaData().getDatabaseProductVersion());
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  /**
   * @return the major version of the target's server, which the copy's must have, too
   */
  public int serverMajor() {
    try (Connection connection = target.connect(purpose)) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  /**
   * Rehearses on a copy from a snapshot.
   *
   * @param scratch takes the copy; a sandbox unless the target is trusted
   * @param copies the folder of the copy's file
   * @param sample at most how many rows of each table are copied, and those that their foreign keys
   *     point to; 0 is all
   * @param copying hears of the copy
   * @param progress hears of the revisions
   * @return what was seen
   * @throws MigrateException what the upgrade would refuse, or what keeps it from being copied
   */
  public RehearsalResult onScratch(
      Scratch scratch, Path copies, int sample, BackupProgress copying, Progress progress) {
    long start = System.nanoTime();
    DatabaseCopy copy = new DatabaseCopy(target, purpose, options.table(), copies, copying);
    try (ScratchDatabase database = copy.into(scratch, sample)) {
      return run(DatabaseCopy.target(database), start, sample, progress);
    }
  }

  /**
   * Rehearses on a copy by {@code CREATE DATABASE … TEMPLATE}, while nobody is connected to the
   * target.
   *
   * @param progress hears of the revisions
   * @return what was seen
   * @throws MigrateException what the upgrade would refuse, or what keeps it from being copied
   */
  public RehearsalResult onTarget(Progress progress) {
    long start = System.nanoTime();
    try (TemplateCopy copy = TemplateCopy.of(target, purpose)) {
      return run(copy.target(), start, 0, progress);
    }
  }

  private RehearsalResult run(Target copy, long start, int sample, Progress progress) {
    Duration copied = Duration.ofNanos(System.nanoTime() - start);
    return new Rehearsal(copy, purpose, files, whereItIs(), progress)
        .run(request, target.toString(), sample, copied);
  }

  /** By a copy's own settings, and as another role, it might be looked for somewhere else. */
  private HistoryOptions whereItIs() {
    try (Connection connection = target.connect(purpose)) {
      return options.in(
          HistoryTable.locate(connection, options.schema(), options.table()).schema());
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  private MigrateException lost(SQLException e) {
    return new MigrateException(
        FailureCode.CONNECTION,
        "The connection to %s was lost: %s.".formatted(target, e.getMessage()),
        "Run the goal again.",
        e);
  }
}
