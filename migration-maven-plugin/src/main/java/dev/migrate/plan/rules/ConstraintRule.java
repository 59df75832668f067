package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.Operation;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Planning rule for table constraints. */
final class ConstraintRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.CONSTRAINT);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    if (fact.has(Attribute.VALIDATED_HERE)) {
      return List.of(validate(fact));
    }
    if (keptOnDetach(fact, context)) {
      return List.of();
    }
    boolean attached = AttachedIndexes.parent(fact).isPresent();
    if (attached && AttachedIndexes.madeByItself(fact, context)) {
      return AttachedIndexes.renamed(
          fact.id(), AttachedIndexes.usualName(fact), fact.id().lastName());
    }
    List<Statement> statements = new ArrayList<>();
    String table = qualified(fact.id());
    Statement add =
        Statement.altering(
            fact.id(),
            table,
            isIndexed(fact) && AttachedIndexes.onlyParent(fact, context),
            new TableAction.AddConstraint(
                quote(fact.id().lastName()),
                ConstraintDefinition.body(fact),
                fact.text(Attribute.TYPE).equals("check"),
                false));
    if (!fact.has(Attribute.NOT_VALID)
        && !fact.has(Attribute.NOT_ENFORCED)
        && !context.created().contains(fact.parent().orElseThrow())) {
      add =
          (cannotFail(fact, context) ? add : add.with(refused(fact)))
              .with(new Hazard.ScansTable(table));
    }
    statements.add(add.with(new Hazard.Blocks(lock(fact), table)));
    if (fact.has(Attribute.INDEX)) {
      statements.add(
          Statement.changing(
              fact.id(),
              "ALTER INDEX "
                  + qualified(fact.id().name(0), fact.id().lastName())
                  + " RENAME TO "
                  + quote(fact.text(Attribute.INDEX))));
    }
    if (attached) {
      statements.addAll(AttachedIndexes.attach(fact, index(fact), context));
    }
    if (fact.has(Attribute.CLUSTERED)) {
      statements.add(
          Statement.changing(fact.id(), alter(fact.id()) + " CLUSTER ON " + quote(index(fact))));
    }
    return statements;
  }

  private static boolean isIndexed(Fact fact) {
    return !fact.items(Attribute.COLUMNS).isEmpty()
        || fact.text(Attribute.TYPE).equals("exclusion");
  }

  private static Statement validate(Fact fact) {
    return validated(fact.id()).with(new Hazard.ScansTable(qualified(fact.id())));
  }

  private static Statement validated(FactId id) {
    return Statement.altering(id, new TableAction.ValidateConstraint(quote(id.lastName())));
  }

  private static String lock(Fact fact) {
    return fact.text(Attribute.TYPE).equals("foreign key")
        ? "SHARE ROW EXCLUSIVE"
        : "ACCESS EXCLUSIVE";
  }

  private static Hazard refused(Fact fact) {
    String reason =
        switch (fact.text(Attribute.TYPE)) {
          case "check" -> "a row may not satisfy it";
          case "foreign key" -> "a row may refer to one that is not there";
          case "exclusion" -> "two rows may exclude each other";
          default ->
              isWithoutOverlaps(fact)
                  ? "two rows may overlap"
                  : "two rows may have the same "
                      + String.join(", ", fact.items(Attribute.COLUMNS));
        };
    return new Hazard.MayFailOnRows(offenders(fact), fact.id() + ": " + reason);
  }

  /** Whether no row that is there can be refused. */
  private static boolean cannotFail(Fact fact, PlanContext context) {
    Fact table = context.to().find(fact.parent().orElseThrow()).orElseThrow();
    List<String> columns =
        fact.text(Attribute.TYPE).equals("foreign key")
            ? UniqueKeys.columns(fact.text(Attribute.DEFINITION))
            : fact.items(Attribute.COLUMNS);
    return switch (fact.text(Attribute.TYPE)) {
      case "foreign key" -> {
        boolean full = fact.text(Attribute.DEFINITION).contains(" MATCH FULL");
        List<String> empty =
            columns.stream()
                .filter(name -> UniqueKeys.isNewAndNull(table.id(), name, context))
                .toList();
        yield full ? !columns.isEmpty() && empty.equals(columns) : !empty.isEmpty();
      }
      case "primary key", "unique" ->
          UniqueKeys.cannotFail(
              table,
              isWithoutOverlaps(fact) ? columns.subList(0, columns.size() - 1) : columns,
              fact.text(Attribute.DEFINITION).contains(" NULLS NOT DISTINCT"),
              context);
      case "exclusion" ->
          fact.items(Attribute.COLUMNS).stream()
              .anyMatch(name -> UniqueKeys.isNewAndNull(table.id(), name, context));
      default -> false;
    };
  }

  private static boolean isWithoutOverlaps(Fact fact) {
    return fact.text(Attribute.DEFINITION).contains(" WITHOUT OVERLAPS");
  }

  private static String offenders(Fact fact) {
    String table = qualified(fact.id());
    List<String> columns = fact.items(Attribute.COLUMNS);
    return switch (fact.text(Attribute.TYPE)) {
      case "check" -> {
        String check = PrintedExpressions.unwrapped(fact.text(Attribute.DEFINITION));
        int close = PrintedExpressions.closing(check, check.indexOf('('));
        yield close < 0
            ? ""
            : "SELECT * FROM "
                + table
                + " WHERE NOT "
                + check.substring(check.indexOf('('), close + 1);
      }
      case "primary key", "unique" ->
          isWithoutOverlaps(fact)
              ? UniqueKeys.overlaps(table, columns)
              : UniqueKeys.duplicates(
                  table,
                  UniqueKeys.quoted(columns),
                  fact.text(Attribute.DEFINITION).contains(" NULLS NOT DISTINCT"),
                  Optional.empty());
      case "exclusion" -> UniqueKeys.excluded(table, fact.text(Attribute.DEFINITION));
      case "foreign key" -> UniqueKeys.orphans(fact);
      default -> "";
    };
  }

  private static String index(Fact fact) {
    return fact.has(Attribute.INDEX) ? fact.text(Attribute.INDEX) : fact.id().lastName();
  }

  private static String alter(FactId id) {
    return "ALTER TABLE " + qualified(id);
  }

  /** A partition keeps what it had from its parent when it is detached. */
  private static boolean keptOnDetach(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    return inherited(
        fact, table, context.from(), context.dropped(), Set.of(Kind.PARTITION, Kind.INHERITANCE));
  }

  /**
   * A partition brings what its parent asks for when it is attached. A table that inherits gets it
   * from there, see {@link InheritedChecks}.
   */
  private static boolean neededOnAttach(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    return inherited(fact, table, context.to(), context.created(), Set.of(Kind.PARTITION));
  }

  private static boolean inherited(
      Fact fact, FactId table, Schema schema, Set<FactId> changing, Set<Kind> kinds) {
    if (!fact.text(Attribute.TYPE).equals("check")
            && !fact.text(Attribute.TYPE).equals("foreign key")
        || changing.contains(table)) {
      return false;
    }
    for (Fact link : schema.childrenOf(table)) {
      if (kinds.contains(link.id().kind()) && changing.contains(link.id())) {
        for (FactId parent : link.dependsOn()) {
          FactId same =
              FactId.of(Kind.CONSTRAINT, parent.name(0), parent.lastName(), fact.id().lastName());
          if (schema.find(same).filter(one -> sameCheck(one, fact)).isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether the table has the constraint already, and keeps it. */
  boolean standsBefore(Fact constraint, FactId own, PlanContext context) {
    return context.from().find(own).filter(one -> sameCheck(one, constraint)).isPresent();
  }

  private static boolean sameCheck(Fact one, Fact other) {
    return one.text(Attribute.DEFINITION).equals(other.text(Attribute.DEFINITION));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    if (neededOnAttach(fact, context) || fact.has(Attribute.VALIDATED_HERE)) {
      return List.of();
    }
    return List.of(
        Statement.altering(
                fact.id(), new TableAction.DropConstraint(false, quote(fact.id().lastName())))
            .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(fact.id()))));
  }

  /**
   * A partition that leaves keeps what it has from its parent, unless the parent loses it first.
   */
  @Override
  public boolean dropsApart(Fact fact, PlanContext context) {
    if (!fact.text(Attribute.TYPE).equals("foreign key")
        && !fact.text(Attribute.TYPE).equals("check")) {
      return false;
    }
    FactId table = fact.parent().orElseThrow();
    return context.from().dependentsOf(table).stream()
        .filter(link -> link.id().kind() == Kind.PARTITION)
        .map(link -> link.parent().orElseThrow())
        .anyMatch(
            partition ->
                !partition.equals(table)
                    && !context.dropped().contains(partition)
                    && !context
                        .to()
                        .has(
                            FactId.of(
                                Kind.CONSTRAINT,
                                partition.name(0),
                                partition.name(1),
                                fact.id().lastName())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    String name = quote(after.id().lastName());
    String table = qualified(after.id());
    if (!after.has(Attribute.NOT_VALID)) {
      alterations.on(
          Attribute.NOT_VALID,
          () ->
              alterations.add(
                  validated(after.id()).with(refused(after)).with(new Hazard.ScansTable(table))));
    }
    if (after.text(Attribute.TYPE).equals("foreign key")
        && (alterations.differs(Attribute.DEFERRABLE) || alterations.differs(Attribute.DEFERRED))) {
      String state =
          after.has(Attribute.DEFERRABLE)
              ? " DEFERRABLE"
                  + (after.has(Attribute.DEFERRED) ? " INITIALLY DEFERRED" : " INITIALLY IMMEDIATE")
              : " NOT DEFERRABLE";
      alterations
          .add(alter(after.id()) + " ALTER CONSTRAINT " + name + state)
          .cover(Attribute.DEFERRABLE)
          .cover(Attribute.DEFERRED);
    }
    if (alterations.differs(Attribute.PARTITION_OF) || alterations.differs(Attribute.ATTACHED_TO)) {
      AttachedIndexes.change(before, after, index(after), context)
          .ifPresent(
              statements ->
                  alterations
                      .addAll(statements)
                      .cover(Attribute.PARTITION_OF)
                      .cover(Attribute.ATTACHED_TO));
    }
    if (AttachedIndexes.becomesValid(before, after, context)) {
      alterations.cover(Attribute.INVALID);
    }
    String indexName = qualified(after.id().name(0), index(after));
    return alterations
        .on(
            Attribute.OPTIONS,
            () -> StorageOptions.change(alterations, "ALTER INDEX " + indexName, before, after))
        .on(
            Attribute.INDEX,
            () ->
                alterations.add(
                    "ALTER INDEX "
                        + qualified(before.id().name(0), index(before))
                        + " RENAME TO "
                        + quote(index(after))))
        .on(
            Attribute.TABLESPACE,
            () ->
                alterations.add(
                    Statement.of(
                        after.id(),
                        new Operation.SetTablespace(
                            "INDEX " + indexName, TableRule.tablespace(after)))))
        .on(
            Attribute.CLUSTERED,
            () ->
                alterations.add(
                    alter(after.id())
                        + (after.has(Attribute.CLUSTERED)
                            ? " CLUSTER ON " + quote(index(after))
                            : " SET WITHOUT CLUSTER")))
        .orRecreate();
  }

  @Override
  public Set<FactId> createsAfter(Fact fact, PlanContext context) {
    return switch (fact.text(Attribute.TYPE)) {
      case "foreign key" -> partitionsReferred(fact, context);
      case "primary key", "unique", "exclusion" -> AttachedIndexes.partitionsBefore(fact, context);
      default -> InheritedChecks.comesAfter(fact, context);
    };
  }

  /** The rows that a key refers to have to be there: in partitions, which come back. */
  private static Set<FactId> partitionsReferred(Fact key, PlanContext context) {
    Set<FactId> links = new TreeSet<>();
    List<FactId> waiting =
        new ArrayList<>(
            key.dependsOn().stream()
                .filter(on -> on.kind() == Kind.COLUMN)
                .map(on -> FactId.of(Kind.TABLE, on.name(0), on.name(1)))
                .distinct()
                .toList());
    while (!waiting.isEmpty()) {
      FactId table = waiting.remove(0);
      for (Fact link : context.to().dependentsOf(table)) {
        if (link.id().kind() == Kind.PARTITION
            && PartitionRule.parentId(link).equals(table)
            && links.add(link.id())) {
          waiting.add(link.parent().orElseThrow());
        }
      }
    }
    return links;
  }

  @Override
  public Set<FactId> dropsAlong(Fact fact, PlanContext context) {
    return AttachedIndexes.dropsAlong(fact, context);
  }

  @Override
  public Optional<FactId> dropsWith(Fact fact) {
    return AttachedIndexes.parent(fact);
  }

  @Override
  public Set<String> takes(Fact fact) {
    return switch (fact.text(Attribute.TYPE)) {
      case "primary key", "unique", "exclusion" ->
          Set.of("relation " + qualified(fact.id().name(0), index(fact)));
      default -> Set.of();
    };
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    if (!TypedTables.isTyped(fact.parent().orElseThrow(), schema)) {
      return RenameText.inTable(fact.id(), to, "CONSTRAINT");
    }
    if (takes(fact).isEmpty()) {
      throw new MigrateException(
          FailureCode.NOT_SUPPORTED,
          "PostgreSQL cannot rename a constraint of a table of a type: " + fact.id() + ".",
          "Take the rename out of migrate.rename: the constraint is dropped and added again then.");
    }
    return AttachedIndexes.renamed(to, index(fact), to.lastName());
  }
}
