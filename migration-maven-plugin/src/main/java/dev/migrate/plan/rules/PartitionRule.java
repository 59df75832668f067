package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
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

/** Planning rule for ATTACH and DETACH PARTITION, and for table inheritance. */
final class PartitionRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PARTITION, Kind.INHERITANCE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    FactId id = fact.id();
    if (id.kind() == Kind.INHERITANCE) {
      return InheritedChecks.around(
          fact,
          Statement.changing(id, "ALTER TABLE " + qualified(id) + " INHERIT " + parent(fact)),
          missingDefaults(fact, context),
          context);
    }
    List<Statement> statements = new ArrayList<>(missingChecks(fact, context));
    statements.addAll(missingDefaults(fact, context));
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
    boolean empty = context.created().contains(fact.parent().orElseThrow());
    boolean all =
        fact.text(Attribute.BOUND).equals("DEFAULT")
            && PartitionBound.siblings(fact, context.to()).findAny().isEmpty();
    if (!empty && !all) {
      attach = attach.with(PartitionBound.outside(fact, context));
    }
    Optional<Hazard> held = PartitionBound.heldByDefault(fact, context);
    statements.add(held.isPresent() ? attach.with(held.get()) : attach);
    return statements;
  }

  /** PostgreSQL leaves a table that it attaches its defaults. */
  private static List<Statement> missingDefaults(Fact link, PlanContext context) {
    return DefaultRule.ofParents(link, context)
        .filter(
            wanted ->
                !context
                    .from()
                    .find(wanted.id())
                    .map(one -> one.text(Attribute.EXPRESSION))
                    .equals(Optional.of(wanted.text(Attribute.EXPRESSION))))
        .map(DefaultRule::set)
        .toList();
  }

  /** PostgreSQL attaches no table that lacks a check of its parent; a new one is made with it. */
  private static List<Statement> missingChecks(Fact link, PlanContext context) {
    FactId table = link.parent().orElseThrow();
    if (context.created().contains(table)) {
      return List.of();
    }
    ConstraintRule rule = new ConstraintRule();
    Map<String, Fact> missing = new TreeMap<>();
    Optional<Fact> at = Optional.of(link);
    while (at.isPresent()) {
      FactId parent = parentId(at.get());
      for (Fact child : context.to().childrenOf(parent)) {
        FactId own =
            FactId.of(Kind.CONSTRAINT, table.name(0), table.name(1), child.id().lastName());
        if (child.text(Attribute.TYPE).equals("check")
            && !child.text(Attribute.DEFINITION).endsWith(" NO INHERIT")
            && !rule.standsBefore(child, own, context)
            && !context.to().has(own)) {
          missing.putIfAbsent(own.lastName(), child.copy().id(own).parent(table).build());
        }
      }
      at = context.to().find(parent.as(Kind.PARTITION));
    }
    return missing.values().stream()
        .flatMap(check -> rule.create(check, context).stream())
        .toList();
  }

  /**
   * An index of the table that is to stand for one of the parent's must be there to be found, and
   * columns and checks must be like the parent's.
   */
  @Override
  public Set<FactId> createsAfter(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    Stream<FactId> own =
        Stream.of(context.from(), context.to())
            .flatMap(schema -> schema.childrenOf(table).stream())
            .filter(
                child ->
                    child.id().kind() == Kind.COLUMN && context.from().has(table)
                        || child.id().kind() == Kind.CONSTRAINT
                            && (context.from().has(child.id())
                                || child.text(Attribute.TYPE).equals("check"))
                        || AttachedIndexes.parent(child)
                            .filter(parent -> !AttachedIndexes.follows(parent, context))
                            .isPresent())
            .map(Fact::id);
    Stream<FactId> ofParent =
        DefaultRule.ofParents(fact, context)
            .flatMap(copy -> copy.dependsOn().stream())
            .filter(id -> id.kind() == Kind.DEFAULT);
    Stream<FactId> ofOtherParents =
        context.from().childrenOf(table).stream()
            .filter(child -> child.id().kind() == Kind.COLUMN)
            .flatMap(column -> Inheritance.ofAncestors(column, context.from()))
            .map(Fact::id);
    return Stream.of(own, ofParent, ofOtherParents, earlier(fact, context))
        .flatMap(some -> some)
        .collect(Collectors.toSet());
  }

  /** The parents have an order, in which a table comes to have them. */
  private static Stream<FactId> earlier(Fact link, PlanContext context) {
    return link.id().kind() == Kind.INHERITANCE
        ? context.to().childrenOf(link.parent().orElseThrow()).stream()
            .filter(other -> other.id().kind() == Kind.INHERITANCE)
            .filter(other -> position(other) < position(link))
            .map(Fact::id)
        : Stream.empty();
  }

  private static int position(Fact link) {
    return Integer.parseInt(link.text(Attribute.POSITION));
  }

  @Override
  public Set<FactId> remakes(Fact fact, PlanContext context) {
    return fact.id().kind() == Kind.PARTITION && fact.parent().orElseThrow().kind() == Kind.TABLE
        ? AttachedIndexes.copied(fact, context)
        : Set.of();
  }

  /** What the partition is not to keep goes before the partition leaves. */
  @Override
  public Set<FactId> dropsAfter(Fact fact, PlanContext context) {
    ConstraintRule rule = new ConstraintRule();
    return fact.dependsOn().stream()
        .filter(id -> !id.equals(fact.parent().orElseThrow()))
        .flatMap(parent -> context.from().childrenOf(parent).stream())
        .filter(child -> child.id().kind() == Kind.CONSTRAINT && rule.dropsApart(child, context))
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
  public List<Statement> drop(Fact fact, PlanContext context) {
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
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.INHERITANCE) {
      List<FactId> stay = parents(before, context.from());
      stay.retainAll(parents(after, context.to()));
      List<FactId> wanted = parents(after, context.to());
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
