package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** CREATE TABLE, with what of a table it can hold. */
final class CreateTable {
  private CreateTable() {}

  /** Whether a constraint can stand in CREATE TABLE and means the same there. */
  static boolean canHold(Fact constraint) {
    return !constraint.has("not valid")
        && !constraint.has("validated here")
        && constraint.items("attached to").isEmpty()
        && !constraint.has("partition of")
        && !constraint.has("index")
        && !constraint.has("not enforced");
  }

  static List<Statement> statements(Fact fact, Scene scene) {
    FactId id = fact.id();
    Optional<Fact> partition =
        scene.to().find(id.as(Kind.PARTITION)).filter(one -> scene.included().contains(one.id()));
    boolean attachedLater = partition.isEmpty() && scene.to().has(id.as(Kind.PARTITION));
    List<String> parts =
        attachedLater ? like(fact, scene) : parts(fact, scene, partition.isPresent());
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(fact.has("unlogged") ? "UNLOGGED " : "");
    sql.append(Reference.keyword(id)).append(' ').append(qualified(id));
    partition.ifPresent(
        one ->
            sql.append(" PARTITION OF ").append(qualified(one.text("schema"), one.text("table"))));
    boolean typed = fact.has("type");
    if (typed) {
      sql.append(" OF ").append(fact.text("type"));
    }
    if (!parts.isEmpty()) {
      sql.append(" (\n    ").append(String.join(",\n    ", parts)).append("\n)");
    } else if (partition.isEmpty() && !typed) {
      sql.append(" ()");
    }
    List<Fact> parents = parents(id, scene);
    if (!parents.isEmpty()) {
      sql.append(
          parents.stream()
              .map(parent -> qualified(parent.id().name(2), parent.id().name(3)))
              .collect(Collectors.joining(", ", "\nINHERITS (", ")")));
    }
    partition.ifPresent(one -> sql.append(' ').append(one.text("bound")));
    if (fact.has("partition key")) {
      sql.append(" PARTITION BY ").append(fact.text("partition key"));
    }
    sql.append(fact.has("access method") ? " USING " + quote(fact.text("access method")) : "");
    if (fact.has("server")) {
      sql.append("\nSERVER ").append(quote(fact.text("server")));
      sql.append(Options.foreign(fact));
    }
    sql.append(Options.with(fact));
    sql.append(fact.has("tablespace") ? " TABLESPACE " + TableRule.tablespace(fact) : "");
    List<Statement> statements = new ArrayList<>();
    Statement create = Statement.creating(id, sql.toString());
    statements.add(
        partition
            .flatMap(link -> PartitionBound.heldByDefault(link, scene))
            .map(create::with)
            .orElse(create));
    statements.addAll(after(fact, scene));
    return statements;
  }

  private static List<Fact> parents(FactId id, Scene scene) {
    return scene.to().childrenOf(id).stream()
        .filter(
            child -> child.id().kind() == Kind.INHERITANCE && scene.included().contains(child.id()))
        .sorted(java.util.Comparator.comparing(child -> Integer.valueOf(child.text("position"))))
        .toList();
  }

  private static List<String> parts(Fact fact, Scene scene, boolean partition) {
    FactId id = fact.id();
    List<String> parts = new ArrayList<>();
    boolean whole = !partition && !fact.has("type");
    InlineConstraints inline =
        new InlineConstraints(
            whole ? constraints(id, scene) : List.of(), column -> isWritten(id, column, scene));
    for (String name : scene.to().columnOrder().getOrDefault(id, List.of())) {
      FactId columnId = FactId.of(Kind.COLUMN, id.name(0), id.name(1), name);
      Fact column = scene.to().find(columnId).orElseThrow();
      if (!scene.included().contains(columnId)) {
        continue;
      }
      if (fact.has("type") || column.has("inherited") && !column.notes().contains("local")) {
        ColumnDefinition.overrides(column, scene, partition || fact.has("type"))
            .ifPresent(parts::add);
      } else {
        boolean key = inline.isPrimaryKey(name) && NotNull.named(column, scene).isEmpty();
        Fact shown = key ? column.copy().flag("not null", false).build() : column;
        parts.add(ColumnDefinition.of(shown, scene).sql() + inline.behind(name));
      }
    }
    List<Fact> others = whole ? inline.others() : constraints(id, scene);
    others.forEach(one -> parts.add(ConstraintDefinition.inTable(one)));
    return parts;
  }

  /** Whether a column stands in CREATE TABLE, and does not just come from a parent. */
  private static boolean isWritten(FactId table, String name, Scene scene) {
    FactId id = FactId.of(Kind.COLUMN, table.name(0), table.name(1), name);
    return scene
        .to()
        .find(id)
        .filter(column -> scene.included().contains(id))
        .filter(column -> !column.has("inherited") || column.notes().contains("local"))
        .isPresent();
  }

  /** A partition that is attached later has what its parent has. */
  private static List<String> like(Fact fact, Scene scene) {
    Fact link = scene.to().find(fact.id().as(Kind.PARTITION)).orElseThrow();
    List<String> parts = new ArrayList<>();
    parts.add(
        "LIKE "
            + qualified(link.text("schema"), link.text("table"))
            + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE");
    constraints(fact.id(), scene).forEach(one -> parts.add(ConstraintDefinition.inTable(one)));
    return parts;
  }

  private static List<Fact> constraints(FactId table, Scene scene) {
    return scene.to().childrenOf(table).stream()
        .filter(
            child -> child.id().kind() == Kind.CONSTRAINT && scene.included().contains(child.id()))
        .sorted(ConstraintDefinition.ORDER)
        .toList();
  }

  /** What CREATE TABLE cannot say. */
  private static List<Statement> after(Fact fact, Scene scene) {
    FactId id = fact.id();
    String alter = "ALTER " + Reference.keyword(id) + " " + qualified(id);
    List<Statement> statements = new ArrayList<>();
    if (fact.has("row security")) {
      statements.add(Statement.changing(id, alter + " ENABLE ROW LEVEL SECURITY"));
    }
    if (fact.has("forced row security")) {
      statements.add(Statement.changing(id, alter + " FORCE ROW LEVEL SECURITY"));
    }
    for (Fact child : scene.to().childrenOf(id)) {
      if (child.id().kind() == Kind.COLUMN && scene.included().contains(child.id())) {
        statements.addAll(ColumnDefinition.settings(child, scene));
        boolean said = scene.included().contains(id.as(Kind.PARTITION)) || fact.has("type");
        if (child.has("inherited")
            && !child.notes().contains("local")
            && child.has("not null")
            && !said) {
          statements.add(NotNull.set(child));
        }
      } else if (child.has("clustered") && scene.included().contains(child.id())) {
        statements.add(
            Statement.changing(child.id(), alter + " CLUSTER ON " + quote(child.id().lastName())));
      }
    }
    return statements;
  }
}
