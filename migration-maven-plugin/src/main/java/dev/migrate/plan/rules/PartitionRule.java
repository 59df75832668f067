package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
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
          Statement.changing(id, "ALTER TABLE " + qualified(id) + " INHERIT " + parent(fact)),
          missingDefaults(fact, scene),
          scene);
    }
    List<Statement> statements = new ArrayList<>(missingChecks(fact, scene));
    statements.addAll(missingDefaults(fact, scene));
    Statement attach =
        Statement.changing(
                id,
                "ALTER TABLE "
                    + parent(fact)
                    + " ATTACH PARTITION "
                    + qualified(id)
                    + " "
                    + fact.text(Attribute.BOUND))
            .with(new Hazard.ScansTable(qualified(id)));
    boolean empty = scene.created().contains(fact.parent().orElseThrow());
    boolean all =
        fact.text(Attribute.BOUND).equals("DEFAULT")
            && PartitionBound.siblings(fact, scene.to()).findAny().isEmpty();
    if (!empty && !all) {
      attach = attach.with(PartitionBound.outside(fact, scene));
    }
    Optional<Hazard> held = PartitionBound.heldByDefault(fact, scene);
    statements.add(held.isPresent() ? attach.with(held.get()) : attach);
    return statements;
  }

  /** PostgreSQL leaves a table that it attaches its defaults. */
  private static List<Statement> missingDefaults(Fact link, Scene scene) {
    return DefaultRule.ofParents(link, scene)
        .filter(
            wanted ->
                !scene
                    .from()
                    .find(wanted.id())
                    .map(one -> one.text(Attribute.EXPRESSION))
                    .equals(Optional.of(wanted.text(Attribute.EXPRESSION))))
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
        if (child.text(Attribute.TYPE).equals("check")
            && !child.text(Attribute.DEFINITION).endsWith(" NO INHERIT")
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
                            && (scene.from().has(child.id())
                                || child.text(Attribute.TYPE).equals("check"))
                        || AttachedIndexes.parent(child)
                            .filter(parent -> !AttachedIndexes.follows(parent, scene))
                            .isPresent())
            .map(Fact::id);
    Stream<FactId> ofParent =
        DefaultRule.ofParents(fact, scene)
            .flatMap(copy -> copy.dependsOn().stream())
            .filter(id -> id.kind() == Kind.DEFAULT);
    Stream<FactId> ofOtherParents =
        scene.from().childrenOf(table).stream()
            .filter(child -> child.id().kind() == Kind.COLUMN)
            .flatMap(column -> Inheritance.ofAncestors(column, scene.from()))
            .map(Fact::id);
    return Stream.of(own, ofParent, ofOtherParents, earlier(fact, scene))
        .flatMap(some -> some)
        .collect(Collectors.toSet());
  }

  /** The parents have an order, in which a table comes to have them. */
  private static Stream<FactId> earlier(Fact link, Scene scene) {
    return link.id().kind() == Kind.INHERITANCE
        ? scene.to().childrenOf(link.parent().orElseThrow()).stream()
            .filter(other -> other.id().kind() == Kind.INHERITANCE)
            .filter(other -> position(other) < position(link))
            .map(Fact::id)
        : Stream.empty();
  }

  private static int position(Fact link) {
    return Integer.parseInt(link.text(Attribute.POSITION));
  }

  @Override
  public Set<FactId> remakes(Fact fact, Scene scene) {
    return fact.id().kind() == Kind.PARTITION && fact.parent().orElseThrow().kind() == Kind.TABLE
        ? AttachedIndexes.copied(fact, scene)
        : Set.of();
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
        : FactId.of(Kind.TABLE, link.text(Attribute.SCHEMA), link.text(Attribute.TABLE));
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    FactId id = fact.id();
    return List.of(
        Statement.changing(
            id,
            id.kind() == Kind.INHERITANCE
                ? "ALTER TABLE " + qualified(id) + " NO INHERIT " + parent(fact)
                : "ALTER TABLE " + parent(fact) + " DETACH PARTITION " + qualified(id)));
  }

  /** A parent moves up when one before it goes. */
  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.INHERITANCE) {
      List<FactId> stay = parents(before, scene.from());
      stay.retainAll(parents(after, scene.to()));
      List<FactId> wanted = parents(after, scene.to());
      if (wanted.subList(0, stay.size()).equals(stay)) {
        alterations.cover(Attribute.POSITION);
      }
    }
    return alterations.orRecreate();
  }

  private static List<FactId> parents(Fact link, Schema schema) {
    return schema.childrenOf(link.parent().orElseThrow()).stream()
        .filter(other -> other.id().kind() == Kind.INHERITANCE)
        .sorted(Comparator.comparing(PartitionRule::position))
        .map(Fact::id)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
