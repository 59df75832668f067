package dev.migrate.prove;

import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.schema.Schema;

/** Where plans come from: the planner, or whatever a proof is to judge. */
@FunctionalInterface
public interface PlanSource {
  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @param options what the schemas do not say
   * @return the statements that lead from one to the other
   */
  Plan plan(Schema from, Schema to, PlanOptions options);
}
