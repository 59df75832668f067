package dev.migrate.run;

import dev.migrate.history.DowngradeRequest;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.SqlPreview;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Upgrade or downgrade: which revisions of a target are run, by which of their scripts, and what
 * runs beside them.
 */
public sealed interface RunDirection {
  /**
   * @param state where the target stands
   * @return the revisions to run, in order
   * @throws dev.migrate.failure.MigrateException when they must not be run
   */
  RevisionPlan plan(TargetState state);

  /**
   * @param state where the target stands
   * @return the revisions that stopped half-way and may run again from their beginning
   */
  Set<RevisionId> rerun(TargetState state);

  /**
   * @param state where the target stands
   * @param plan what runs there
   * @return the repeatable migrations that run after it
   */
  List<Script> repeatables(TargetState state, RevisionPlan plan);

  /**
   * @param state where the target stands
   * @param plan what runs there
   * @return the Java migrations that run with it
   */
  List<JavaMigration> javaMigrations(TargetState state, RevisionPlan plan);

  /**
   * @param files the scripts of the project
   * @return those that Flyway calls before and after its own
   */
  List<Script> callbacks(RevisionFiles files);

  /**
   * @param file a revision
   * @return the script of it that runs; empty when it has none
   */
  Optional<Script> script(RevisionFile file);

  /**
   * Refuses what could not be run to its end, before anything is done for it.
   *
   * @param run what would run
   * @param target where
   * @throws dev.migrate.failure.MigrateException {@code DATABASE} for a target that holds something
   *     and has no history, {@code IRREVERSIBLE} for a revision that cannot be taken back
   */
  void guard(PlannedRun run, LockedTarget target);

  /**
   * Runs it.
   *
   * @param run what to run
   * @param target where
   * @return what ran
   * @throws dev.migrate.failure.MigrateException {@code SCRIPT_FAILED} and the like; what ran
   *     before stays
   */
  RunOutcome execute(PlannedRun run, LockedTarget target);

  /**
   * Writes what would run as one script for psql, and changes nothing.
   *
   * @param target the database, which is only read
   * @param purpose what for, as {@code pg_stat_activity} shows it
   * @param options how its history is kept
   * @param files the revisions of the project
   * @return the script
   */
  String preview(Target target, String purpose, HistoryOptions options, RevisionFiles files);

  /**
   * Upgrade: pending revisions are applied, oldest first.
   *
   * @param request which
   */
  record Up(UpgradeRequest request) implements RunDirection {
    @Override
    public RevisionPlan plan(TargetState state) {
      return request.plan(state);
    }

    @Override
    public Set<RevisionId> rerun(TargetState state) {
      return request.rerun(state);
    }

    @Override
    public List<Script> repeatables(TargetState state, RevisionPlan plan) {
      return state.repeatables().after(plan);
    }

    @Override
    public List<JavaMigration> javaMigrations(TargetState state, RevisionPlan plan) {
      return state.java().with(plan);
    }

    @Override
    public List<Script> callbacks(RevisionFiles files) {
      return files.callbacks();
    }

    @Override
    public Optional<Script> script(RevisionFile file) {
      return Optional.of(file.upgrade());
    }

    @Override
    public void guard(PlannedRun run, LockedTarget target) {
      target.requireStart();
    }

    @Override
    public RunOutcome execute(PlannedRun run, LockedTarget target) {
      return target.upgrade(run.before().files(), run.plan(), rerun(run.before()));
    }

    @Override
    public String preview(
        Target target, String purpose, HistoryOptions options, RevisionFiles files) {
      return SqlPreview.upgrade(target, purpose, options, files, this::plan);
    }
  }

  /**
   * Downgrade: applied revisions are taken back, newest first.
   *
   * @param request which
   */
  record Down(DowngradeRequest request) implements RunDirection {
    @Override
    public RevisionPlan plan(TargetState state) {
      return request.plan(state);
    }

    @Override
    public Set<RevisionId> rerun(TargetState state) {
      return request.rerun(state);
    }

    @Override
    public List<Script> repeatables(TargetState state, RevisionPlan plan) {
      return List.of();
    }

    @Override
    public List<JavaMigration> javaMigrations(TargetState state, RevisionPlan plan) {
      return List.of();
    }

    @Override
    public List<Script> callbacks(RevisionFiles files) {
      return List.of();
    }

    @Override
    public Optional<Script> script(RevisionFile file) {
      return file.downgrade();
    }

    @Override
    public void guard(PlannedRun run, LockedTarget target) {
      run.before().require().reversible(run.plan().revisions());
    }

    @Override
    public RunOutcome execute(PlannedRun run, LockedTarget target) {
      return target.downgrade(run.before().files(), run.plan(), rerun(run.before()));
    }

    @Override
    public String preview(
        Target target, String purpose, HistoryOptions options, RevisionFiles files) {
      return SqlPreview.downgrade(target, purpose, options, files, this::plan);
    }
  }
}
