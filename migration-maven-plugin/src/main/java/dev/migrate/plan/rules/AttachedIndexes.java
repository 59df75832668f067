package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Indexes of partitions that belong to an index of the partitioned table.
 *
 * <p>PostgreSQL makes them by itself: with the parent's index, with the partition, and when a table
 * is attached, where it takes an index that fits if there is one. The name it chooses is known; a
 * wanted other one is given afterwards. Only where a partition's index is a constraint of its own,
 * or is missing, the parent's index is made ON ONLY the parent and the others are attached by hand.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-partitioning.html">Table
 *     Partitioning</a>
 */
final class AttachedIndexes {
  private static final List<Kind> RELATIONS =
      List.of(
          Kind.INDEX,
          Kind.TABLE,
          Kind.FOREIGN_TABLE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.SEQUENCE,
          Kind.COMPOSITE_TYPE);

  private AttachedIndexes() {}

  /** The index or constraint of the partitioned table that this one belongs to. */
  static Optional<FactId> parent(Fact fact) {
    if (!fact.items("attached to").isEmpty()) {
      return Optional.of(new FactId(Kind.INDEX, fact.items("attached to")));
    }
    if (!fact.items("partition of").isEmpty()) {
      FactId index = new FactId(Kind.INDEX, fact.items("partition of"));
      return fact.dependsOn().stream()
          .filter(id -> id.equals(index))
          .findFirst()
          .or(() -> Optional.of(index));
    }
    return fact.has("partition of")
        ? fact.dependsOn().stream()
            .filter(
                id ->
                    id.kind() == Kind.CONSTRAINT && id.lastName().equals(fact.text("partition of")))
            .findFirst()
        : Optional.empty();
  }

