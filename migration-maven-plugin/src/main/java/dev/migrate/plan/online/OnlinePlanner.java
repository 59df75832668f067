package dev.migrate.plan.online;

import dev.migrate.plan.AlterTableMerger;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableRewrites;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The online planner: plans schema changes with short locks only, for a database at work. Where a
 * statement would keep others waiting for as long as a table is big, it writes what does the same
 * under weak locks, in several transactions; what has no such form stays as it is and says so.
 */
public final class OnlinePlanner {
  private final Planner planner;

  /**
   * @param planner makes the plans whose statements get another form
   */
  public OnlinePlanner(Planner planner) {
    this.planner = Objects.requireNonNull(planner, "planner");
  }

  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @param options what the schemas do not say
   * @return the statements of the upgrade; each group of {@link Plan#transactions()} is a revision
   * @throws dev.migrate.failure.MigrateException as {@link Planner#plan}
   */
  public Plan plan(Schema from, Schema to, PlanOptions options) {
    return plan(from, to, options, false);
  }

  /**
   * @param from the schema after a revision
   * @param to the schema before it
   * @param options what the schemas do not say
   * @return the statements of the downgrade, which is one script; where it needs more than one
   *     transaction, each statement of a change in several stages can be repeated
   * @throws dev.migrate.failure.MigrateException as {@link Planner#plan}
   */
  public Plan back(Schema from, Schema to, PlanOptions options) {
    return plan(from, to, options, true);
  }

  private Plan plan(Schema from, Schema to, PlanOptions options, boolean back) {
    List<Statement> apart = planner.apart(from, to, options).statements();
    boolean present = from.facts().keySet().stream().anyMatch(id -> id.kind() == Kind.TABLE);
    if (!present) {
      return new Plan(apart); // nobody is there who could wait
    }
    FormDependency dependence = new FormDependency(from, to);
    StageScheduler schedule = new StageScheduler(dependence);
    List<Statement> statements = apart.stream().map(new TableRewrites(to)::said).toList();
    List<OnlineChange> changes = new OnlineForms(from, to, statements, back).all();
    // What has a form of its own keeps it.
    Set<Statement> alone =
        changes.stream()
            .filter(OnlineChange::takesLong)
            .flatMap(change -> change.plain().stream())
            .collect(Collectors.toSet());
    List<Statement> shared = new AlterTableMerger(from, to, alone::contains).shared(statements);
    if (shared.size() < statements.size()) {
      changes = new OnlineForms(from, to, shared, back).all();
    }
    new OnlineGrouping(from, to, dependence, changes, back).forms().forEach(schedule::add);
    return new Plan(schedule.statements());
  }
}
