package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.ParsedScript;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;

/**
 * Executor of upgrades: runs revisions through Flyway, each in a transaction of its own, recorded
 * in the same one.
 */
final class Upgrade implements HistoryMove<RunOutcome> {
  private final TargetSession session;
  private final TargetState state;
  private final RevisionFiles files;
  private final List<Revision> plan;
  private final Set<RevisionId> rerun;
  private final FlywayRun flyway;
  private final List<Script> repeatables;
  private final Map<RevisionId, StatementLines> statements = new HashMap<>();
  private final Set<RevisionId> notRun = new HashSet<>();

  /**
   * @param state where the target stands, under the lock
   * @param plan the revisions to run, in version order
   * @param rerun those that may run again although they stopped half-way and do not say so
   */
  Upgrade(TargetSession session, TargetState state, RevisionPlan plan, Set<RevisionId> rerun) {
    this(session, state, plan, rerun, state.repeatables().after(plan));
  }

  private Upgrade(
      TargetSession session,
      TargetState state,
      RevisionPlan plan,
      Set<RevisionId> rerun,
      List<Script> found) {
    this.session = session;
    this.state = state;
    this.files = state.files();
    this.plan = plan.revisions();
    this.rerun = rerun;
    this.flyway = new FlywayRun(session, files);
    boolean asked = !found.isEmpty() && session.options().placeholders().replaced();
    this.repeatables = asked ? flyway.pendingRepeatables(state.history()) : found;
  }

  /**
   * @param state where the target stands, under the lock
   * @return runs the repeatable migrations that are new or have changed, although revisions are
   *     pending
   */
  static Upgrade ofRepeatables(TargetSession session, TargetState state) {
    return new Upgrade(
        session,
        state,
        new RevisionPlan.Steps(List.of(), List.of(), List.of()),
        Set.of(),
        state.repeatables().changed());
  }

  @Override
  public IntendedHistory intent() {
    return IntendedHistory.upgrade(files, plan, repeatables);
  }

  @Override
  public Set<RevisionId> notRun() {
    return notRun;
  }

  @Override
  public RunOutcome run() {
    History history = state.history();
    session.requireStart();
    intent().requireStillToDo(history, Set.of());
    refuseSecondBaseline(history, plan);
    state.require().noneHalfWay(plan, rerun);
    ScriptReader reader = new ScriptReader(session.reading());
    Map<RevisionId, RevisionFile> pending = new LinkedHashMap<>();
    Map<RevisionId, ParsedScript> feared = new HashMap<>();
    repeatables.forEach(Script::requireUnchanged);
    for (Map.Entry<RevisionFile, ParsedScript> entry : read(reader, state, plan).entrySet()) {
      RevisionFile file = entry.getKey();
      ParsedScript script = entry.getValue();
      if (!script.transactional()) {
        statements.put(file.id(), StatementLines.of(script));
      }
      if (HalfDoneObjects.isToBeFeared(file.upgrade(), script.transactional())) {
        feared.put(file.id(), script);
      }
      pending.put(file.id(), file);
    }
    repeatables.forEach(reader::requireSql);
    files.callbacks().forEach(reader::requireSql);
    UpgradeProgress progress = new UpgradeProgress(session, files, pending, feared);
    LockRetry retry = new LockRetry(session.options().timeouts().lockRetries(), session.progress());
    int done = 0;
    History now = history;
    sayWhatRunsAgain(history, pending);
    while (true) {
      try {
        flyway.migrate(now, plan, !repeatables.isEmpty(), progress);
        notRun.addAll(IntendedHistory.ids(plan));
        notRun.removeAll(progress.took().keySet());
        return outcome(plan, progress);
      } catch (FlywayException e) {
        if (progress.took().size() > done) {
          done = progress.took().size();
          retry.next();
        }
        confirmCommitted(progress);
        Optional<ScriptFailure> callback = ScriptFailure.findInCallback(e, progress.file());
        if (callback.isPresent()) {
          throw explainCallback(callback.get(), plan, progress);
        }
        ScriptFailure failure =
            progress
                .file()
                .flatMap(
                    file ->
                        ScriptFailure.find(e, file).or(() -> ScriptFailure.findAtCommit(e, file)))
                .orElseThrow(() -> FlywayRun.explain(e));
        boolean again = progress.isRolledBack() || progress.isRepeatable();
        if (!again || !retry.again(failure, progress.revision())) {
          throw explain(failure, progress, retry.attempts());
        }
        now = HistoryReader.read(session.connection(), session.table());
      }
    }
  }

