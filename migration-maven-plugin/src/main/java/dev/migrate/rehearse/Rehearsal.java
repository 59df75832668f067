package dev.migrate.rehearse;

import dev.migrate.backup.DatabaseCopy;
import dev.migrate.backup.TableChecksum;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.rehearse.RehearsalResult.Phase;
import dev.migrate.rehearse.RehearsalResult.Run;
import dev.migrate.rehearse.RehearsalResult.TableEffect;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Rehearses an upgrade: runs pending revisions on a copy of the target, up, down, and up again, and
 * measures each.
 */
public final class Rehearsal {
  private final Target copy;
  private final String purpose;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Progress progress;

  /**
   * @param copy a copy of the target that nobody else uses
   * @param purpose what an administrator reads in pg_stat_activity
   * @param files the revisions of the project
   * @param options how the history is kept and moved
   * @param progress hears which revision runs
   */
  public Rehearsal(
      Target copy, String purpose, RevisionFiles files, HistoryOptions options, Progress progress) {
    this.copy = copy;
    this.purpose = purpose;
    this.files = files;
    this.options = options;
    this.progress = progress;
  }

  /** Finds the revisions to rehearse. */
  @FunctionalInterface
  public interface Route {
    /**
     * @param state where the copy stands
     * @return the plan
     */
    RevisionPlan plan(TargetState state);

    /**
     * @param state where the copy stands
     * @return the revisions that stopped half-way and may run again although their scripts do not
     *     say so
     */
    default Set<RevisionId> rerun(TargetState state) {
      return Set.of();
    }
  }

  /**
   * Runs what an upgrade would run.
   *
   * @param request what is asked of the upgrade
   * @param target the database that was copied, fit for any log
   * @param sample how many rows of each table were copied; 0 is all
   * @param copied how long the copy took
   * @return what was seen
   * @throws MigrateException what the upgrade would refuse; {@code DATABASE} when the copy cannot
   *     be looked at
   */
  public RehearsalResult run(UpgradeRequest request, String target, int sample, Duration copied) {
    Route route =
        new Route() {
          @Override
          public RevisionPlan plan(TargetState state) {
            return request.plan(state);
          }

          @Override
          public Set<RevisionId> rerun(TargetState state) {
            return request.rerun(state);
          }
        };
    return run(route, target, sample, copied);
  }

