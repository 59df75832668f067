package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.ScriptReader;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** Runs revisions through Flyway: each in a transaction of its own, recorded in the same one. */
final class Upgrade {
  private final Session session;
  private final FlywayRun flyway;
  private final RevisionFiles files;

  Upgrade(Session session, RevisionFiles files) {
    this.session = session;
    this.files = files;
    this.flyway = new FlywayRun(session, files);
  }

  /**
   * @param history the history under the lock
   * @param plan the revisions to run, in version order
   * @return what ran
   */
  Outcome run(History history, List<Revision> plan) {
    refuseSecondBaseline(history, plan);
    ScriptReader reader = new ScriptReader(session.flyway());
    Map<RevisionId, RevisionFile> pending = new LinkedHashMap<>();
    for (RevisionFile file : files.get(plan)) {
      reader.read(file.upgrade());
      pending.put(file.id(), file);
    }
    UpgradeProgress progress = new UpgradeProgress(session, pending);
    LockRetry retry = new LockRetry(session.options().lockRetries(), session.progress());
    int done = 0;
    History now = history;
    sayWhatRunsAgain(history, pending);
    while (true) {
      try {
        flyway.migrate(now, plan, progress);
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
          throw explain(failure, plan, progress, retry.attempts());
        }
        now = HistoryReader.read(session.connection(), session.table());
      }
    }
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

  /**
   * A revision that stopped half-way waits for somebody to look at it, unless it says it need not.
   */
  private void sayWhatRunsAgain(History history, Map<RevisionId, RevisionFile> pending) {
    history
        .failed()
        .keySet()
        .forEach(
            id -> {
              RevisionFile file = pending.get(id);
              if (file != null && file.upgrade().repeatable()) {
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

  private static Outcome outcome(List<Revision> plan, UpgradeProgress progress) {
    return new Outcome(
        plan.stream()
            .filter(revision -> progress.took().containsKey(revision.id()))
            .map(revision -> new Outcome.Step(revision, progress.took().get(revision.id())))
            .toList(),
        progress.repeatables());
  }

  private static MigrateException explain(
      ScriptFailure failure, List<Revision> plan, UpgradeProgress progress, int attempts) {
    String done =
        "%d of %d revisions of this run are applied".formatted(progress.took().size(), plan.size());
    if (failure.isConnectionLost()) {
      return failure.toException(
          "The connection was lost while it ran; " + done + ".",
          "See where the database stands with mvn migrate:current, then run mvn migrate:upgrade"
              + " again.");
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
              + ".",
          failure.isRetriable()
              ? "It was tried %d times. Run mvn migrate:upgrade again when the table is less busy; it"
                      .formatted(attempts)
                  + " goes on where it stopped."
              : "Mend what PostgreSQL names, then run mvn migrate:upgrade again; it goes on where it"
                  + " stopped.");
    }
    if (!progress.isRolledBack()) {
      String id = progress.revision().map(revision -> revision.id().toString()).orElse("");
      return failure.toException(
          "It runs outside a transaction, so its statements before this one stay in effect, and"
              + " revision %s is recorded as failed; %s.".formatted(id, done),
          "Either take back by hand what it did, mend the script and run mvn migrate:upgrade, which"
              + " runs it again from its beginning; or finish it by hand and record it with mvn"
              + " migrate:stamp -Dmigrate.to=%s.".formatted(id));
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
}
