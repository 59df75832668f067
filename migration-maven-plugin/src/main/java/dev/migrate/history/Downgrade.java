package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.ParsedScript;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.Configuration;

/**
 * Executor of downgrades: runs each undo script in one transaction together with its tombstone, the
 * row that records it as taken back.
 */
final class Downgrade implements HistoryMove<RunOutcome> {
  private final TargetSession session;
  private final TargetState state;
  private final RevisionFiles files;
  private final List<Revision> plan;
  private final Set<RevisionId> rerun;
  private final Configuration configuration;
  private final Set<HistoryRow> forgotten = new HashSet<>();

  /**
   * @param state where the target stands, under the lock
   * @param plan the revisions to take back, newest first
   * @param rerun those whose downgrade may run again although it stopped half-way and does not say
   *     so
   */
  Downgrade(TargetSession session, TargetState state, List<Revision> plan, Set<RevisionId> rerun) {
    this.session = session;
    this.state = state;
    this.files = state.files();
    this.plan = plan;
    this.rerun = rerun;
    this.configuration = session.reading();
  }

  @Override
  public IntendedHistory intent() {
    return IntendedHistory.downgrade(plan);
  }

  @Override
  public RunOutcome run() {
    History history = state.history();
    intent().requireStillToDo(history, Set.of());
    state.require().noDowngradeHalfWay(plan, rerun);
    Map<Revision, ParsedScript> scripts = read(history, plan);
    List<RunOutcome.Step> steps = new ArrayList<>();
    try {
      session.lend(() -> takeBack(history, plan, scripts, steps));
    } catch (SQLException e) {
      throw DatabaseFailure.of(
          "%d of %d revisions were taken back; then the history could not be written"
              .formatted(steps.size(), plan.size()),
          e);
    }
    return new RunOutcome(steps, 0);
  }

  /**
   * Writes the tombstone; where an earlier attempt has left one that says it stopped half-way, that
   * one becomes it.
   */
  private int mark(Revision revision, HistoryRow row, boolean success) throws SQLException {
    HistoryRow before = state.history().failedDowngrades().get(revision.id());
    if (before == null) {
      return session.record(row.tombstone(Duration.ZERO, success));
    }
    session.settle(before.rank(), Duration.ZERO, success);
    return before.rank();
  }

  /**
   * What the revision changed in the file of a repeatable migration is taken back in the schema,
   * and not in the file: with a tombstone it counts as new, and runs when the revision is applied
   * again.
   */
  private void forgetRepeatables(Revision revision) throws SQLException {
    for (String script : files.get(revision.id()).repeatables()) {
      Optional<HistoryRow> row = state.history().repeatableOf(script).filter(forgotten::add);
      if (row.isPresent()) {
        session.record(row.get().tombstone(Duration.ZERO, true));
      }
    }
  }

  private void takeBack(
      History history,
      List<Revision> plan,
      Map<Revision, ParsedScript> scripts,
      List<RunOutcome.Step> steps)
      throws SQLException {
    TargetSession.Surroundings surroundings = TargetSession.Surroundings.of(session);
    for (Map.Entry<Revision, ParsedScript> entry : scripts.entrySet()) {
      Revision revision = entry.getKey();
      session.progress().started(revision);
      session.keepLock(1);
      HistoryRow row = history.appliedRow(revision.id()).orElseThrow();
      session.requireStanding(row, steps.size());
      surroundings.enter(session);
      Duration took =
          takeBack(
              revision,
              row,
              entry.getValue(),
              surroundings,
              new LockRetry(session.options().timeouts().lockRetries(), session.progress()),
              "%d of %d revisions were taken back before it".formatted(steps.size(), plan.size()));
      steps.add(new RunOutcome.Step(revision, took));
      session.progress().finished(revision, took);
    }
    surroundings.leave(session, 1);
  }

