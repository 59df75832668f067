package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** That a table is a partition of another, or inherits from one. */
final class PartitionRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PARTITION, Kind.INHERITANCE);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    FactId id = fact.id();
    if (id.kind() == Kind.INHERITANCE) {
      return List.of(Statement.of(id, "ALTER TABLE " + qualified(id) + " INHERIT " + parent(fact)));
    }
    return List.of(
        Statement.of(
                id,
                "ALTER TABLE "
                    + parent(fact)
                    + " ATTACH PARTITION "
                    + qualified(id)
                    + " "
                    + fact.text("bound"))
            .with(new Hazard.ScansTable(qualified(id)))
            .with(new Hazard.MayFailOnRows("")));
  }

  /**
   * An index of the table that is to stand for one of the parent's must be there to be found, and
   * columns must be like the parent's.
   */
  @Override
  public Set<FactId> createsAfter(Fact fact, Scene scene) {
    return scene.to().childrenOf(fact.parent().orElseThrow()).stream()
        .filter(
            child ->
                child.id().kind() == Kind.COLUMN && scene.from().has(child.id())
                    || !child.items("attached to").isEmpty())
        .map(Fact::id)
        .collect(Collectors.toSet());
  }

  /** What the partition is not to keep goes before the partition leaves. */
  @Override
  public Set<FactId> dropsAfter(Fact fact, Scene scene) {
    ConstraintRule rule = new ConstraintRule();
    return fact.dependsOn().stream()
        .filter(id -> !id.equals(fact.parent().orElseThrow()))
        .flatMap(parent -> scene.from().childrenOf(parent).stream())
        .filter(child -> child.id().kind() == Kind.CONSTRAINT && rule.dropsApart(child, scene))
        .map(Fact::id)
        .collect(Collectors.toSet());
  }

  private static String parent(Fact fact) {
    return fact.id().kind() == Kind.INHERITANCE
        ? qualified(fact.id().name(2), fact.id().name(3))
        : qualified(fact.text("schema"), fact.text("table"));
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    FactId id = fact.id();
    return List.of(
        Statement.of(
            id,
            id.kind() == Kind.INHERITANCE
                ? "ALTER TABLE " + qualified(id) + " NO INHERIT " + parent(fact)
                : "ALTER TABLE " + parent(fact) + " DETACH PARTITION " + qualified(id)));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    return new Alteration.Recreate();
  }
}
