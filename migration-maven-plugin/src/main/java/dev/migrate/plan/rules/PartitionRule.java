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
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
      return InheritedChecks.around(
          fact,
          Statement.of(id, "ALTER TABLE " + qualified(id) + " INHERIT " + parent(fact)),
          missingDefaults(fact, scene),
          scene);
    }
    List<Statement> statements = new ArrayList<>(missingChecks(fact, scene));
    statements.addAll(missingDefaults(fact, scene));
    Statement attach =
        Statement.of(
                id,
                "ALTER TABLE "
                    + parent(fact)
                    + " ATTACH PARTITION "
                    + qualified(id)
                    + " "
                    + fact.text("bound"))
            .with(new Hazard.ScansTable(qualified(id)));
    boolean empty = scene.created().contains(fact.parent().orElseThrow());
    boolean all = fact.text("bound").equals("DEFAULT") && isAlone(fact, scene.to());
    statements.add(empty || all ? attach : attach.with(outside(fact)));
    return statements;
  }

  /** A default partition without others takes any row. */
  private static boolean isAlone(Fact link, Schema schema) {
    return schema.dependentsOf(parentId(link)).stream()
        .noneMatch(other -> other.id().kind() == Kind.PARTITION && !other.id().equals(link.id()));
  }

  private static Hazard outside(Fact fact) {
    return new Hazard.MayFailOnRows(
        "",
        "a row of %s may lie outside of %s"
            .formatted(fact.parent().orElseThrow(), fact.text("bound")));
  }

  /** PostgreSQL leaves a table that it attaches its defaults. */
  private static List<Statement> missingDefaults(Fact link, Scene scene) {
    return DefaultRule.ofParents(link, scene)
        .filter(
            wanted ->
                !scene
                    .from()
                    .find(wanted.id())
                    .map(one -> one.text("expression"))
                    .equals(Optional.of(wanted.text("expression"))))
        .map(DefaultRule::set)
        .toList();
  }

  /** PostgreSQL attaches no table that lacks a check of its parent; a new one is made with it. */
  private static List<Statement> missingChecks(Fact link, Scene scene) {
    FactId table = link.parent().orElseThrow();
    if (scene.created().contains(table)) {
      return List.of();
    }
    ConstraintRule rule = new ConstraintRule();
    Map<String, Fact> missing = new TreeMap<>();
    Optional<Fact> at = Optional.of(link);
    while (at.isPresent()) {
      FactId parent = parentId(at.get());
      for (Fact child : scene.to().childrenOf(parent)) {
        FactId own =
            FactId.of(Kind.CONSTRAINT, table.name(0), table.name(1), child.id().lastName());
        if (child.text("type").equals("check")
            && !child.text("definition").endsWith(" NO INHERIT")
            && !rule.standsBefore(child, own, scene)
            && !scene.to().has(own)) {
          missing.putIfAbsent(own.lastName(), child.copy().id(own).parent(table).build());
        }
      }
      at = scene.to().find(parent.as(Kind.PARTITION));
    }
    return missing.values().stream().flatMap(check -> rule.create(check, scene).stream()).toList();
  }

  /**
   * An index of the table that is to stand for one of the parent's must be there to be found, and
   * columns and checks must be like the parent's.
   */
  @Override
  public Set<FactId> createsAfter(Fact fact, Scene scene) {
    FactId table = fact.parent().orElseThrow();
    Stream<FactId> own =
        Stream.of(scene.from(), scene.to())
            .flatMap(schema -> schema.childrenOf(table).stream())
            .filter(
                child ->
                    child.id().kind() == Kind.COLUMN && scene.from().has(table)
                        || child.id().kind() == Kind.CONSTRAINT
                            && (scene.from().has(child.id()) || child.text("type").equals("check"))
                        || AttachedIndexes.parent(child).isPresent())
            .map(Fact::id);
    Stream<FactId> ofParent =
        DefaultRule.ofParents(fact, scene)
            .flatMap(copy -> copy.dependsOn().stream())
            .filter(id -> id.kind() == Kind.DEFAULT);
    return Stream.concat(own, ofParent).collect(Collectors.toSet());
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
    return qualified(parentId(fact));
  }

  static FactId parentId(Fact link) {
    return link.id().kind() == Kind.INHERITANCE
        ? FactId.of(Kind.TABLE, link.id().name(2), link.id().name(3))
        : FactId.of(Kind.TABLE, link.text("schema"), link.text("table"));
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
