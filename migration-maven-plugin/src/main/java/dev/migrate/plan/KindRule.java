package dev.migrate.plan;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Planning rule of one object kind: how it is created, dropped, altered and renamed, and what it
 * depends on.
 */
public interface KindRule {
  /**
   * @return the kinds it is for
   */
  Set<Kind> kinds();

  /**
   * @param fact a fact of the wanted schema
   * @param context both schemas and what else the plan does
   * @return what makes it true where all it depends on is true
   */
  List<Statement> create(Fact fact, PlanContext context);

  /**
   * @param fact a fact of the old schema
   * @param context both schemas and what else the plan does
   * @return what makes it untrue where nothing depends on it any more
   */
  List<Statement> drop(Fact fact, PlanContext context);

  /**
   * @param before the fact in the old schema
   * @param after the fact in the wanted one, with other attributes
   * @param context both schemas
   * @return how the one becomes the other; {@link Alteration.Recreate} where no statement does it
   */
  Alteration alter(Fact before, Fact after, PlanContext context);

  /**
   * @param before the fact in the old schema
   * @param after the fact in the wanted one, with other attributes
   * @return how the type changes that it is, or belongs to, and so which stored values stay
   */
  default TypeChangeStrategy changes(Fact before, Fact after) {
    return TypeChangeStrategy.FREE;
  }

  /**
   * @param fact a fact of the old schema that is dropped
   * @param context both schemas and what else the plan does
   * @return whether it needs a statement of its own although what it belongs to is dropped too
   */
  default boolean dropsApart(Fact fact, PlanContext context) {
    return false;
  }

  /**
   * What else has to be dropped first although it does not depend on the fact.
   *
   * @param fact a fact of the old schema that is dropped
   * @param context both schemas and what else the plan does
   * @return what is dropped first, if it is dropped at all; never the fact itself
   */
  default Set<FactId> dropsAfter(Fact fact, PlanContext context) {
    return Set.of();
  }

  /**
   * What takes a fact away with it, besides what it belongs to.
   *
   * @param fact a fact of the old schema that is dropped
   * @return the other fact; when it is dropped too, no statement of its own is needed
   */
  default Optional<FactId> dropsWith(Fact fact) {
    return Optional.empty();
  }

  /**
   * What PostgreSQL does not let stand without a fact, other than what depends on it.
   *
   * @param fact a fact of the old schema that is dropped
   * @param context both schemas
   * @return what has to be dropped, and made again if it is wanted, with it
   */
  default Set<FactId> dropsAlong(Fact fact, PlanContext context) {
    return Set.of();
  }

  /**
   * What else has to be made, altered or dropped first although nothing depends on it.
   *
   * @param fact a fact of the wanted schema that the plan makes
   * @param context both schemas and what else the plan does
   * @return what is made, altered or dropped first, if it is at all; never the fact itself
   */
  default Set<FactId> createsAfter(Fact fact, PlanContext context) {
    return Set.of();
  }

  /**
   * What is there, and stays, and would be changed by PostgreSQL when a fact is made.
   *
   * @param fact a fact of the wanted schema that the plan makes
   * @param context both schemas
   * @return what has to be dropped before and made again
   */
  default Set<FactId> remakes(Fact fact, PlanContext context) {
    return Set.of();
  }

  /**
   * Alterations and drops that have to come first although nothing depends on them.
   *
   * @param before the fact in the old schema
   * @param after the fact in the wanted one
   * @param context both schemas
   * @return what is altered or dropped first, if it is at all; never the fact itself
   */
  default Set<FactId> altersAfter(Fact before, Fact after, PlanContext context) {
    return Set.of();
  }

  /**
   * What the statement that makes a fact can make along with it, as CREATE TABLE makes columns. The
   * planner takes one out again where an order demands it.
   *
   * @param fact a fact of the wanted schema
   * @param context both schemas
   * @return identities of facts that belong to it
   */
  default Set<FactId> includes(Fact fact, PlanContext context) {
    return Set.of();
  }

  /**
   * @param fact a fact of the old schema
   * @param to the identity it gets, of the same kind
   * @param schema the old schema
   * @return what gives it the other name
   */
  default List<Statement> rename(Fact fact, FactId to, Schema schema) {
    throw new MigrateException(
        FailureCode.NOT_SUPPORTED,
        "A " + fact.id().kind().word() + " cannot be renamed: " + fact.id() + ".",
        "Drop it and make it under the new name.");
  }

  /**
   * What must exist or be gone because two things cannot have one name: tables and sequences, for
   * instance, share their names.
   *
   * @return the names it takes, as texts that are equal where the names collide
   */
  default Set<String> takes(Fact fact) {
    return Set.of();
  }
}