  /** All scripts are read before the first one runs: what is missing is said in time. */
  private Map<Revision, ParsedScript> read(History history, List<Revision> plan) {
    ScriptReader reader = new ScriptReader(configuration);
    Map<Revision, ParsedScript> scripts = new LinkedHashMap<>();
    for (Revision revision : plan) {
      RevisionFile file = files.get(revision.id());
      Script script = scriptOf(file, history, files);
      script.requireUnchanged();
      scripts.put(revision, reader.read(script));
    }
    return scripts;
  }

  /**
   * @param file a revision
   * @param history the target's history
   * @param files the files that it belongs to
   * @return its downgrade script
   * @throws MigrateException {@code IRREVERSIBLE} when it has none or never ran here
   */
  static Script scriptOf(RevisionFile file, History history, RevisionFiles files) {
    Revision revision = file.revision();
    if (revision.baseline()) {
      throw baseline(revision, history, files);
    }
    if (history.isBelowBaseline(revision.id())) {
      throw new MigrateException(
          FailureCode.IRREVERSIBLE,
          "Revision %s was never run on this database: a baseline covers it."
              .formatted(revision.title()),
          "Go back no further than the baseline.");
    }
    if (file.downgradeUnwritten()) {
      throw new MigrateException(
          FailureCode.IRREVERSIBLE,
          "%s has no statement, so it would take nothing of revision %s back. Nothing was changed."
              .formatted(file.downgradeScript().name(), revision.title()),
          "Write what takes it back; or, if there is nothing to take back, say '-- downgrade: nothing'"
              + " in its header.");
    }
    return file.downgrade()
        .orElseThrow(
            () ->
                new MigrateException(
                    FailureCode.IRREVERSIBLE,
                    "Revision %s has no downgrade script: there is no U file for %s. Nothing was"
                            .formatted(revision.title(), file.upgrade().name())
                        + " changed.",
                    "Write it (%s), or go back no further than this revision with mvn"
                            .formatted(
                                files.folders().display(files.folders().downgrade())
                                    + "/U"
                                    + file.upgrade().path().getFileName().toString().substring(1))
                        + " migrate:downgrade -Dmigrate.to=%s.".formatted(revision.id())));
  }

  private static MigrateException baseline(
      Revision revision, History history, RevisionFiles files) {
    boolean ranHere =
        history.appliedRow(revision.id()).filter(row -> row.kind().isBaseline()).isPresent();
    String stay =
        "Go back no further than the baseline, with mvn migrate:downgrade -Dmigrate.to=%s"
            .formatted(revision.id());
    return new MigrateException(
        FailureCode.IRREVERSIBLE,
        "Revision %s is a baseline, which cannot be taken back. Nothing was changed."
            .formatted(revision.title()),
        files
            .archiveOptions()
            .filter(options -> !ranHere)
            .map(
                options ->
                    stay
                        + "; from there the archived files lead further: mvn migrate:downgrade"
                        + " -Dmigrate.to=<revision> %s.".formatted(options))
            .orElse(stay + "."));
  }

