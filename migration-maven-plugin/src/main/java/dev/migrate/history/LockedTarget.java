package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.revision.StampPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.JavaTarget;
import dev.migrate.script.RevisionFiles;
import dev.migrate.sql.Queries;
import dev.migrate.target.SearchPath;
import dev.migrate.target.SecureConnections;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A target database under the advisory lock of its history: the only way in which it is upgraded,
 * downgraded or stamped. Whoever holds it may read the history, decide, and act, and nobody else
 * moves the target in between.
 */
public final class LockedTarget implements AutoCloseable {
  private static final int STILL_THERE_SECONDS = 30;

  private final TargetSession session;
  private final Target target;
  private final String purpose;
  private final ReportedProgress reported;

  private LockedTarget(
      TargetSession session, Target target, String purpose, ReportedProgress reported) {
    this.session = session;
    this.target = target;
    this.purpose = purpose;
    this.reported = reported;
  }

  /**
   * Connects and waits for the lock.
   *
   * @param target the database
   * @param purpose what for, such as {@code migrate:upgrade}; shown to whoever waits for us
   * @param options how its history is kept and moved
   * @param progress hears what happens
   * @return the target, to be closed by the caller
   * @throws MigrateException {@code CONNECTION} when it cannot be reached, {@code POOLER} when its
   *     sessions do not stay with us, {@code READ_ONLY} when it takes no changes, {@code LOCKED}
   *     when the lock does not come free in time
   */
  public static LockedTarget open(
      Target target, String purpose, HistoryOptions options, Progress progress) {
    Connection connection = target.connect(purpose);
    ReportedProgress reported = new ReportedProgress(progress);
    try {
      requireWritable(connection, target);
      SearchPath path = SearchPath.configured(connection);
      HistoryTable table = HistoryTable.locate(path, options.schema(), options.table());
      HistoryLock.acquire(connection, table, options.timeouts().lockWait(), progress::waiting);
      TargetSession session = TargetSession.over(connection, path, table, options, reported);
      session.prepare();
      return new LockedTarget(session, target, purpose, reported);
    } catch (SQLException e) {
      close(connection, e);
      throw DatabaseFailure.of("The session cannot be prepared", e);
    } catch (RuntimeException e) {
      close(connection, e);
      throw e;
    }
  }

  /**
   * Connects and waits for the lock, to hold it while somebody else replaces the whole database.
   * One without any schema, which nobody can move, is locked as if its history were in {@code
   * public}.
   *
   * @param target the database
   * @param purpose what for; shown to whoever waits for us
   * @param options how its history is kept
   * @param progress hears what happens
   * @return the target, to be closed by the caller
   * @throws MigrateException as {@link #open}
   */
  public static LockedTarget hold(
      Target target, String purpose, HistoryOptions options, Progress progress) {
    try (Connection connection = target.connect(purpose)) {
      boolean nowhere =
          options.schema().isEmpty() && SearchPath.configured(connection).schema().isEmpty();
      return open(target, purpose, nowhere ? options.in("public") : options, progress);
    } catch (SQLException e) {
      throw DatabaseFailure.of("The database cannot be looked at", e);
    }
  }

  /**
   * @return the process of the session that holds the lock, as {@code pg_stat_activity} has it
   */
  public long pid() {
    // A pooler tells the driver a number of its own.
    try {
      return Long.parseLong(
          Queries.text(session.connection(), "SELECT pg_catalog.pg_backend_pid()"));
    } catch (SQLException e) {
      throw DatabaseFailure.of("The session cannot be asked for its process", e);
    }
  }

  /**
   * @return whether the session, and with it the lock, is still there
   */
  public boolean isHeld() {
    try {
      return session.connection().isValid(STILL_THERE_SECONDS);
    } catch (SQLException e) {
      throw DatabaseFailure.of("The session cannot be asked", e);
    }
  }

