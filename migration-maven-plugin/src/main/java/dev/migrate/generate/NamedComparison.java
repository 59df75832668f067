package dev.migrate.generate;

import dev.migrate.diff.Diff;
import dev.migrate.diff.Drift;
import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.model.SchemaSources;
import dev.migrate.plan.Plan;
import dev.migrate.schema.Schema;
import java.util.List;

/**
 * Compares two schemas by the names that people give them ({@code model}, {@code head}, {@code
 * current}, {@code target} or a URL), leaving out what a target is expected to have besides.
 *
 * @param from the name of the schema as it is
 * @param to the name of the schema as it is wanted
 * @param comparison what differs, and the way from one to the other
 * @param drift the same as people count it
 * @param expected what the target has besides and was expected there, in words
 */
public record NamedComparison(
    String from, String to, SchemaComparison comparison, Drift drift, List<String> expected) {
  /** Copies what it is given. */
  public NamedComparison {
    expected = List.copyOf(expected);
  }

  /**
   * @param sources where schemas come from
   * @param from the name of the schema as it is
   * @param to the name of the schema as it is wanted
   * @param renames what {@code migrate.rename} says; empty when nothing is said
   * @param allowed what a target may have besides
   * @return what differs
   * @throws dev.migrate.failure.MigrateException {@code INVALID_PARAMETER} for a name that is none,
   *     and whatever keeps a schema from being read
   */
  public static NamedComparison of(
      SchemaSources sources, String from, String to, String renames, ExpectedDifferences allowed) {
    Schema left = sources.schema(from);
    Schema right = sources.schema(to);
    boolean ofTarget = SchemaSources.isTarget(from) || SchemaSources.isTarget(to);
    if (ofTarget) {
      left = sources.comparable(left);
      right = sources.comparable(right);
    }
    List<String> expected = List.of();
    if (SchemaSources.isTarget(to)) {
      ExpectedDifferences.Rest rest = allowed.without(left, right);
      right = rest.schema();
      expected = rest.found();
    } else if (SchemaSources.isTarget(from)) {
      ExpectedDifferences.Rest rest = allowed.without(right, left);
      left = rest.schema();
      expected = rest.found();
    }
    SchemaComparison found = SchemaComparison.of(left, right, renames);
    return new NamedComparison(from, to, found, drift(found, ofTarget), expected);
  }

  /** In a target, a partition is one thing; what a model or a revision changes is shown whole. */
  private static Drift drift(SchemaComparison found, boolean ofTarget) {
    return ofTarget
        ? Drift.between(found.from(), found.to())
        : new Drift(List.of(), found.diff(), found.diff().changes().size());
  }

  /**
   * @return what differs, fact by fact
   */
  public Diff diff() {
    return comparison.diff();
  }

  /**
   * @return the statements from one to the other; none where they cannot be planned
   */
  public Plan plan() {
    return comparison.way() instanceof SchemaComparison.Way.Planned planned
        ? planned.plan()
        : new Plan(List.of());
  }

  /**
   * @return whether one of the schemas is the target's own, so that a difference is a drift
   */
  public boolean isOfTarget() {
    return SchemaSources.isTarget(from) || SchemaSources.isTarget(to);
  }

  /**
   * @return whether the target is the one that is compared with the other
   */
  public boolean isToTarget() {
    return SchemaSources.isTarget(to);
  }
}
