package dev.migrate.plan;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The planner: finds the statements that turn one schema into another. Pure: equal schemas give
 * equal plans, and nothing is run.
 */
public final class Planner {
  /**
   * What goes with the table or domain that it belongs to, and has a statement of its own that
   * drops it: those come first that cost nothing.
   */
  private static final List<Kind> DROPPED_APART =
      List.of(
          Kind.POLICY,
          Kind.TRIGGER,
          Kind.RULE,
          Kind.DEFAULT,
          Kind.CONSTRAINT,
          Kind.DOMAIN_CONSTRAINT,
          Kind.STATISTICS,
          Kind.INDEX,
          Kind.COLUMN);

  private final KindRules rules;

  /**
   * @param rules what is known about each kind of fact
   */
  public Planner(KindRules rules) {
    this.rules = rules;
  }

  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @param options what the schemas do not say
   * @return the statements, in the order in which they run
   * @throws MigrateException when a rename does not apply or a change cannot be planned
   */
  public Plan plan(Schema from, Schema to, PlanOptions options) {
    return plan(from, to, options, true);
  }

  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @param options what the schemas do not say
   * @return the statements, each of which does one thing only
   * @throws MigrateException as {@link #plan(Schema, Schema, PlanOptions)}
   */
  public Plan apart(Schema from, Schema to, PlanOptions options) {
    return plan(from, to, options, false);
  }

  private Plan plan(Schema from, Schema to, PlanOptions options, boolean shared) {
    Renames renames = Renames.of(from, to, options.renames(), rules);
    Schema renamed = renames.applied();
    List<Statement> statements = new ArrayList<>(renames.statements());
    Set<FactId> reshaped = ColumnParking.reshaped(renamed, to, rules);
    Schema released = ColumnParking.released(renamed, reshaped, rules);
    if (released != renamed) {
      statements.addAll(arranged(PlanContext.between(renamed, released)));
    }
    PlanContext whole = PlanContext.between(released, to);
    PartitionDetachments detachments = PartitionDetachments.of(released, to, reshaped, rules);
    statements.addAll(detachments.statements());
    List<Schema> stations = ColumnParking.stations(detachments.applied(), to, rules, reshaped);
    for (int i = 1; i < stations.size(); i++) {
      Schema here = stations.get(i - 1);
      Schema next = stations.get(i);
      List<Statement> arranged = arranged(whole.stage(here, next));
      statements.addAll(
          shared ? new AlterTableMerger(here, next, one -> true).shared(arranged) : arranged);
    }
    return new Plan(CommitPoints.placed(statements, renamed, to));
  }

  private List<Statement> arranged(PlanContext context) {
    Set<FactId> recreate = new HashSet<>();
    Set<FactId> apart = new HashSet<>();
    while (true) {
      ChangeSet work = new ChangeSet(context, rules, recreate);
      StepOrdering ordering = new StepOrdering(context, rules, work, apart);
      StepGraph.Order order = ordering.order();
      if (order instanceof StepGraph.Order.Sorted sorted) {
        return statements(sorted, ordering.context(), work);
      }
      List<List<StepGraph.Edge>> circles = ((StepGraph.Order.Tangle) order).circles();
      boolean opened = false;
      for (List<StepGraph.Edge> circle : circles) {
        opened |= open(circle, ordering.context(), recreate, apart);
      }
      if (!opened) {
        throw new MigrateException(
            FailureCode.PROOF_FAILED,
            "A defect of the planner: it finds no order for changes that wait for each other: "
                + circles.get(0).stream()
                    .map(edge -> edge.later() + " after " + edge.first())
                    .collect(Collectors.joining(", "))
                + ".",
            "Please report it, with both schemas. Until it is mended, make one of the changes in a"
                + " revision of its own first.");
      }
    }
  }

  /**
   * Opens a circle: makes something apart from what it belongs to, or again instead of altering.
   */
  private static boolean open(
      List<StepGraph.Edge> circle, PlanContext context, Set<FactId> recreate, Set<FactId> apart) {
    for (StepGraph.Edge edge : circle) {
      if (context.included().contains(edge.because()) && apart.add(edge.because())) {
        return true;
      }
    }
    for (Kind kind : DROPPED_APART) {
      for (StepGraph.Edge edge : circle) {
        boolean within =
            edge.first().verb() == PlanStep.Verb.DROP && !edge.first().id().equals(edge.because());
        if (within && edge.because().kind() == kind && apart.add(edge.because())) {
          return true;
        }
      }
    }
    for (StepGraph.Edge edge : circle) {
      PlanStep step = edge.later();
      if (step.verb() == PlanStep.Verb.ALTER && recreate.add(step.id())) {
        return true;
      }
    }
    return false;
  }

  private List<Statement> statements(
      StepGraph.Order.Sorted order, PlanContext context, ChangeSet work) {
    List<Statement> statements = new ArrayList<>();
    DeferredBodies late = new DeferredBodies();
    for (PlanStep step : order.steps()) {
      FactId id = step.id();
      KindRule rule = rules.of(id.kind());
      List<Statement> some =
          switch (step.verb()) {
            case DROP -> rule.drop(context.from().find(id).orElseThrow(), context);
            case ALTER -> work.alter().get(id).statements();
            case CREATE -> rules.create(context.to().find(id).orElseThrow(), context);
          };
      boolean early = order.early().contains(step) && step.verb() != PlanStep.Verb.DROP;
      statements.addAll(early ? late.unchecked(context.to().find(id).orElseThrow(), some) : some);
    }
    statements.addAll(late.checks());
    return statements;
  }
}
