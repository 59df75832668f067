package dev.migrate.verify;

import dev.migrate.diff.Diff;
import dev.migrate.history.ScriptFailure;
import dev.migrate.revision.Revision;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RunnableScript;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One scratch database walks from base to head; at each revision it goes up, down and up again, and
 * is compared at every step. What was proven before, with everything below it, is not proven again.
 */
final class ReversibleCheck {
  /** Each one found costs a database to go on with; who has this many mends them first. */
  private static final int MOST = 10;

  private final Site site;
  private final List<Finding> findings = new ArrayList<>();
  private int irreversible;

  ReversibleCheck(Site site) {
    this.site = site;
  }

  CheckResult run() throws SQLException {
    List<Revision> chain = site.chain();
    List<String> keys = site.keys(chain, true);
    int done = 0;
    while (done < chain.size()
        && site.proofs().find(Check.REVERSIBLE, keys.get(done)).isPresent()) {
      done++;
    }
    int known = done;
    while (done < chain.size() && findings.size() < MOST) {
      done = walk(chain, keys, done);
    }
    irreversible =
        (int)
            chain.stream().filter(one -> site.files().get(one.id()).downgrade().isEmpty()).count();
    List<String> notes = new ArrayList<>();
    if (irreversible > 0) {
      notes.add(FilesCheck.count(irreversible, "revision") + " without a downgrade went up only.");
    }
    if (done < chain.size()) {
      notes.add("Stopped at %s, after %d findings.".formatted(chain.get(done).title(), MOST));
    }
    return CheckResult.of(
        Check.REVERSIBLE,
        "%s up, down, up%s"
            .formatted(
                FilesCheck.count(chain.size(), "revision"),
                known == 0 ? "" : ", %d of them proven before".formatted(known)),
        findings,
        notes);
  }

  /**
   * Walks until the head, or until the database cannot be walked on with.
   *
   * @return the first revision that it has not been at
   */
  private int walk(List<Revision> chain, List<String> keys, int from) throws SQLException {
    boolean clean = findings.isEmpty();
    try (Site.Place place = site.place(from, "reversible", clean);
        Connection connection = place.database().connect()) {
      ScriptRunner runner = new ScriptRunner(place.bench(), site.options(), connection);
      runner.createHistorySchema();
      Schema before = site.read(runner);
      for (int at = from; at < chain.size(); at++) {
        Revision revision = chain.get(at);
        site.progress().started(revision);
        int found = findings.size();
        Optional<Schema> after = new Step(runner, site.files().get(revision.id()), before).run();
        clean &= findings.size() == found;
        if (clean) {
          site.proofs().add(Check.REVERSIBLE, keys.get(at), "");
        }
        if (after.isEmpty() || findings.size() >= MOST) {
          return at + 1;
        }
        before = after.get();
      }
      return chain.size();
    }
  }

  /** One revision. */
  private final class Step {
    private final ScriptRunner runner;
    private final RevisionFile file;
    private final Schema before;

    Step(ScriptRunner runner, RevisionFile file, Schema before) {
      this.runner = runner;
      this.file = file;
      this.before = before;
    }

    /** The schema after the upgrade, if the database has it at the end. */
    Optional<Schema> run() throws SQLException {
      RunnableScript upgrade = runner.read(file.upgrade());
      if (refused(upgrade, "The upgrade of %s does not run. ")) {
        return Optional.empty();
      }
      Schema after = site.read(runner);
      if (file.downgrade().isEmpty()) {
        return Optional.of(after);
      }
      if (refused(runner.read(file.downgradeScript()), "The downgrade of %s does not run. ")) {
        Schema left = site.read(runner);
        return left.equals(after) ? Optional.of(after) : Optional.empty();
      }
      Schema back = site.read(runner);
      Diff trace = Diff.between(before, back);
      if (!trace.isEmpty()) {
        boolean nothing = Diff.between(after, back).isEmpty();
        report(
            nothing
                ? "The downgrade of %s does nothing: all that the upgrade did is still there."
                : "The downgrade of %s leaves a trace: what is there after it is not what was there"
                    + " before the upgrade.",
            "Mend "
                + file.downgradeScript().name()
                + " so that it takes back what is listed, or say \"-- downgrade: none\" in the"
                + " upgrade and remove it.",
            trace);
        if (nothing) {
          return Optional.of(after);
        }
      }
      if (refused(upgrade, "After its downgrade, %s does not run again. ")) {
        return Optional.empty();
      }
      Schema again = site.read(runner);
      Diff other = Diff.between(after, again);
      if (!other.isEmpty()) {
        if (trace.isEmpty()) {
          report(
              "The second upgrade of %s gives something else than the first.",
              "Look for what the downgrade leaves behind that no schema shows, such as rows or"
                  + " settings that the upgrade reads.",
              other);
        }
        return Optional.empty();
      }
      return Optional.of(after);
    }

    private boolean refused(RunnableScript script, String what) throws SQLException {
      Optional<ScriptFailure> failure = runner.run(script);
      failure.ifPresent(
          refused ->
              findings.add(
                  Finding.of(
                      file.id().toString(),
                      what.formatted(file.revision().title()) + refused.describe(),
                      Obstacle.remedy(refused.cause(), site.options().statementTimeout())
                          .orElse("Mend " + script.name() + "."))));
      return failure.isPresent();
    }

    private void report(String problem, String remedy, Diff diff) {
      findings.add(
          new Finding(
              file.id().toString(),
              problem.formatted(file.revision().title()),
              remedy,
              Differences.lines(diff)));
    }
  }
}