  /**
   * Reads all scripts before the first one runs; all that cannot be run are named.
   *
   * @return the scripts, in order
   * @throws MigrateException {@code INVALID_REVISION_FILE}
   */
  static Map<RevisionFile, ParsedScript> read(
      ScriptReader reader, TargetState state, List<Revision> plan) {
    Map<RevisionFile, ParsedScript> scripts = new LinkedHashMap<>();
    List<MigrateException> refused = new ArrayList<>();
    for (RevisionFile file : state.files().get(plan)) {
      file.upgrade().requireUnchanged();
      try {
        requireReleasedOrOurs(reader, state, file);
        scripts.put(file, reader.read(file.upgrade()));
      } catch (MigrateException e) {
        if (e.code() != FailureCode.INVALID_REVISION_FILE) {
          throw e;
        }
        refused.add(e);
      }
    }
    if (refused.size() > 1) {
      throw new MigrateException(
          FailureCode.INVALID_REVISION_FILE,
          "%d scripts cannot be run; nothing was run.%n".formatted(refused.size())
              + refused.stream()
                  .map(one -> "  " + one.problem())
                  .collect(Collectors.joining(System.lineSeparator())),
          refused.get(0).remedy(),
          refused.get(0));
    }
    if (!refused.isEmpty()) {
      throw refused.get(0);
    }
    return scripts;
  }

  /** What has run somewhere runs here as it did there; what is new can still be mended. */
  private static void requireReleasedOrOurs(
      ScriptReader reader, TargetState state, RevisionFile file) {
    if (!file.upgrade().endsTransactions()
        || state.history().rows().stream().anyMatch(row -> row.id().equals(Optional.of(file.id())))
        || state.files().isReleased(file.id())) {
      return;
    }
    reader
        .refusesOwnTransactions(file.upgrade())
        .ifPresent(
            refused -> {
              throw refused;
            });
  }

