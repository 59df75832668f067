package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders CREATE TABLE, with those columns and constraints that it can hold. */
final class CreateTable {
  private CreateTable() {}

  /** Whether a constraint can stand in CREATE TABLE and means the same there. */
  static boolean canHold(Fact constraint) {
    return !constraint.has(Attribute.NOT_VALID)
        && !constraint.has(Attribute.VALIDATED_HERE)
        && constraint.items(Attribute.ATTACHED_TO).isEmpty()
        && !constraint.has(Attribute.PARTITION_OF)
        && !constraint.has(Attribute.INDEX)
        && !constraint.has(Attribute.NOT_ENFORCED);
  }

  static List<Statement> statements(Fact fact, PlanContext context) {
    FactId id = fact.id();
    Optional<Fact> partition =
        context
            .to()
            .find(id.as(Kind.PARTITION))
            .filter(one -> context.included().contains(one.id()));
    boolean attachedLater = partition.isEmpty() && context.to().has(id.as(Kind.PARTITION));
    List<String> parts =
        attachedLater ? like(fact, context) : parts(fact, context, partition.isPresent());
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(fact.has(Attribute.UNLOGGED) ? "UNLOGGED " : "");
    sql.append(ObjectReference.keyword(id)).append(' ').append(qualified(id));
    partition.ifPresent(
        one ->
            sql.append(" PARTITION OF ")
                .append(qualified(one.text(Attribute.SCHEMA), one.text(Attribute.TABLE))));
    boolean typed = fact.has(Attribute.TYPE);
    if (typed) {
      sql.append(" OF ").append(fact.text(Attribute.TYPE));
    }
    if (!parts.isEmpty()) {
      sql.append(" (\n    ").append(String.join(",\n    ", parts)).append("\n)");
    } else if (partition.isEmpty() && !typed) {
      sql.append(" ()");
    }
    List<Fact> parents = parents(id, context);
    if (!parents.isEmpty()) {
      sql.append(
          parents.stream()
              .map(parent -> qualified(parent.id().name(2), parent.id().name(3)))
              .collect(Collectors.joining(", ", "\nINHERITS (", ")")));
    }
    partition.ifPresent(one -> sql.append(' ').append(one.text(Attribute.BOUND)));
    if (fact.has(Attribute.PARTITION_KEY)) {
      sql.append(" PARTITION BY ").append(fact.text(Attribute.PARTITION_KEY));
    }
    sql.append(
        fact.has(Attribute.ACCESS_METHOD)
            ? " USING " + quote(fact.text(Attribute.ACCESS_METHOD))
            : "");
    if (fact.has(Attribute.SERVER)) {
      sql.append("\nSERVER ").append(quote(fact.text(Attribute.SERVER)));
      sql.append(StorageOptions.foreign(fact));
    }
    sql.append(StorageOptions.with(fact));
    sql.append(fact.has(Attribute.TABLESPACE) ? " TABLESPACE " + TableRule.tablespace(fact) : "");
    List<Statement> statements = new ArrayList<>();
    Statement create = Statement.creating(id, sql.toString());
    statements.add(
        partition
            .flatMap(link -> PartitionBound.heldByDefault(link, context))
            .map(create::with)
            .orElse(create));
    statements.addAll(after(fact, context));
    return statements;
  }

  private static List<Fact> parents(FactId id, PlanContext context) {
    return context.to().childrenOf(id).stream()
        .filter(
            child ->
                child.id().kind() == Kind.INHERITANCE && context.included().contains(child.id()))
        .sorted(
            java.util.Comparator.comparing(
                child -> Integer.valueOf(child.text(Attribute.POSITION))))
        .toList();
  }

