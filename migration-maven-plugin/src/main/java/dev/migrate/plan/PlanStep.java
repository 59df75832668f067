package dev.migrate.plan;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One step of a plan before it is ordered: CREATE, ALTER or DROP of one fact, and where it stands
 * among others when no dependency says.
 */
record PlanStep(Verb verb, FactId id, List<FactId> path) implements Comparable<PlanStep> {
  private static final Comparator<PlanStep> ORDER =
      Comparator.comparing(PlanStep::phase)
          .thenComparing(PlanStep::path, PlanStep::comparePaths)
          .thenComparing(PlanStep::verb);

  enum Verb {
    DROP,
    ALTER,
    CREATE
  }

  static PlanStep of(Verb verb, FactId id, Schema schema) {
    List<FactId> path = new ArrayList<>();
    FactId at = id;
    while (at != null && at.kind() != Kind.SCHEMA) {
      path.add(0, at);
      at = schema.find(at).flatMap(fact -> fact.parent()).orElse(null);
    }
    if (path.isEmpty()) {
      path.add(id);
    }
    return new PlanStep(verb, id, path);
  }

  private int phase() {
    if (id.kind() == Kind.DEFAULT_PRIVILEGE) {
      // Until everything is made the old ones are in force.
      return 2;
    }
    return verb == Verb.DROP ? 0 : 1;
  }

  /** What belongs to one object follows it, before the next object begins. */
  private static int comparePaths(List<FactId> left, List<FactId> right) {
    for (int i = 0; i < left.size() && i < right.size(); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  @Override
  public int compareTo(PlanStep other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return verb.name().toLowerCase(java.util.Locale.ROOT) + " " + id;
  }
}
