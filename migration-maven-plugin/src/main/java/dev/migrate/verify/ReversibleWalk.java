package dev.migrate.verify;

import dev.migrate.diff.Diff;
import dev.migrate.history.ScriptFailure;
import dev.migrate.replay.SkippedJavaMigrations;
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
 * Worker of the check {@code reversible}: walks one piece of the history on a scratch database,
 * each revision up, down and up again.
 */
final class ReversibleWalk {
  private final VerifyContext context;
  private final List<Revision> chain;
  private final int known;
  private final int from;
  private final int to;
  private final List<CheckFinding> findings = new ArrayList<>();
  private boolean couldBegin = true;
  private int proven;
  private int reached;

  /**
   * @param chain all revisions
   * @param known how many of them are proven; a database that has these may be there already
   * @param from the first to walk
   * @param to the first that is not walked any more
   */
  ReversibleWalk(VerifyContext context, List<Revision> chain, int known, int from, int to) {
    this.context = context;
    this.chain = chain;
    this.known = known;
    this.from = from;
    this.to = to;
    this.reached = from;
  }

  int from() {
    return from;
  }

  /**
   * Whether there is anything to see that the replay has not shown, because something comes down.
   */
  boolean isWorthIt() {
    return context.settings().skipped().containsKey(Check.REPLAY)
        || chain.subList(from, to).stream()
            .anyMatch(one -> comesDown(context.files().get(one.id())));
  }

  /** How many revisions from the first on are proven. */
  int proven() {
    return isWorthIt() ? proven : to - from;
  }

  /** The first revision that it has not been at. */
  int reached() {
    return isWorthIt() ? reached : to;
  }

  /** Whether it came to its first revision; if not, what is wrong is wrong further below. */
  boolean couldBegin() {
    return couldBegin;
  }

  List<CheckFinding> findings() {
    return findings;
  }

  void run() throws SQLException {
    while (reached < to && couldBegin && findings.size() < ReversibleCheck.MOST) {
      walk();
    }
  }

  /** Walks until the end, or until the database cannot be walked on with. */
  private void walk() throws SQLException {
    boolean first = findings.isEmpty();
    try (VerifyContext.Place place = context.place(first ? known : reached, "reversible", first);
        Connection connection = place.database().connect();
        SchemaReader reader = context.reader(place.database())) {
      ScriptRunner shared = new ScriptRunner(place.workspace(), context.options(), connection);
      ScriptRunner runner = place.own() ? shared.withOwnRoles() : shared;
      runner.createHistorySchema();
      for (int at = first ? known : reached; at < reached; at++) {
        context.javaBefore(at, place);
        if (!ups(runner, chain.get(at))) {
          couldBegin = false;
          return;
        }
      }
      Optional<Schema> known = Optional.empty(); // read only where something comes down
      while (reached < to) {
        if (context.javaBefore(reached, place)) {
          known = Optional.empty();
        }
        Revision revision = chain.get(reached++);
        context.progress().started(revision);
        RevisionFile file = context.files().get(revision.id());
        boolean walked;
        if (comesDown(file)) {
          Schema before = known.isPresent() ? known.get() : reader.read(connection);
          known = new Step(runner, reader, file, before).run();
          walked = known.isPresent();
        } else {
          known = Optional.empty();
          walked = ups(runner, revision);
        }
        if (findings.isEmpty()) {
          proven++;
        }
        if (!walked || findings.size() >= ReversibleCheck.MOST) {
          return;
        }
      }
    }
  }

  /** What a repeatable migration made is not there to be taken back. */
  static boolean comesDown(RevisionFile file) {
    return file.downgrade().isPresent() && file.repeatables().isEmpty();
  }

  private boolean ups(ScriptRunner runner, Revision revision) throws SQLException {
    RevisionFile file = context.files().get(revision.id());
    return !refused(file, runner, runner.read(file.upgrade()), "The upgrade of %s does not run. ");
  }

  private boolean refused(
      RevisionFile file, ScriptRunner runner, RunnableScript script, String what)
      throws SQLException {
    Optional<ScriptFailure> failure = runner.run(script);
    failure.ifPresent(
        refused ->
            findings.add(
                CheckFinding.of(
                    file.id().toString(),
                    what.formatted(file.revision().title())
                        + refused.describe()
                        + missing(file)
                            .map(steps -> System.lineSeparator() + steps.sentence())
                            .orElse(""),
                    EnvironmentFailure.remedy(
                            refused.cause(), context.options().timeouts().statementTimeout())
                        .orElseGet(() -> remedy(file, "Mend " + script.name() + ".")))));
    return failure.isPresent();
  }

  private Optional<SkippedJavaMigrations> missing(RevisionFile file) {
    return SkippedJavaMigrations.before(context.files(), file.id());
  }

  private String remedy(RevisionFile file, String usual) {
    return missing(file).map(steps -> steps.remedy(usual)).orElse(usual);
  }

  /** One revision. */
  private final class Step {
    private final ScriptRunner runner;
    private final SchemaReader reader;
    private final RevisionFile file;
    private final Schema before;

    Step(ScriptRunner runner, SchemaReader reader, RevisionFile file, Schema before) {
      this.runner = runner;
      this.reader = reader;
      this.file = file;
      this.before = before;
    }

    /** The schema after the upgrade, if the database has it at the end. */
    Optional<Schema> run() throws SQLException {
      RunnableScript upgrade = runner.read(file.upgrade());
      if (refused(upgrade, "The upgrade of %s does not run. ")) {
        return Optional.empty();
      }
      Schema after = read();
      if (refused(runner.read(file.downgradeScript()), "The downgrade of %s does not run. ")) {
        Schema left = read();
        return left.equals(after) ? Optional.of(after) : Optional.empty();
      }
      Schema back = read();
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
      Schema again = read();
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

    private Schema read() throws SQLException {
      return reader.read(runner.connection());
    }

    private boolean refused(RunnableScript script, String what) throws SQLException {
      return ReversibleWalk.this.refused(file, runner, script, what);
    }

    private void report(String problem, String remedy, Diff diff) {
      findings.add(
          new CheckFinding(
              file.id().toString(),
              problem.formatted(file.revision().title()),
              remedy,
              SchemaFindings.lines(diff)));
    }
  }
}
