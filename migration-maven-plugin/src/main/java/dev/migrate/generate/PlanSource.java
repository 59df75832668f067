package dev.migrate.generate;

import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.schema.Schema;

/**
 * Strategy that plans the statements from one schema to another: the plain or the online planner,
 * or whatever a proof is to judge.
 */
@FunctionalInterface
public interface PlanSource {
  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @param options what the schemas do not say
   * @return the statements that lead from one to the other
   */
  Plan plan(Schema from, Schema to, PlanOptions options);

  /**
   * @param from the schema after a revision
   * @param to the schema before it
   * @param options what the schemas do not say
   * @return the statements that take the revision back
   */
  default Plan back(Schema from, Schema to, PlanOptions options) {
    return plan(from, to, options);
  }

  /**
   * @return whether the plans are meant to run under load
   */
  default boolean online() {
    return false;
  }

  /**
   * @param zone a time zone, as PostgreSQL names it
   * @return the same plans, which take times without a zone for times in that one
   */
  default PlanSource in(String zone) {
    PlanSource source = this;
    return new PlanSource() {
      @Override
      public Plan plan(Schema from, Schema to, PlanOptions options) {
        return source.plan(from, to, options).in(zone);
      }

      @Override
      public Plan back(Schema from, Schema to, PlanOptions options) {
        return source.back(from, to, options).in(zone);
      }

      @Override
      public boolean online() {
        return source.online();
      }
    };
  }

  /**
   * @param planner plans for databases at work
   * @return what it plans
   */
  static PlanSource online(OnlinePlanner planner) {
    return new PlanSource() {
      @Override
      public Plan plan(Schema from, Schema to, PlanOptions options) {
        return planner.plan(from, to, options);
      }

      @Override
      public Plan back(Schema from, Schema to, PlanOptions options) {
        return planner.back(from, to, options);
      }

      @Override
      public boolean online() {
        return true;
      }
    };
  }
}
