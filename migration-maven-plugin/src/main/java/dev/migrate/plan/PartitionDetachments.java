package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Plans which partitions and child tables are detached before everything else, because they stay
 * and are to be of another shape, of another parent or of none.
 *
 * @param applied the old schema after they have left
 * @param statements what makes them leave
 */
record PartitionDetachments(Schema applied, List<Statement> statements) {

  /**
   * @param reshaped partitioned tables that cannot be altered although they stay
   */
  static PartitionDetachments of(Schema from, Schema to, Set<FactId> reshaped, KindRules rules) {
    PlanContext context = PlanContext.between(from, to);
    Schema schema = from;
    List<Statement> statements = new ArrayList<>();
    for (Fact link : from.facts().values()) {
      boolean links = link.id().kind() == Kind.PARTITION || link.id().kind() == Kind.INHERITANCE;
      if (links && leaves(link, from, to, reshaped)) {
        statements.addAll(rules.of(link.id().kind()).drop(link, context));
        schema = new Left(schema, link).schema();
      }
    }
    return new PartitionDetachments(schema, statements);
  }

  /** Where only the link changes, it is enough to change the link. */
  private static boolean leaves(Fact link, Schema from, Schema to, Set<FactId> reshaped) {
    FactId table = link.parent().orElseThrow();
    Optional<Fact> wanted = to.find(link.id());
    if (!to.has(table)) {
      return false;
    }
    if (wanted.isEmpty()) {
      return true;
    }
    if (link.id().kind() == Kind.INHERITANCE) {
      return !isFirst(link, from) && sharesChangedColumn(table, from, to);
    }
    return link.id().kind() == Kind.PARTITION
        && (reshaped.contains(parent(link))
            || !staysTable(link, from, to)
            || !wanted.get().equals(link) && !columns(table, from).equals(columns(table, to)));
  }

  private static boolean isFirst(Fact link, Schema schema) {
    return schema.childrenOf(link.parent().orElseThrow()).stream()
        .filter(other -> other.id().kind() == Kind.INHERITANCE)
        .noneMatch(other -> position(other) < position(link));
  }

  private static int position(Fact link) {
    return Integer.parseInt(link.text(Attribute.POSITION));
  }

