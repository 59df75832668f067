package dev.migrate.verify;

import dev.migrate.diff.Drift;
import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.RevisionState;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Introspector;
import dev.migrate.replay.ExpectedSchema;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.script.Script;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The check {@code target}: compares the target, which is only read, with the files: its history
 * and its schema.
 */
final class TargetCheck {
  private final VerifyContext context;
  private final List<CheckFinding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  TargetCheck(VerifyContext context) {
    this.context = context;
  }

  CheckResult run(Target target) throws SQLException {
    TargetState state;
    Schema actual;
    try (Connection connection = target.connect("migrate:verify")) {
      connection.setReadOnly(true);
      HistoryTable table =
          HistoryTable.locate(
              connection, context.options().schema(), context.scope().historyTable());
      state = TargetState.of(context.files(), HistoryReader.read(connection, table));
      actual = new Introspector(context.scope()).read(connection);
    }
    require(state.require()::understood);
    require(state.require()::known);
    require(state.require()::nothingFailed);
    require(state.require()::upgradable);
    require(state.require()::noFailedRepeatable);
    List<RevisionState> pending = state.in(Status.PENDING);
    if (!pending.isEmpty()) {
      notes.add("Pending: " + names(pending) + ".");
    }
    List<Script> repeatables = state.repeatables().pending();
    if (!repeatables.isEmpty()) {
      notes.add(
          "Pending, repeatable, new or changed: %s. What one makes that has changed since it ran there, drift was not looked for in."
              .formatted(repeatables.stream().map(Script::name).collect(Collectors.joining(", "))));
    }
    state
        .repeatables()
        .withoutFile()
        .forEach(
            row ->
                notes.add(
                    "%s has run there, and is gone from the files: what it made stays until a revision drops it, and new databases lack it."
                        .formatted(row.script())));
    if (state.in(Status.UNKNOWN).isEmpty()
        && state.in(Status.SQUASHED).isEmpty()
        && state.history().notUnderstood().isEmpty()) {
      drift(state, actual);
    } else {
      notLooked("the files do not tell what its applied revisions do.");
    }
    return CheckResult.of(Check.TARGET, target.toString(), findings, notes);
  }

  /** Each says one thing; what another one has said already is not said again. */
  private void require(Runnable rule) {
    try {
      rule.run();
    } catch (MigrateException e) {
      CheckFinding finding = CheckFinding.of(e);
      if (!findings.contains(finding)) {
        findings.add(finding);
      }
    }
  }

  /** A gate that has not looked must not be green; why it could not may be a finding already. */
  private void notLooked(String reason) {
    if (findings.isEmpty()) {
      findings.add(
          new CheckFinding(
              "",
              "Whether the schema of the target has drifted was not looked for: " + reason,
              "Upgrade the target, and verify again; or leave this check out with"
                  + " -Dmigrate.skipChecks=target.",
              List.of()));
    } else {
      notes.add("Drift was not looked for: " + reason);
    }
  }

  /** Where everything has run as the files are now, the replay has given it already. */
  private ExpectedSchema supposed(TargetState state) {
    boolean head =
        state.applied().size() == context.chain().size()
            && state.repeatables().pending().isEmpty()
            && state.repeatables().thatRan().size() == context.files().repeatables().size();
    if (!head) {
      return context.replay().supposed(state, context.scope());
    }
    ScratchWorkspace workspace = context.workspace(context.chain().size());
    return ExpectedSchema.exactly(workspace.read(workspace.base(), context.scope()));
  }

  private void drift(TargetState state, Schema actual) {
    ExpectedSchema supposed;
    try {
      supposed = supposed(state);
    } catch (MigrateException e) {
      if (e.code() != FailureCode.SCRIPT_FAILED || state.repeatables().thatRan().isEmpty()) {
        throw e;
      }
      notLooked(e.problem());
      return;
    }
    Schema wanted = supposed.comparable(supposed.schema());
    ExpectedDifferences.Rest rest =
        context.settings().expected().without(wanted, supposed.comparable(actual));
    rest.found().forEach(one -> notes.add("Expected: " + one + "."));
    Drift drift = Drift.between(wanted, rest.schema());
    if (!drift.isEmpty()) {
      findings.add(
          new CheckFinding(
              "",
              "The schema of the target has drifted: it is not what its applied revisions give. From"
                  + " what they give to what is there:",
              "Take back by hand what nobody wants, or put it into the model and a revision; mvn"
                  + " migrate:diff -Dmigrate.from=current -Dmigrate.to=target shows it again."
                  + drift.hint(),
              SchemaFindings.lines(drift.lines())));
    }
    drift
        .rest()
        .uncovered()
        .forEach(one -> notes.add("Not covered, and not compared: " + one + "."));
  }

  private static String names(List<RevisionState> states) {
    return states.stream()
        .map(one -> one.id() + " (" + one.message() + ")")
        .collect(Collectors.joining(", "));
  }

  /** A target that cannot be reached has not been checked, and that it cannot is the finding. */
  static CheckResult unreachable(MigrateException e) {
    return e.code() == FailureCode.CONNECTION
        ? CheckResult.of(Check.TARGET, "not reached", List.of(CheckFinding.of(e)), List.of())
        : CheckResult.notRun(Check.TARGET, e.problem() + " " + e.remedy());
  }
}
