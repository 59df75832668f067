package dev.migrate.generate;

import dev.migrate.diff.Diff;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.observe.InverseRenames;
import dev.migrate.observe.Observation;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.observe.RefusedRows;
import dev.migrate.observe.RowCheck;
import dev.migrate.observe.StatementObserver;
import dev.migrate.plan.FactNames;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.plan.Statement;
import dev.migrate.replay.BackgroundTask;
import dev.migrate.replay.PlanExecution;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Proves a plan on scratch databases before its scripts are written: upward it must give the wanted
 * schema, downward the old one again. On a second database, with rows, each statement is watched.
 */
public final class Proof {
  private final ScratchWorkspace workspace;
  private final Scope scope;
  private final PlanSource planner;

  /**
   * @param workspace whose base is the database to start from
   * @param scope what of a database is compared
   * @param planner makes the plans
   */
  public Proof(ScratchWorkspace workspace, Scope scope, PlanSource planner) {
    this.workspace = Objects.requireNonNull(workspace, "workspace");
    this.scope = Objects.requireNonNull(scope, "scope");
    this.planner = Objects.requireNonNull(planner, "planner");
  }

  /**
   * @param from the schema of the workspace's base
   * @param to the wanted schema
   * @param renames what is renamed on the way
   * @return what came of it
   */
  public ProofResult of(Schema from, Schema to, List<Rename> renames) {
    try (ScratchDatabase database = workspace.copy("proof")) {
      if (!hasTables(from)) {
        // Nobody could wait for anything, and there are no rows.
        return new Attempt(database, from, to, renames).prove();
      }
      // If it is not needed in the end, it goes with the workspace.
      try (BackgroundTask<ScratchDatabase> copying =
          BackgroundTask.begin(() -> workspace.copy("observed"))) {
        ProofResult verdict = onRows(database, from, to, renames);
        return verdict.proven() && !verdict.steps().isEmpty()
            ? observed(verdict, copying.get())
            : verdict;
      }
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  /**
   * With rows that were made up. Where one makes a statement fail, as it well may, the table stays
   * without and it is tried again, on another copy.
   */
  private ProofResult onRows(ScratchDatabase first, Schema from, Schema to, List<Rename> renames)
      throws SQLException {
    Set<FactId> never = new HashSet<>();
    Optional<ProofResult> verdict = onRows(first, from, to, renames, never);
    while (verdict.isEmpty()) {
      try (ScratchDatabase again = workspace.copy("proof")) {
        verdict = onRows(again, from, to, renames, never);
      }
    }
    return verdict.get();
  }

  /** Returns nothing when it is worth to be tried again, with rows in fewer tables. */
  private Optional<ProofResult> onRows(
      ScratchDatabase database, Schema from, Schema to, List<Rename> renames, Set<FactId> never)
      throws SQLException {
    Attempt attempt = new Attempt(database, from, to, renames);
    attempt.putRows(never);
    ProofResult verdict = attempt.prove();
    if (verdict.refusal().isEmpty()) {
      return Optional.of(verdict);
    }
    if (!attempt.rows.madeUp()) {
      return Optional.of(refused(verdict, attempt, from, to, renames));
    }
    Statement refused = verdict.refusal().get().statement();
    if (!never.addAll(attempt.rows.tables(refused))
        && !never.addAll(attempt.rows.tablesOfFailing())) {
      never.addAll(attempt.rows.tables());
    }
    return Optional.empty();
  }

  /** Without the rows that revisions have written: if it goes well, they were the reason. */
  private ProofResult refused(
      ProofResult verdict, Attempt attempt, Schema from, Schema to, List<Rename> renames)
      throws SQLException {
    ProofResult.Refused refused = verdict.refusal().orElseThrow();
    try (ScratchDatabase emptied = workspace.copy("emptied")) {
      if (!empty(emptied, attempt.rows.tables())) {
        return verdict;
      }
      ProofResult other = new Attempt(emptied, from, to, renames).prove();
      boolean same =
          other.refusal().filter(one -> one.statement().equals(refused.statement())).isPresent();
      return same
          ? verdict
          : verdict.refusedFor(RefusedRows.of(refused.statement(), attempt.database));
    }
  }

  /** Returns false when there was nothing to take away. */
  private static boolean empty(ScratchDatabase database, Set<FactId> tables) throws SQLException {
    boolean any = false;
    try (Connection connection = database.connect();
        java.sql.Statement statement = connection.createStatement()) {
      for (FactId table : tables) {
        String name = FactNames.qualified(table);
        try (ResultSet row = statement.executeQuery("SELECT FROM " + name + " LIMIT 1")) {
          any |= row.next();
        }
        statement.execute("TRUNCATE " + name + " CASCADE");
      }
    }
    return any;
  }

  private static boolean hasTables(Schema schema) {
    return schema.facts().keySet().stream()
        .anyMatch(id -> id.kind() == Kind.TABLE || id.kind() == Kind.MATERIALIZED_VIEW);
  }

  private static List<ObservedStatement> unseen(List<Statement> statements) {
    return statements.stream().map(one -> new ObservedStatement(one, null)).toList();
  }

  /** One run up and down. */
  private final class Attempt {
    private final ScratchDatabase database;
    private final Schema from;
    private final Schema to;
    private final List<Rename> renames;
    private final Plan plan;
    private final List<ProofResult.Step> steps = new ArrayList<>();
    private RowCheck rows;
    private ProofResult.Refused refused;

    Attempt(ScratchDatabase database, Schema from, Schema to, List<Rename> renames) {
      this.database = database;
      this.from = from;
      this.to = to;
      this.renames = renames;
      this.plan = planner.plan(from, to, new PlanOptions(renames));
    }

    /** Into every table that is touched but these. */
    void putRows(Set<FactId> never) throws SQLException {
      rows =
          new RowCheck(
              from,
              to,
              renames,
              plan.statements(),
              !planner.online() && plan.transactions().size() == 1,
              scope);
      rows.begin(database, never);
    }

    ProofResult prove() throws SQLException {
      Schema reached = from;
      for (List<Statement> group : plan.transactions()) {
        boolean ran = run(group, true);
        Schema after = ran ? workspace.read(database, scope) : reached;
        steps.add(new ProofResult.Step(reached, after, reached, unseen(group), List.of()));
        reached = after;
        if (!ran) {
          return ProofResult.of(steps, refused, List.of(), List.of());
        }
      }
      var remains = Diff.between(reached, to).changes();
      if (!remains.isEmpty()) {
        return ProofResult.of(steps, null, remains, List.of());
      }
      if (rows != null) {
        List<String> gone = rows.afterUpgrade(database, reached);
        if (!gone.isEmpty()) {
          return judged(gone, true);
        }
      }
      return back(reached);
    }

    private ProofResult back(Schema reached) throws SQLException {
      List<Statement> ran = new ArrayList<>();
      int transactions = 0;
      Schema restored = reached;
      for (int i = steps.size() - 1; i >= 0; i--) {
        ProofResult.Step step = steps.get(i);
        Plan back = planBack(step, i == 0 ? InverseRenames.of(renames) : List.of());
        steps.set(
            i,
            new ProofResult.Step(
                step.before(),
                step.after(),
                step.before(),
                step.up(),
                back.transactions().stream().map(Proof::unseen).toList()));
        for (List<Statement> group : back.transactions()) {
          if (!run(group, false)) {
            return ProofResult.of(steps, refused, List.of(), List.of());
          }
        }
        ran.addAll(back.statements());
        transactions += back.transactions().size();
        restored = workspace.read(database, scope);
        steps.set(i, steps.get(i).restoring(restored));
        var lost = Diff.between(restored, step.before()).changes();
        if (!lost.isEmpty()) {
          return ProofResult.of(steps, null, List.of(), lost);
        }
      }
      return rows == null
          ? ProofResult.of(steps, null, List.of(), List.of())
          : judged(
              rows.afterDowngrade(
                  database, restored, reached, ran, !planner.online() && transactions <= 1),
              false);
    }

    /** Whoever reads that something cannot be planned looks at the upgrade first. */
    private Plan planBack(ProofResult.Step step, List<Rename> inverse) {
      try {
        return planner.back(step.after(), step.before(), new PlanOptions(inverse));
      } catch (MigrateException e) {
        throw new MigrateException(
            e.code(),
            "The upgrade can be planned, but not the downgrade that takes it back: " + e.problem(),
            e.remedy()
                + " Or write the revision by hand, with the downgrade that you want: mvn"
                + " migrate:revision.",
            e);
      }
    }

    private ProofResult judged(List<String> gone, boolean upgrade) {
      return ProofResult.of(steps, null, List.of(), List.of())
          .judged(
              gone.stream().map(what -> new ProofResult.Gone(upgrade, what)).toList(),
              rows.outcome());
    }

    private boolean run(List<Statement> group, boolean upgrade) throws SQLException {
      try (Connection connection = database.connect();
          PlanExecution execution = PlanExecution.in(database, connection)) {
        connection.setAutoCommit(!group.get(0).transactional());
        for (Statement statement : execution.ordered(group)) {
          try {
            execution.run(statement.sql());
          } catch (SQLException e) {
            refused = ProofResult.Refused.of(statement, upgrade, e.getMessage());
            return false;
          }
        }
        execution.finish();
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
        return true;
      } catch (SQLException e) {
        refused = ProofResult.Refused.of(group.get(group.size() - 1), upgrade, e.getMessage());
        return false;
      }
    }
  }

  private ProofResult observed(ProofResult verdict, ScratchDatabase copy) throws SQLException {
    try (ScratchDatabase database = copy;
        Connection connection = database.connect()) {
      List<ProofResult.Step> seen = new ArrayList<>();
      for (ProofResult.Step step : verdict.steps()) {
        List<Statement> up = plain(step.up());
        StatementObserver observer =
            StatementObserver.of(connection, step.before(), step.after(), up, scope.historyTable());
        List<ObservedStatement> watched = judged(observer.watch(up));
        seen.add(
            new ProofResult.Step(
                step.before(), step.after(), step.restored(), watched, step.down()));
      }
      for (int i = seen.size() - 1; i >= 0; i--) {
        ProofResult.Step step = seen.get(i);
        List<List<ObservedStatement>> down = new ArrayList<>();
        StatementObserver observer =
            StatementObserver.of(
                connection,
                step.after(),
                step.before(),
                step.down().stream().flatMap(group -> plain(group).stream()).toList(),
                scope.historyTable());
        for (List<ObservedStatement> group : step.down()) {
          down.add(judged(observer.watch(plain(group))));
        }
        seen.set(
            i, new ProofResult.Step(step.before(), step.after(), step.restored(), step.up(), down));
      }
      return verdict.with(seen);
    }
  }

  /** Where the form that runs under load was wanted, what was seen not to be one is named. */
  private List<ObservedStatement> judged(List<ObservedStatement> watched) {
    return planner.online() ? watched.stream().map(Proof::judged).toList() : watched;
  }

  private static ObservedStatement judged(ObservedStatement one) {
    boolean said =
        one.statement().hazards().stream().anyMatch(Hazard.NoOnlineForm.class::isInstance);
    return one.observation()
        .filter(seen -> !said)
        .flatMap(Observation::blockedWhileReading)
        .map(
            table ->
                new ObservedStatement(
                    one.statement()
                        .with(
                            new Hazard.NoOnlineForm(
                                "others wait while all of %s is read or written".formatted(table))),
                    one.seen()))
        .orElse(one);
  }

  private static List<Statement> plain(List<ObservedStatement> statements) {
    return statements.stream().map(ObservedStatement::statement).toList();
  }
}