  /**
   * Whether the parent's index must not make those of the partitions: one of them has none, has a
   * constraint instead, or PostgreSQL would choose a name that nobody can foresee.
   */
  static boolean onlyParent(Fact index, Scene scene) {
    FactId table = index.parent().orElseThrow();
    for (Fact link : scene.to().dependentsOf(table)) {
      if (link.id().kind() == Kind.PARTITION && !link.parent().orElseThrow().equals(table)) {
        Optional<Fact> attached = attached(link.parent().orElseThrow(), index.id(), scene.to());
        boolean made = made(link.parent().orElseThrow(), scene);
        boolean byItself =
            attached
                .filter(one -> one.id().kind() == index.id().kind())
                .filter(one -> !nameIsTaken(one, scene) && !onlyParent(one, scene))
                .isPresent();
        if (!made && !byItself) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the name that PostgreSQL chooses first can be another one's by then. */
  static boolean nameIsTaken(Fact fact, Scene scene) {
    String usual = usualName(fact);
    FactId table = fact.parent().orElseThrow();
    String schema = table.name(0);
    boolean alike =
        scene.to().childrenOf(table).stream()
            .filter(one -> !one.id().equals(fact.id()) && parent(one).isPresent())
            .anyMatch(one -> usualName(one).equals(usual));
    return alike
        || Stream.of(scene.from(), scene.to())
            .anyMatch(
                in ->
                    RELATIONS.stream()
                        .map(kind -> FactId.of(kind, schema, usual))
                        .anyMatch(id -> !id.equals(fact.id()) && in.has(id)));
  }

  private static boolean made(FactId table, Scene scene) {
    return scene.created().contains(table) || scene.created().contains(table.as(Kind.PARTITION));
  }

  private static Optional<Fact> attached(FactId table, FactId index, Schema schema) {
    return schema.childrenOf(table).stream()
        .filter(child -> parent(child).filter(index::equals).isPresent())
        .findFirst();
  }

  /** Whether PostgreSQL makes or finds the index by itself, so that at most its name is missing. */
  static boolean madeByItself(Fact fact, Scene scene) {
    FactId table = fact.parent().orElseThrow();
    FactId parent = parent(fact).orElseThrow();
    if (!fact.items("attached to").isEmpty()) {
      return false;
    }
    if (scene.included().contains(table.as(Kind.PARTITION))) {
      return true;
    }
    if (scene.created().contains(table.as(Kind.PARTITION))) {
      return false;
    }
    return scene.created().contains(parent)
        && scene.to().find(parent).filter(one -> onlyParent(one, scene)).isEmpty();
  }

  /** What attaches an index that was made by hand, unless attaching the table does. */
  static List<Statement> attach(Fact fact, String name, Scene scene) {
    FactId table = fact.parent().orElseThrow();
    FactId parent = parent(fact).orElseThrow();
    boolean parentFollows =
        scene.created().contains(parent)
            && scene.to().find(parent).filter(one -> onlyParent(one, scene)).isEmpty();
    if (scene.created().contains(table.as(Kind.PARTITION)) || parentFollows) {
      return List.of();
    }
    return List.of(attachment(fact, name));
  }

  private static Statement attachment(Fact fact, String name) {
    FactId parent = parent(fact).orElseThrow();
    return Statement.of(
        fact.id(),
        "ALTER INDEX "
            + qualified(parent.name(0), parent.lastName())
            + " ATTACH PARTITION "
            + qualified(fact.id().name(0), name));
  }

  /**
   * Whether the index of a partitioned table becomes valid by what else the plan does: the last of
   * the partitions that had none gets one that belongs to it.
   */
  static boolean becomesValid(Fact before, Fact after, Scene scene) {
    return before.has("invalid")
        && !after.has("invalid")
        && partitions(after, scene.to())
            .anyMatch(
                partition ->
                    attached(partition, after.id(), scene.from()).isEmpty()
                        && attached(partition, after.id(), scene.to()).isPresent());
  }

  private static Stream<FactId> partitions(Fact index, Schema schema) {
    FactId table = index.parent().orElseThrow();
    return schema.dependentsOf(table).stream()
        .filter(link -> link.id().kind() == Kind.PARTITION)
        .map(link -> link.parent().orElseThrow())
        .filter(partition -> !partition.equals(table));
  }

  /** The name that PostgreSQL gave is not always the wanted one. */
  static List<Statement> renamed(FactId id, String usual, String wanted) {
    return usual.equals(wanted)
        ? List.of()
        : List.of(
            Statement.of(
                id, "ALTER INDEX " + qualified(id.name(0), usual) + " RENAME TO " + quote(wanted)));
  }

  static String usualName(Fact fact) {
    if (fact.id().kind() == Kind.INDEX) {
      return GeneratedName.of(fact.items("table").get(1), fact.items("key names"), "idx");
    }
    boolean primary = fact.text("type").equals("primary key");
    return GeneratedName.of(
        fact.id().name(1),
        primary ? List.of() : fact.items("columns"),
        primary ? "pkey" : fact.text("type").equals("exclusion") ? "excl" : "key");
  }

  /** An attached index cannot be dropped without its parent's, unless its table goes or leaves. */
  static Set<FactId> dropsAlong(Fact fact, Scene scene) {
    FactId table = fact.parent().orElseThrow();
    boolean leaves =
        scene.dropped().contains(table) || scene.dropped().contains(table.as(Kind.PARTITION));
    return leaves ? Set.of() : parent(fact).map(Set::of).orElse(Set.of());
  }

  /**
   * Whether a constraint of a partition hangs on an index, which then goes only together with it.
   */
  static boolean holdsConstraints(FactId index, Schema schema) {
    return schema.dependentsOf(index).stream().anyMatch(one -> !one.items("attached to").isEmpty());
  }

  /**
   * How an index comes to belong to another one, or stops to.
   *
   * @return nothing when it has to be made again
   */
  static Optional<List<Statement>> change(Fact before, Fact after, String name, Scene scene) {
    FactId table = after.parent().orElseThrow();
    FactId link = table.as(Kind.PARTITION);
    boolean links = !scene.from().find(link).equals(scene.to().find(link));
    Optional<FactId> old = parent(before);
    Optional<FactId> wanted = parent(after);
    if (old.isPresent() && !links) {
      return Optional.empty();
    }
    if (wanted.isEmpty() || links) {
      return Optional.of(List.of());
    }
    boolean follows =
        !scene.from().has(wanted.get())
            && scene.to().find(wanted.get()).filter(one -> onlyParent(one, scene)).isEmpty();
    return Optional.of(follows ? List.of() : List.of(attachment(after, name)));
  }
}