  private Duration takeBack(
      Revision revision,
      HistoryRow row,
      ParsedScript script,
      TargetSession.Surroundings surroundings,
      LockRetry retry,
      String steps)
      throws SQLException {
    long start = System.nanoTime();
    boolean transactional = script.transactional();
    String file = files.get(revision.id()).downgradeScript().name();
    boolean generated = files.get(revision.id()).upgrade().generated();
    NoticeListener notices = new NoticeListener(session.progress(), () -> generated);
    AtomicBoolean complete = new AtomicBoolean();
    Script source = files.get(revision.id()).downgradeScript();
    boolean repeatable = !transactional && source.repeatable();
    Optional<HalfDoneObjects> halfDone =
        HalfDoneObjects.isToBeFeared(source, transactional)
            ? Optional.of(HalfDoneObjects.before(session, script))
            : Optional.empty();
    String again =
        "run mvn migrate:downgrade again%s."
            .formatted(transactional || repeatable ? "" : " with -Dmigrate.rerun=" + revision.id());
    ScriptFailure failure;
    try {
      if (transactional) {
        session.inTransaction(
            () -> {
              execute(script, notices);
              surroundings.leave(session, 1);
              if (halfDone.isPresent()) {
                halfDone.get().requireNothing(file, again);
              }
              session.settle(mark(revision, row, true), since(start), true);
              forgetRepeatables(revision);
              complete.set(true);
            });
      } else {
        int tombstone = mark(revision, row, false);
        execute(script, notices);
        session.refuseOpenTransaction(file);
        surroundings.leave(session, 1);
        halfDone.orElseThrow().requireNothing(file, again);
        forgetRepeatables(revision);
        session.settle(tombstone, since(start), true);
      }
      return since(start);
    } catch (FlywayException e) {
      failure = ScriptFailure.find(e, file).orElseThrow(() -> FlywayRun.explain(e));
    } catch (SQLException e) {
      if (!complete.get()) {
        throw e;
      }
      // Deferred constraints are checked at the commit.
      failure = ScriptFailure.findAtCommit(e, file).orElseThrow();
    } finally {
      notices.tell(session.connection());
    }
    if (transactional && retry.again(failure, Optional.of(revision))) {
      return takeBack(revision, row, script, surroundings, retry, steps);
    }
    HalfDoneObjects.Left left = HalfDoneObjects.Left.NOTHING;
    if (!transactional && !failure.isConnectionLost()) {
      session.endTransaction();
      surroundings.leave(session, 1);
      left = halfDone.orElseThrow().left();
    }
    String around = StatementLines.of(script).around(failure.line());
    throw explain(failure, revision, transactional, repeatable, around, steps, left);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private void execute(ParsedScript script, NoticeListener notices) {
    Connection lent =
        new SharedConnection(session.scripts(), false, UnaryOperator.identity(), notices)
            .getConnection();
    script.run(lent);
  }

  private static MigrateException explain(
      ScriptFailure failure,
      Revision revision,
      boolean transactional,
      boolean repeatable,
      String around,
      String taken,
      HalfDoneObjects.Left left) {
    if (failure.isConnectionLost() && !transactional && !repeatable) {
      return failure.toException(
          "The connection was lost while it ran outside a transaction, so its statements before this"
              + " one stay in effect, and the downgrade of %s is recorded as failed; %s."
                  .formatted(revision.id(), taken),
          TargetRequirements.threeWays(
              revision.id(), "downgrade", "-Dmigrate.to=<the one below it>"));
    }
    if (failure.isConnectionLost()) {
      return failure.toException(
          "The connection was lost while it ran; " + taken + ".",
          "See where the database stands with mvn migrate:current, then run mvn migrate:downgrade"
              + " again.");
    }
    if (repeatable) {
      return failure.toException(
          "It runs outside a transaction, so what it did before stays in effect, and the downgrade of"
              + " %s is recorded as failed; its header says that it may run again; %s."
                  .formatted(revision.id(), taken)
              + left.what(),
          left.firstBeforeAgain()
              + "Mend what PostgreSQL names, then run mvn migrate:downgrade again.");
    }
    if (!transactional) {
      return failure.toException(
          "It runs outside a transaction, so its statements before this one stay in effect%s, and the"
                  .formatted(around)
              + " downgrade of %s is recorded as failed; %s.".formatted(revision.id(), taken)
              + left.what(),
          left.first()
              + TargetRequirements.threeWays(
                  revision.id(), "downgrade", "-Dmigrate.to=<the one below it>"));
    }
    return failure.toException(
        "It was rolled back and left nothing behind; revision %s is still applied; %s."
            .formatted(revision.id(), taken),
        failure.isRetriable()
            ? "Run mvn migrate:downgrade again when the table is less busy, or allow more with"
                + " -Dmigrate.lockTimeout=<seconds>."
            : "Mend the script, then run mvn migrate:downgrade again.");
  }
}
