package dev.migrate.prove;

import dev.migrate.introspect.Scope;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Rename;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Tries a change on scratch before anybody sees it: upward it must give the wanted schema, downward
 * the old one again. On a second database, with rows, each statement is watched.
 */
public final class Proof {
  private final Bench bench;
  private final Scope scope;
  private final PlanSource planner;

  /**
   * @param bench whose base is the database to start from
   * @param scope what of a database is compared
   * @param planner makes the plans
   */
  public Proof(Bench bench, Scope scope, PlanSource planner) {
    this.bench = Objects.requireNonNull(bench, "bench");
    this.scope = Objects.requireNonNull(scope, "scope");
    this.planner = Objects.requireNonNull(planner, "planner");
  }

  /**
   * @param from the schema of the bench's base
   * @param to the wanted schema
   * @param renames what is renamed on the way
   * @return what came of it
   */
  public Verdict of(Schema from, Schema to, List<Rename> renames) {
    try (ScratchDatabase database = bench.copy("proof")) {
      if (!hasTables(from)) {
        return new Attempt(database).prove(from, to, renames); // nobody could wait for anything
      }
      // If it is not needed in the end, it goes with the bench.
      try (Meanwhile<ScratchDatabase> copying = Meanwhile.begin(() -> bench.copy("observed"))) {
        Verdict verdict = new Attempt(database).prove(from, to, renames);
        return verdict.proven() && !verdict.steps().isEmpty()
            ? observed(verdict, copying.get())
            : verdict;
      }
    } catch (SQLException e) {
      throw Bench.lost(e);
    }
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
    private final List<Verdict.Step> steps = new ArrayList<>();
    private Verdict.Refused refused;

    Attempt(ScratchDatabase database) {
      this.database = database;
    }

    Verdict prove(Schema from, Schema to, List<Rename> renames) throws SQLException {
      Plan plan = planner.plan(from, to, new PlanOptions(renames));
      Schema reached = from;
      for (List<Statement> group : plan.transactions()) {
        boolean ran = run(group, true);
        Schema after = ran ? bench.read(database, scope) : reached;
        steps.add(new Verdict.Step(reached, after, reached, unseen(group), List.of()));
        reached = after;
        if (!ran) {
          return new Verdict(steps, refused, List.of(), List.of());
        }
      }
      var remains = Verdict.difference(reached, to);
      if (!remains.isEmpty()) {
        return new Verdict(steps, null, remains, List.of());
      }
      for (int i = steps.size() - 1; i >= 0; i--) {
        Verdict.Step step = steps.get(i);
        Plan back =
            planner.back(
                step.after(),
                step.before(),
                new PlanOptions(i == 0 ? InverseRenames.of(renames) : List.of()));
        steps.set(
            i,
            new Verdict.Step(
                step.before(),
                step.after(),
                step.before(),
                step.up(),
                back.transactions().stream().map(Proof::unseen).toList()));
        for (List<Statement> group : back.transactions()) {
          if (!run(group, false)) {
            return new Verdict(steps, refused, List.of(), List.of());
          }
        }
        Schema restored = bench.read(database, scope);
        steps.set(i, steps.get(i).restoring(restored));
        var lost = Verdict.difference(restored, step.before());
        if (!lost.isEmpty()) {
          return new Verdict(steps, null, List.of(), lost);
        }
      }
      return new Verdict(steps, null, List.of(), List.of());
    }

    private boolean run(List<Statement> group, boolean upgrade) throws SQLException {
      try (Connection connection = database.connect();
          Execution execution = Execution.in(database, connection)) {
        connection.setAutoCommit(!group.get(0).transactional());
        for (Statement statement : execution.ordered(group)) {
          try {
            execution.run(statement.sql());
          } catch (SQLException e) {
            refused = new Verdict.Refused(statement, upgrade, e.getMessage());
            return false;
          }
        }
        execution.finish();
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
        return true;
      } catch (SQLException e) {
        refused = new Verdict.Refused(group.get(group.size() - 1), upgrade, e.getMessage());
        return false;
      }
    }
  }

  private Verdict observed(Verdict verdict, ScratchDatabase copy) throws SQLException {
    try (ScratchDatabase database = copy;
        Connection connection = database.connect()) {
      List<Verdict.Step> seen = new ArrayList<>();
      for (Verdict.Step step : verdict.steps()) {
        List<Statement> up = plain(step.up());
        Observer observer = observer(connection, step.before(), up);
        List<ObservedStatement> watched = judged(observer.watch(up));
        seen.add(
            new Verdict.Step(step.before(), step.after(), step.restored(), watched, step.down()));
      }
      for (int i = seen.size() - 1; i >= 0; i--) {
        Verdict.Step step = seen.get(i);
        List<List<ObservedStatement>> down = new ArrayList<>();
        Observer observer =
            observer(
                connection,
                step.after(),
                step.down().stream().flatMap(group -> plain(group).stream()).toList());
        for (List<ObservedStatement> group : step.down()) {
          down.add(judged(observer.watch(plain(group))));
        }
        seen.set(
            i, new Verdict.Step(step.before(), step.after(), step.restored(), step.up(), down));
      }
      return new Verdict(seen, null, List.of(), List.of());
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

  private static Observer observer(Connection connection, Schema before, List<Statement> statements)
      throws SQLException {
    MadeUpRows rows = new MadeUpRows();
    Set<FactId> tables =
        MadeUpRows.tables(before, statements.stream().map(Statement::about).toList());
    rows.fill(connection, tables);
    return new Observer(connection, rows);
  }

  private static List<Statement> plain(List<ObservedStatement> statements) {
    return statements.stream().map(ObservedStatement::statement).toList();
  }
}