  /**
   * Runs the rehearsal. A revision that fails ends it and stands in the report.
   *
   * @param route finds the revisions
   * @param target the database that was copied, fit for any log
   * @param sample how many rows of each table were copied; 0 is all
   * @param copied how long the copy took
   * @return what was seen
   * @throws MigrateException {@code DATABASE} when the copy cannot be looked at
   */
  public RehearsalResult run(Route route, String target, int sample, Duration copied) {
    try (Connection connection = copy.connect(purpose);
        LockedTarget locked = LockedTarget.open(copy, purpose, options, progress);
        LockWatch watch =
            LockWatch.on(copy, purpose, options.table(), historyTable(connection, locked))) {
      TargetState state = locked.state(files);
      List<Revision> revisions = route.plan(state).revisions();
      Set<RevisionId> rerun = route.rerun(state);
      // Half of a revision is no state that its downgrade could bring back.
      boolean whole =
          revisions.stream().noneMatch(one -> state.history().failed().containsKey(one.id()));
      Schema schemaBefore = schema();
      List<TableChecksum> before = content();
      List<Run> runs = new ArrayList<>();
      List<String> differences = List.of();
      boolean sameSchema = true;
      boolean wentBack = false;
      if (go(revisions, Phase.UP, rerun, locked, watch, connection, runs)) {
        List<Revision> back = new ArrayList<>(revisions);
        java.util.Collections.reverse(back);
        wentBack = go(back, Phase.DOWN, Set.of(), locked, watch, connection, runs);
        if (wentBack) {
          sameSchema = !whole || schema().equals(schemaBefore);
          differences = whole ? DatabaseCopy.differences(before, content()) : List.of();
          go(revisions, Phase.UP_AGAIN, Set.of(), locked, watch, connection, runs);
        }
      }
      return new RehearsalResult(
          target,
          connection.getMetaData().getDatabaseProductVersion(),
          sample,
          copied,
          runs,
          differences,
          sameSchema,
          wentBack);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The copy cannot be looked at: %s.".formatted(e.getMessage()),
          "Run the goal again; the target was not touched.",
          e);
    }
  }

  /** A database in which nothing was recorded yet has no table to put a trigger on. */
  private static Optional<String> historyTable(Connection connection, LockedTarget locked)
      throws SQLException {
    try (var query = connection.prepareStatement("select to_regclass(?) is not null")) {
      query.setString(1, locked.table().quoted());
      try (var row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1) ? Optional.of(locked.table().quoted()) : Optional.empty();
      }
    }
  }

  private boolean go(
      List<Revision> revisions,
      Phase phase,
      Set<RevisionId> rerun,
      LockedTarget locked,
      LockWatch watch,
      Connection connection,
      List<Run> runs)
      throws SQLException {
    for (Revision revision : revisions) {
      if (phase == Phase.DOWN && files.get(revision.id()).downgrade().isEmpty()) {
        return false; // it says itself that it cannot be taken back
      }
      Run run = one(revision, phase, rerun, locked, watch, connection);
      runs.add(run);
      if (run.failed().isPresent()) {
        return false;
      }
    }
    return true;
  }

  private Run one(
      Revision revision,
      Phase phase,
      Set<RevisionId> rerun,
      LockedTarget locked,
      LockWatch watch,
      Connection connection)
      throws SQLException {
    SortedMap<String, TableState.Shape> before = TableState.take(connection, options.table());
    long bytesBefore = watch.databaseBytes();
    RevisionPlan plan = new RevisionPlan.Steps(List.of(revision), List.of(), List.of());
    MigrateException failure = null;
    watch.start();
    long start = System.nanoTime();
    Optional<Duration> script = Optional.empty();
    try {
      RunOutcome outcome =
          phase == Phase.DOWN ? locked.downgrade(files, plan) : locked.upgrade(files, plan, rerun);
      script = outcome.steps().stream().map(RunOutcome.Step::took).findFirst();
    } catch (MigrateException e) {
      if (e.code() == FailureCode.DATABASE) {
        throw e; // of the copy's history, not of a script
      }
      failure = e;
    }
    Duration all = Duration.ofNanos(System.nanoTime() - start);
    Duration took = script.orElse(all);
    Map<String, LockWatch.Seen> locks = watch.stop(all);
    long disk = Math.max(0, watch.peakBytes() - bytesBefore);
    SortedMap<String, TableState.Shape> after = TableState.take(connection, options.table());
    String why = failure == null ? null : why(failure, connection);
    return new Run(revision, phase, took, effects(before, after, locks), disk, why);
  }

  private static String why(MigrateException failure, Connection connection) throws SQLException {
    return NullRows.of(failure, connection)
        .map(rows -> failure.problem() + System.lineSeparator() + rows)
        .orElse(failure.problem());
  }

  private static List<TableEffect> effects(
      SortedMap<String, TableState.Shape> before,
      SortedMap<String, TableState.Shape> after,
      Map<String, LockWatch.Seen> locks) {
    SortedSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    locks.keySet().stream()
        .filter(name -> before.containsKey(name) || after.containsKey(name))
        .forEach(names::add);
    List<TableEffect> effects = new ArrayList<>();
    for (String name : names) {
      TableState.Shape was = before.get(name);
      TableState.Shape is = after.get(name);
      // Nobody waits for a table that was not there.
      LockWatch.Seen lock = was == null ? null : locks.get(name);
      boolean rewritten =
          was != null && is != null && was.oid() == is.oid() && was.file() != is.file();
      long rowsBefore = was == null ? -1 : was.rows();
      long rowsAfter = is == null ? -1 : is.rows();
      if (lock != null || rewritten || rowsBefore != rowsAfter) {
        effects.add(
            new TableEffect(
                name,
                lock == null ? null : lock.mode(),
                lock == null ? Duration.ZERO : lock.held(),
                rewritten,
                rowsBefore,
                rowsAfter));
      }
    }
    return effects;
  }

  private Schema schema() {
    try (Connection connection = copy.connect(purpose)) {
      return new Introspector(new Scope(new TreeSet<>(), options.table(), true, true))
          .read(connection);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The schema of the copy cannot be read: %s.".formatted(e.getMessage()),
          "Run the goal again; the target was not touched.",
          e);
    }
  }

  private List<TableChecksum> content() {
    return DatabaseCopy.content(copy, purpose).stream()
        .filter(
            table ->
                !table.table().equals(options.table()) && !table.schema().equals(LockWatch.SCHEMA))
        .toList();
  }
}