  /** A callback may fail when the last script is committed: then that script did not. */
  private void confirmCommitted(UpgradeProgress progress) {
    try {
      if (session.connection().isValid(1) && session.connection().getAutoCommit()) {
        progress.confirm(HistoryReader.read(session.connection(), session.table()));
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history cannot be read", e);
    }
  }

  private static MigrateException explainCallback(
      ScriptFailure failure, List<Revision> plan, UpgradeProgress progress) {
    String done =
        "%s of %s revisions of this run are applied".formatted(progress.took().size(), plan.size());
    String beside =
        progress
            .revision()
            .map(
                at ->
                    progress.isRolledBack()
                        ? "It is a callback that runs with revision %s, which was rolled back; "
                            .formatted(at.id())
                        : "It is a callback that runs with revision %s, which is recorded as failed; "
                            .formatted(at.id()))
            .orElse("It is a callback, and no revision was rolled back with it; ");
    return failure.toException(
        beside + done + ".", "Mend the callback, then run mvn migrate:upgrade again.");
  }

  /** Somebody has said so, in the script or on the command line; it is told all the same. */
  private void sayWhatRunsAgain(History history, Map<RevisionId, RevisionFile> pending) {
    history
        .failed()
        .keySet()
        .forEach(
            id -> {
              RevisionFile file = pending.get(id);
              if (file != null) {
                session.progress().runningAgain(file.revision());
              }
            });
  }

  /** Flyway would pass over it without a word and run the rest. */
  private void refuseSecondBaseline(History history, List<Revision> plan) {
    boolean again =
        plan.stream().anyMatch(Revision::baseline)
            && history.rows().stream().anyMatch(row -> row.kind().isBaseline());
    if (again) {
      throw new MigrateException(
          FailureCode.BELOW_BASELINE,
          "The history of this database has a baseline already, which was taken back, and Flyway runs"
              + " one only once in a history.",
          "If the database is empty, drop the table %s in it and run mvn migrate:upgrade again."
              .formatted(session.table().quoted()));
    }
  }

  private static RunOutcome outcome(List<Revision> plan, UpgradeProgress progress) {
    return new RunOutcome(
        plan.stream()
            .filter(revision -> progress.took().containsKey(revision.id()))
            .map(revision -> new RunOutcome.Step(revision, progress.took().get(revision.id())))
            .toList(),
        progress.repeatables());
  }

  private MigrateException explain(ScriptFailure failure, UpgradeProgress progress, int attempts) {
    String done =
        "%d of %d revisions of this run are applied".formatted(progress.took().size(), plan.size());
    if (failure.isConnectionLost()) {
      Optional<RevisionId> halfWay =
          progress.isRolledBack() || progress.isRepeatable()
              ? Optional.empty()
              : progress.revision().map(Revision::id);
      return halfWay
          .map(
              id ->
                  failure.toException(
                      "The connection was lost while it ran outside a transaction, so its statements"
                          + " before this one stay in effect, and revision %s is recorded as failed; %s."
                              .formatted(id, done),
                      TargetRequirements.threeWays(id, "upgrade", "-Dmigrate.to=" + id)))
          .orElseGet(
              () ->
                  failure.toException(
                      "The connection was lost while it ran; " + done + ".",
                      "See where the database stands with mvn migrate:current, then run mvn"
                          + " migrate:upgrade again."));
    }
    if (failure.isInsideTransaction() && progress.isRolledBack()) {
      return failure.toException(
          "It was run inside a transaction, which it cannot be; it was rolled back; " + done + ".",
          "Say '-- transaction: none' in the header of the script, then run mvn migrate:upgrade"
              + " again.");
    }
    if (progress.isRepeatable()) {
      return failure.toException(
          "It runs outside a transaction, so what it did before stays in effect; its header says"
              + " that it may run again; "
              + done
              + "."
              + progress.left().what(),
          failure.isRetriable()
              ? "It was tried %d times. Run mvn migrate:upgrade again when the table is less busy; it"
                      .formatted(attempts)
                  + " goes on where it stopped."
              : progress.left().firstBeforeAgain()
                  + "Mend what PostgreSQL names, then run mvn migrate:upgrade again; it goes on where"
                  + " it stopped.");
    }
    if (!progress.isRolledBack()) {
      return progress
          .revision()
          .map(revision -> explainHalfWay(failure, revision.id(), done, progress.left()))
          .orElseGet(
              () ->
                  failure.toException(
                      "It runs outside a transaction, so its statements before this one stay in"
                          + " effect, and it is recorded as failed; "
                          + done
                          + "."
                          + progress.left().what(),
                      progress.left().first()
                          + "Mend what PostgreSQL names, then run mvn migrate:upgrade again: it runs the"
                          + " repeatable migration again, from its beginning."));
    }
    if (failure.isRetriable()) {
      return failure.toException(
          "It was tried %d times and rolled back each time; %s.".formatted(attempts, done),
          "Run mvn migrate:upgrade again when the table is less busy, or allow more with"
              + " -Dmigrate.lockTimeout=<seconds> or -Dmigrate.lockRetries=<count>.");
    }
    return failure.toException(
        "It was rolled back and left nothing behind; %s.".formatted(done),
        "Mend the script, then run mvn migrate:upgrade again.");
  }

  private MigrateException explainHalfWay(
      ScriptFailure failure, RevisionId id, String done, HalfDoneObjects.Left left) {
    return failure.toException(
        "It runs outside a transaction, so its statements before this one stay in effect%s, and"
                .formatted(statements.get(id).around(failure.line()))
            + " revision %s is recorded as failed; %s.".formatted(id, done)
            + left.what(),
        left.first() + TargetRequirements.threeWays(id, "upgrade", "-Dmigrate.to=" + id));
  }
}