  /** Before a backup is taken, and before anybody is made to wait. */
  private static void requireWritable(Connection connection, Target target) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT pg_catalog.pg_is_in_recovery(),"
                    + " pg_catalog.current_setting('transaction_read_only')")) {
      row.next();
      boolean standby = row.getBoolean(1);
      if (standby || row.getString(2).equals("on")) {
        throw new MigrateException(
            FailureCode.READ_ONLY,
            "%s takes no changes: %s. Nothing was changed."
                .formatted(
                    target,
                    standby
                        ? "it is a standby"
                        : "default_transaction_read_only is on for it or for this user"),
            DatabaseFailure.TO_THE_PRIMARY
                + " Of several hosts, targetServerType=primary in the address finds it.");
      }
    }
  }

  private static void close(Connection connection, Exception reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * @param files the revisions in the project
   * @return where the target stands now
   * @throws MigrateException {@code HISTORY_NOT_UNDERSTOOD} when a row is of a type that this
   *     project has never heard of
   */
  public TargetState state(RevisionFiles files) {
    return TargetState.of(files, history());
  }

  private History history() {
    History history = HistoryReader.read(session.connection(), session.table());
    history.requireUnderstood();
    return history;
  }

  /**
   * @throws dev.migrate.failure.MigrateException {@code DATABASE} when the target has no history
   *     and holds something already, so that it has to be said first where it stands
   */
  public void requireStart() {
    session.requireStart();
  }

  /**
   * Runs the upgrade scripts of a plan, each in a transaction together with its row in the history,
   * and then the repeatable migrations that changed, if nothing else is pending.
   *
   * @param files the revisions in the project
   * @param plan what to run
   * @return what ran
   * @throws MigrateException {@code SCRIPT_FAILED} and the like: what was applied before stays
   *     applied
   */
  public RunOutcome upgrade(RevisionFiles files, RevisionPlan plan) {
    return upgrade(files, plan, Set.of());
  }

  /**
   * The same, and runs revisions again that stopped half-way.
   *
   * @param files the revisions in the project
   * @param plan what to run
   * @param rerun those of the plan that may run again from their beginning, although their scripts
   *     do not say so
   * @return what ran
   */
  public RunOutcome upgrade(RevisionFiles files, RevisionPlan plan, Set<RevisionId> rerun) {
    TargetState before = state(files);
    List<JavaMigration> between = before.java().stepsOf(plan);
    List<JavaMigration> repeatables = before.java().repeatablesAfter(plan);
    if (between.isEmpty() && repeatables.isEmpty()) {
      return move(before, true, new Upgrade(session, before, plan, rerun));
    }
    List<RunOutcome.Step> done = new ArrayList<>();
    List<Revision> rest = new ArrayList<>(plan.revisions());
    for (JavaMigration step : between) {
      List<Revision> first =
          rest.stream().filter(one -> one.id().compareTo(step.id().orElseThrow()) < 0).toList();
      rest.removeAll(first);
      done.addAll(upgradeTo(files, first, rerun).steps());
      run(files.javaRunner(), step);
    }
    RunOutcome last = upgradeTo(files, rest, rerun);
    done.addAll(last.steps());
    repeatables.forEach(step -> run(files.javaRunner(), step));
    return new RunOutcome(done, last.repeatables());
  }

  private RunOutcome upgradeTo(RevisionFiles files, List<Revision> part, Set<RevisionId> rerun) {
    TargetState now = state(files);
    RevisionPlan plan = new RevisionPlan.Steps(part, List.of(), List.of());
    return move(now, true, new Upgrade(session, now, plan, rerun));
  }

  /** It runs in a session of its own, while ours keeps the lock. */
  private void run(JavaRunner runner, JavaMigration step) {
    reported.started(step);
    HistoryOptions options = session.options();
    runner.run(
        step,
        new JavaTarget(
            target.loginUrl(), session.recordOf(step), options.searchPath(), options.flyway()));
  }

  /**
   * Runs the repeatable migrations that are new or have changed, although revisions are pending.
   *
   * @param files the revisions in the project
   * @return what ran
   * @throws MigrateException {@code SCRIPT_FAILED} and the like
   */
  public RunOutcome runRepeatables(RevisionFiles files) {
    TargetState before = state(files);
    return move(before, true, Upgrade.ofRepeatables(session, before));
  }

  /**
   * Runs the downgrade scripts of a plan, each in a transaction together with its tombstone.
   *
   * @param files the revisions in the project
   * @param plan what to take back
   * @return what was taken back
   * @throws MigrateException {@code IRREVERSIBLE} before anything is run, {@code SCRIPT_FAILED} and
   *     the like while it does
   */
  public RunOutcome downgrade(RevisionFiles files, RevisionPlan plan) {
    return downgrade(files, plan, Set.of());
  }

  /**
   * The same, and runs downgrades again that stopped half-way.
   *
   * @param files the revisions in the project
   * @param plan what to take back
   * @param rerun those of the plan whose downgrade may run again from its beginning, although it
   *     does not say so
   * @return what was taken back
   */
  public RunOutcome downgrade(RevisionFiles files, RevisionPlan plan, Set<RevisionId> rerun) {
    TargetState before = state(files);
    return move(before, false, new Downgrade(session, before, plan.revisions(), rerun));
  }

  /**
   * Writes the history without running any script: tombstones for what is taken back, rows for what
   * is recorded.
   *
   * @param files the revisions in the project
   * @param plan what to take back and what to record
   * @param purge whether revisions that are not in the files are taken back, too
   * @return what was written
   */
  public StampOutcome stamp(RevisionFiles files, StampPlan plan, boolean purge) {
    TargetState before = state(files);
    return move(before, true, new Stamp(session, before, plan, purge));
  }

  /** The one way in which a history is moved: whatever was done is laid beside what was planned. */
  private <T> T move(TargetState before, boolean up, HistoryMove<T> move) {
    IntendedHistory intent = move.intent();
    try {
      T outcome = move.run();
      session.keepLock(1);
      intent.requireDone(before.history(), history(), move.notRun());
      return outcome;
    } catch (MigrateException e) {
      throw reported.explain(e, target, purpose, session.table(), up);
    }
  }

  /**
   * @return the history table
   */
  public HistoryTable table() {
    return session.table();
  }

  /** Gives the lock back, and the session as it was. */
  @Override
  public void close() {
    try (Connection connection = session.connection()) {
      SecureConnections.clean(connection);
    } catch (SQLException e) {
      throw DatabaseFailure.of("The connection cannot be closed", e);
    }
  }
}