  /** PostgreSQL changes the type of a column through one parent only, and of no other's. */
  private static boolean sharesChangedColumn(FactId table, Schema from, Schema to) {
    return from.childrenOf(table).stream()
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has(Attribute.INHERITED))
        .filter(column -> Inheritance.ofParents(column, from).count() > 1)
        .anyMatch(
            column ->
                to.find(column.id())
                    .filter(after -> !type(column, from).equals(type(after, to)))
                    .isPresent());
  }

  private static List<String> type(Fact column, Schema schema) {
    Fact definition = Inheritance.definition(column, schema);
    return List.of(definition.text(Attribute.TYPE), definition.text(Attribute.COLLATION));
  }

  /** Whether the parent is the same table before and after. */
  private static boolean staysTable(Fact link, Schema from, Schema to) {
    FactId parent = parent(link);
    return to.find(link.id()).map(PartitionDetachments::parent).filter(parent::equals).isPresent()
        && from.find(parent)
            .map(PartitionDetachments::form)
            .equals(to.find(parent).map(PartitionDetachments::form));
  }

  /** What of a partitioned table cannot be altered. */
  private static List<String> form(Fact table) {
    return List.of(
        table.text(Attribute.PARTITION_KEY), String.valueOf(table.has(Attribute.UNLOGGED)));
  }

  private static FactId parent(Fact link) {
    return link.id().kind() == Kind.PARTITION
        ? FactId.of(Kind.TABLE, link.text(Attribute.SCHEMA), link.text(Attribute.TABLE))
        : FactId.of(Kind.TABLE, link.id().name(2), link.id().name(3));
  }

  private static Set<String> columns(FactId table, Schema schema) {
    return schema.childrenOf(table).stream()
        .filter(child -> child.id().kind() == Kind.COLUMN)
        .map(child -> child.id().lastName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * A schema after one table has left: it says itself what it had from its parent.
   *
   * @see <a
   *     href="https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DETACH-PARTITION">DETACH
   *     PARTITION</a>
   */
  private static final class Left {
    private static final int FIRST_WITH_NAMED_NOT_NULL = 18;

    private final Schema before;
    private final Fact link;
    private final FactId table;
    private final List<Fact> facts = new ArrayList<>();

    Left(Schema before, Fact link) {
      this.before = before;
      this.link = link;
      this.table = link.parent().orElseThrow();
    }

    Schema schema() {
      for (Fact fact : before.facts().values()) {
        if (fact.id().equals(link.id())) {
          continue;
        }
        boolean own = fact.parent().filter(table::equals).isPresent();
        switch (fact.id().kind()) {
          case COLUMN -> {
            if (own && fact.dependsOn().contains(ofParent(fact))) {
              column(fact);
            } else {
              facts.add(fact);
            }
          }
          case DEFAULT -> {
            if (!isDefaultOfTable(fact) || !fact.text(Attribute.EXPRESSION).equals("NULL")) {
              facts.add(fact);
            }
          }
          case CONSTRAINT, INDEX -> {
            if (own && !fact.has(Attribute.VALIDATED_HERE)) {
              facts.add(alone(fact));
            } else if (!own) {
              facts.add(fact);
            }
          }
          default -> facts.add(fact);
        }
      }
      inheritedConstraints();
      return new Schema(facts, before.uncovered(), before.columnOrder(), before.origin());
    }

    private boolean isDefaultOfTable(Fact fact) {
      return fact.id().name(0).equals(table.name(0)) && fact.id().name(1).equals(table.name(1));
    }

    private FactId ofParent(Fact column) {
      FactId parent = parent(link);
      return FactId.of(Kind.COLUMN, parent.name(0), parent.name(1), column.id().lastName());
    }

    /** Whether another parent that the table keeps has the column too. */
    private boolean stays(Fact column) {
      return column.dependsOn().stream()
          .anyMatch(
              on ->
                  on.kind() == Kind.COLUMN
                      && on.lastName().equals(column.id().lastName())
                      && !on.equals(ofParent(column)));
    }

    private void column(Fact column) {
      if (stays(column)) {
        Set<FactId> rest = new TreeSet<>(column.dependsOn());
        rest.remove(ofParent(column));
        facts.add(column.copy().dependsOnly(rest).build());
        return;
      }
      Fact definition = Inheritance.definition(column, before);
      Fact.Builder alone =
          column
              .copy()
              .flag(Attribute.INHERITED, false)
              .note(Note.LOCAL, false)
              .text(Attribute.TYPE, definition.text(Attribute.TYPE))
              .text(Attribute.COLLATION, textOrNull(definition, Attribute.COLLATION))
              .text(Attribute.GENERATED, textOrNull(definition, Attribute.GENERATED))
              .text(Attribute.GENERATED_KIND, textOrNull(definition, Attribute.GENERATED_KIND))
              .dependsOnly(ownDependencies(definition, column));
      Inheritance.notNull(column, before).ifPresent(said -> notNull(alone, column, said));
      facts.add(alone.build());
      FactId own = column.id().as(Kind.DEFAULT);
      if (!before.has(own) && !definition.has(Attribute.GENERATED)) {
        Inheritance.defaultOf(column, before)
            .filter(fact -> !fact.text(Attribute.EXPRESSION).equals("NULL"))
            .ifPresent(
                fact ->
                    facts.add(
                        fact.copy()
                            .id(own)
                            .parent(column.id())
                            .dependsOnly(ownDependencies(fact, fact))
                            .build()));
      }
    }

    /** Since PostgreSQL 18 it has a name, and keeps it. */
    private void notNull(Fact.Builder alone, Fact column, Fact said) {
      alone.flag(Attribute.NOT_NULL, true);
      if (before.origin().major() < FIRST_WITH_NAMED_NOT_NULL) {
        return;
      }
      String usual = FactNames.notNull(column.id());
      String name = FactNames.notNull(said);
      alone.text(Attribute.NOT_NULL_NAME, name.equals(usual) ? null : name);
    }

    private static String textOrNull(Fact fact, Attribute<String> attribute) {
      return fact.has(attribute) ? fact.text(attribute) : null;
    }

    /** What the parent's depends on, with the table's columns in place of the parent's. */
    private Set<FactId> ownDependencies(Fact definition, Fact column) {
      Set<FactId> own = new TreeSet<>();
      for (FactId on : definition.dependsOn()) {
        boolean ofDefinition =
            on.kind() == Kind.COLUMN && sameTable(on, definition.id()) && on.names().size() == 3;
        if (ofDefinition) {
          own.add(FactId.of(Kind.COLUMN, table.name(0), table.name(1), on.lastName()));
        } else if (!definition.parent().filter(on::equals).isPresent()) {
          own.add(on);
        }
      }
      own.remove(column.id());
      return own;
    }

    private static boolean sameTable(FactId one, FactId other) {
      return one.name(0).equals(other.name(0)) && one.name(1).equals(other.name(1));
    }

    /** A key or an index that no longer belongs to the parent's. */
    private Fact alone(Fact fact) {
      Fact.Builder alone = fact.copy();
      if (fact.id().kind() == Kind.INDEX) {
        alone.items(Attribute.PARTITION_OF_LIST, List.of());
      } else {
        alone.text(Attribute.PARTITION_OF, null).items(Attribute.ATTACHED_TO, List.of());
      }
      return alone
          .dependsOnly(
              fact.dependsOn().stream()
                  .filter(on -> on.kind() != Kind.CONSTRAINT && on.kind() != Kind.INDEX)
                  .collect(Collectors.toSet()))
          .build();
    }

    private void inheritedConstraints() {
      boolean partition = link.id().kind() == Kind.PARTITION;
      Deque<FactId> parents = new ArrayDeque<>(List.of(parent(link)));
      while (!parents.isEmpty()) {
        FactId at = parents.poll();
        for (Fact child : before.childrenOf(at)) {
          String type = child.text(Attribute.TYPE);
          boolean kept =
              child.id().kind() == Kind.CONSTRAINT
                  && (type.equals("check")
                          && !child.text(Attribute.DEFINITION).endsWith(" NO INHERIT")
                      || type.equals("foreign key") && partition);
          FactId id =
              FactId.of(Kind.CONSTRAINT, table.name(0), table.name(1), child.id().lastName());
          if (kept && facts.stream().noneMatch(fact -> fact.id().equals(id))) {
            facts.add(
                child
                    .copy()
                    .id(id)
                    .parent(table)
                    .flag(
                        Attribute.NOT_VALID,
                        child.has(Attribute.NOT_VALID)
                            && before
                                .find(id)
                                .filter(one -> one.has(Attribute.VALIDATED_HERE))
                                .isEmpty())
                    .dependsOnly(ownDependencies(child, child))
                    .build());
          }
        }
        for (Fact link : before.childrenOf(at)) {
          if (link.id().kind() == Kind.PARTITION || link.id().kind() == Kind.INHERITANCE) {
            parents.add(parent(link));
          }
        }
      }
    }
  }
}
