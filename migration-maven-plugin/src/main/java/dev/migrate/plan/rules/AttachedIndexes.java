package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plans the indexes of partitions that are attached to an index of the partitioned table.
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

  private static final Pattern ASIDE =
      Pattern.compile(" DESC\\b| NULLS (FIRST|LAST)\\b| WITH \\([^()]*\\)");

  private AttachedIndexes() {}

  /** The index or constraint of the partitioned table that this one belongs to. */
  static Optional<FactId> parent(Fact fact) {
    if (!fact.items(Attribute.ATTACHED_TO).isEmpty()) {
      return Optional.of(new FactId(Kind.INDEX, fact.items(Attribute.ATTACHED_TO)));
    }
    if (!fact.items(Attribute.PARTITION_OF_LIST).isEmpty()) {
      FactId index = new FactId(Kind.INDEX, fact.items(Attribute.PARTITION_OF_LIST));
      return fact.dependsOn().stream()
          .filter(id -> id.equals(index))
          .findFirst()
          .or(() -> Optional.of(index));
    }
    return fact.has(Attribute.PARTITION_OF)
        ? fact.dependsOn().stream()
            .filter(
                id ->
                    id.kind() == Kind.CONSTRAINT
                        && id.lastName().equals(fact.text(Attribute.PARTITION_OF)))
            .findFirst()
        : Optional.empty();
  }

  /**
   * Whether the parent's index must not make those of the partitions: one of them has none, has a
   * constraint instead, or PostgreSQL would choose a name that nobody can foresee.
   */
  static boolean onlyParent(Fact index, PlanContext context) {
    return followsPartitions(index, context)
        || partitions(index, context.to())
            .filter(partition -> !made(partition, context))
            .anyMatch(
                partition ->
                    attached(partition, index.id(), context.to())
                        .filter(one -> one.id().kind() == index.id().kind())
                        .filter(one -> !nameIsTaken(one, context) && !onlyParent(one, context))
                        .isEmpty());
  }

  /**
   * Whether an index must not be there yet when partitions come, because PostgreSQL gives each the
   * indexes of its parent: one of the partitions is not to have it, or another index is so like it
   * that PostgreSQL may take the partition's index of the one for that of the other.
   */
  static boolean followsPartitions(Fact index, PlanContext context) {
    return isIndex(index)
        && (isPartial(index, context.to())
            || links(index, context.to())
                    .anyMatch(
                        link ->
                            context.created().contains(link.id())
                                || !context.from().find(link.id()).equals(Optional.of(link)))
                && hasTwin(index, context.to()));
  }

  /** What comes before an index of a partitioned table that must not be copied. */
  static Set<FactId> partitionsBefore(Fact index, PlanContext context) {
    return followsPartitions(index, context)
        ? links(index, context.to()).map(Fact::id).collect(Collectors.toSet())
        : Set.of();
  }

  /**
   * The indexes of a partitioned table that would be copied to a new partition, or mistaken, and so
   * have to be made again when it is there.
   *
   * @param link the partition
   */
  static Set<FactId> copied(Fact link, PlanContext context) {
    FactId partition = link.parent().orElseThrow();
    return context.to().childrenOf(PartitionRule.parentId(link)).stream()
        .filter(index -> isIndex(index) && context.from().has(index.id()))
        .filter(
            index -> {
              Optional<Fact> own = attached(partition, index.id(), context.to());
              return own.isEmpty()
                  || isPartial(own.get(), context.to())
                  || hasTwin(index, context.to())
                      && !own.equals(context.from().find(own.get().id()));
            })
        .map(Fact::id)
        .collect(Collectors.toSet());
  }

  private static boolean isIndex(Fact fact) {
    return fact.id().kind() == Kind.INDEX
        || fact.id().kind() == Kind.CONSTRAINT
            && List.of("primary key", "unique", "exclusion").contains(fact.text(Attribute.TYPE));
  }

  /** Whether a partition, at any depth, is not to have the index. */
  private static boolean isPartial(Fact index, Schema schema) {
    return partitions(index, schema)
        .anyMatch(
            partition ->
                attached(partition, index.id(), schema)
                    .filter(own -> !isPartial(own, schema))
                    .isEmpty());
  }

  /**
   * Whether another index of the table, before this one, differs in nothing that PostgreSQL asks.
   */
  private static boolean hasTwin(Fact index, Schema schema) {
    return index.id().kind() == Kind.INDEX
        && schema.childrenOf(index.parent().orElseThrow()).stream()
            .filter(other -> other.id().kind() == Kind.INDEX)
            .filter(other -> top(other, schema).compareTo(top(index, schema)) < 0)
            .anyMatch(other -> asked(other).equals(asked(index)));
  }

  /**
   * The index of the table at the top of the tree, so that the same one is the first everywhere.
   */
  private static FactId top(Fact index, Schema schema) {
    return parent(index).flatMap(schema::find).map(above -> top(above, schema)).orElse(index.id());
  }

  /** Order and storage are nothing to PostgreSQL when it looks for an index that fits. */
  private static String asked(Fact index) {
    return index.has(Attribute.UNIQUE)
        + " "
        + ASIDE.matcher(index.text(Attribute.DEFINITION)).replaceAll("");
  }

  /** Whether the name that PostgreSQL chooses first can be another one's by then. */
  static boolean nameIsTaken(Fact fact, PlanContext context) {
    String usual = usualName(fact);
    FactId table = fact.parent().orElseThrow();
    String schema = table.name(0);
    boolean alike =
        context.to().childrenOf(table).stream()
            .filter(one -> !one.id().equals(fact.id()) && parent(one).isPresent())
            .anyMatch(one -> usualName(one).equals(usual));
    return alike
        || Stream.of(context.from(), context.to())
            .anyMatch(
                in ->
                    RELATIONS.stream()
                        .map(kind -> FactId.of(kind, schema, usual))
                        .anyMatch(id -> !id.equals(fact.id()) && in.has(id)));
  }

  private static boolean made(FactId table, PlanContext context) {
    return context.created().contains(table)
        || context.created().contains(table.as(Kind.PARTITION));
  }

  private static Optional<Fact> attached(FactId table, FactId index, Schema schema) {
    return schema.childrenOf(table).stream()
        .filter(child -> parent(child).filter(index::equals).isPresent())
        .findFirst();
  }

  /** Whether PostgreSQL makes or finds the index by itself, so that at most its name is missing. */
  static boolean madeByItself(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    FactId parent = parent(fact).orElseThrow();
    if (!fact.items(Attribute.ATTACHED_TO).isEmpty() || follows(parent, context)) {
      return false;
    }
    if (context.included().contains(table.as(Kind.PARTITION))) {
      return true;
    }
    if (context.created().contains(table.as(Kind.PARTITION))) {
      return false;
    }
    return context.created().contains(parent)
        && context.to().find(parent).filter(one -> onlyParent(one, context)).isEmpty();
  }

  /** What attaches an index that was made by hand, unless attaching the table does. */
  static List<Statement> attach(Fact fact, String name, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    FactId parent = parent(fact).orElseThrow();
    boolean parentFollows =
        context.created().contains(parent)
            && context.to().find(parent).filter(one -> onlyParent(one, context)).isEmpty();
    boolean found = context.created().contains(table.as(Kind.PARTITION)) || parentFollows;
    return found && !follows(parent, context) ? List.of() : List.of(attachment(fact, name));
  }

  /** Whether an index is made when the partitions are there already. */
  static boolean follows(FactId index, PlanContext context) {
    return context.created().contains(index)
        && context.to().find(index).filter(one -> followsPartitions(one, context)).isPresent();
  }

  private static Statement attachment(Fact fact, String name) {
    FactId parent = parent(fact).orElseThrow();
    return Statement.changing(
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
  static boolean becomesValid(Fact before, Fact after, PlanContext context) {
    return before.has(Attribute.INVALID)
        && !after.has(Attribute.INVALID)
        && partitions(after, context.to())
            .anyMatch(
                partition ->
                    attached(partition, after.id(), context.from()).isEmpty()
                        && attached(partition, after.id(), context.to()).isPresent());
  }

  private static Stream<FactId> partitions(Fact index, Schema schema) {
    return links(index, schema).map(link -> link.parent().orElseThrow());
  }

  /** Foreign tables have no indexes. */
  private static Stream<Fact> links(Fact index, Schema schema) {
    FactId table = index.parent().orElseThrow();
    return schema.dependentsOf(table).stream()
        .filter(link -> link.id().kind() == Kind.PARTITION)
        .filter(link -> link.parent().orElseThrow().kind() == Kind.TABLE)
        .filter(link -> PartitionRule.parentId(link).equals(table));
  }

  /** The name that PostgreSQL gave is not always the wanted one. */
  static List<Statement> renamed(FactId id, String usual, String wanted) {
    return usual.equals(wanted)
        ? List.of()
        : List.of(
            Statement.changing(
                id, "ALTER INDEX " + qualified(id.name(0), usual) + " RENAME TO " + quote(wanted)));
  }

  static String usualName(Fact fact) {
    if (fact.id().kind() == Kind.INDEX) {
      return GeneratedName.of(
          fact.items(Attribute.TABLE_LIST).get(1), fact.items(Attribute.KEY_NAMES), "idx");
    }
    boolean primary = fact.text(Attribute.TYPE).equals("primary key");
    return GeneratedName.of(
        fact.id().name(1),
        primary ? List.of() : fact.items(Attribute.COLUMNS),
        primary ? "pkey" : fact.text(Attribute.TYPE).equals("exclusion") ? "excl" : "key");
  }

  /** An attached index cannot be dropped without its parent's, unless its table goes or leaves. */
  static Set<FactId> dropsAlong(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    boolean leaves =
        context.dropped().contains(table) || context.dropped().contains(table.as(Kind.PARTITION));
    return leaves ? Set.of() : parent(fact).map(Set::of).orElse(Set.of());
  }

  /**
   * Whether a constraint of a partition hangs on an index, which then goes only together with it.
   */
  static boolean holdsConstraints(FactId index, Schema schema) {
    return schema.dependentsOf(index).stream()
        .anyMatch(one -> !one.items(Attribute.ATTACHED_TO).isEmpty());
  }

  /**
   * How an index comes to belong to another one, or stops to.
   *
   * @return nothing when it has to be made again
   */
  static Optional<List<Statement>> change(
      Fact before, Fact after, String name, PlanContext context) {
    FactId table = after.parent().orElseThrow();
    FactId link = table.as(Kind.PARTITION);
    boolean links = !context.from().find(link).equals(context.to().find(link));
    Optional<FactId> old = parent(before);
    Optional<FactId> wanted = parent(after);
    if (old.isPresent() && !links) {
      return Optional.empty();
    }
    if (wanted.isPresent() && isMadeAfter(wanted.get(), context)) {
      return Optional.of(List.of(attachment(after, name)));
    }
    if (wanted.isEmpty() || links) {
      return Optional.of(List.of());
    }
    boolean follows =
        !context.from().has(wanted.get())
            && context.to().find(wanted.get()).filter(one -> onlyParent(one, context)).isEmpty();
    return Optional.of(follows ? List.of() : List.of(attachment(after, name)));
  }

  /** Whether the plan makes an index, anew or again, when the partitions are there already. */
  private static boolean isMadeAfter(FactId index, PlanContext context) {
    return context
        .to()
        .find(index)
        .filter(one -> followsPartitions(one, context))
        .filter(
            one ->
                !context.from().has(index)
                    || links(one, context.to())
                        .filter(link -> !context.from().find(link.id()).equals(Optional.of(link)))
                        .anyMatch(link -> copied(link, context).contains(index)))
        .isPresent();
  }
}
