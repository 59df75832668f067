package dev.migrate.plan;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.Set;

/**
 * Context of the planning rules: the old and the wanted schema, and what the plan creates and drops
 * besides.
 *
 * @param from the schema as it is
 * @param to the schema as it is wanted
 * @param created what the plan makes; empty while alterations are being decided
 * @param dropped what the plan takes away; empty while alterations are being decided
 * @param included what is made by the statement of what it belongs to
 * @param first the schema that the whole plan starts from, where this is one stage of it
 * @param last the schema that the whole plan leads to
 */
public record PlanContext(
    Schema from,
    Schema to,
    Set<FactId> created,
    Set<FactId> dropped,
    Set<FactId> included,
    Schema first,
    Schema last) {

  /** Before anything is decided. */
  static PlanContext between(Schema from, Schema to) {
    return new PlanContext(from, to, Set.of(), Set.of(), Set.of(), from, to);
  }

  /** One stage of a plan, before anything is decided. */
  PlanContext stage(Schema here, Schema next) {
    return new PlanContext(here, next, Set.of(), Set.of(), Set.of(), first, last);
  }

  /** The same when it is known what the plan does besides. */
  PlanContext doing(Set<FactId> creating, Set<FactId> dropping, Set<FactId> including) {
    return new PlanContext(from, to, creating, dropping, including, first, last);
  }
}