  private static List<String> parts(Fact fact, PlanContext context, boolean partition) {
    FactId id = fact.id();
    List<String> parts = new ArrayList<>();
    boolean whole = !partition && !fact.has(Attribute.TYPE);
    InlineConstraints inline =
        new InlineConstraints(
            whole ? constraints(id, context) : List.of(), column -> isWritten(id, column, context));
    for (String name : context.to().columnOrder().getOrDefault(id, List.of())) {
      FactId columnId = FactId.of(Kind.COLUMN, id.name(0), id.name(1), name);
      Fact column = context.to().find(columnId).orElseThrow();
      if (!context.included().contains(columnId)) {
        continue;
      }
      if (fact.has(Attribute.TYPE) || column.has(Attribute.INHERITED) && !column.has(Note.LOCAL)) {
        ColumnDefinition.overrides(column, context, partition || fact.has(Attribute.TYPE))
            .ifPresent(parts::add);
      } else {
        boolean key = inline.isPrimaryKey(name) && NotNull.named(column, context).isEmpty();
        Fact shown = key ? column.copy().flag(Attribute.NOT_NULL, false).build() : column;
        parts.add(ColumnDefinition.of(shown, context).sql() + inline.behind(name));
      }
    }
    List<Fact> others = whole ? inline.others() : constraints(id, context);
    others.forEach(one -> parts.add(ConstraintDefinition.inTable(one)));
    return parts;
  }

  /** Whether a column stands in CREATE TABLE, and does not just come from a parent. */
  private static boolean isWritten(FactId table, String name, PlanContext context) {
    FactId id = FactId.of(Kind.COLUMN, table.name(0), table.name(1), name);
    return context
        .to()
        .find(id)
        .filter(column -> context.included().contains(id))
        .filter(column -> !column.has(Attribute.INHERITED) || column.has(Note.LOCAL))
        .isPresent();
  }

  /** A partition that is attached later has what its parent has. */
  private static List<String> like(Fact fact, PlanContext context) {
    Fact link = context.to().find(fact.id().as(Kind.PARTITION)).orElseThrow();
    List<String> parts = new ArrayList<>();
    parts.add(
        "LIKE "
            + qualified(link.text(Attribute.SCHEMA), link.text(Attribute.TABLE))
            + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE");
    constraints(fact.id(), context).forEach(one -> parts.add(ConstraintDefinition.inTable(one)));
    return parts;
  }

  private static List<Fact> constraints(FactId table, PlanContext context) {
    return context.to().childrenOf(table).stream()
        .filter(
            child ->
                child.id().kind() == Kind.CONSTRAINT && context.included().contains(child.id()))
        .sorted(ConstraintDefinition.ORDER)
        .toList();
  }

  /** What CREATE TABLE cannot say. */
  private static List<Statement> after(Fact fact, PlanContext context) {
    FactId id = fact.id();
    String alter = "ALTER " + ObjectReference.keyword(id) + " " + qualified(id);
    List<Statement> statements = new ArrayList<>();
    if (fact.has(Attribute.ROW_SECURITY)) {
      statements.add(Statement.changing(id, alter + " ENABLE ROW LEVEL SECURITY"));
    }
    if (fact.has(Attribute.FORCED_ROW_SECURITY)) {
      statements.add(Statement.changing(id, alter + " FORCE ROW LEVEL SECURITY"));
    }
    for (Fact child : context.to().childrenOf(id)) {
      if (child.id().kind() == Kind.COLUMN && context.included().contains(child.id())) {
        statements.addAll(ColumnDefinition.settings(child, context));
        boolean said =
            context.included().contains(id.as(Kind.PARTITION)) || fact.has(Attribute.TYPE);
        if (child.has(Attribute.INHERITED)
            && !child.has(Note.LOCAL)
            && child.has(Attribute.NOT_NULL)
            && !said) {
          statements.add(NotNull.set(child));
        }
      } else if (child.has(Attribute.CLUSTERED) && context.included().contains(child.id())) {
        statements.add(
            Statement.changing(child.id(), alter + " CLUSTER ON " + quote(child.id().lastName())));
      }
    }
    return statements;
  }
}
