package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.Operation;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TypeChangeStrategy;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Planning rule for enums: values are added where they belong; without one of its values a type is
 * made anew.
 */
final class EnumRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.ENUM);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(created(fact));
  }

  private static Statement created(Fact fact) {
    return Statement.creating(
        fact.id(),
        "CREATE TYPE "
            + qualified(fact.id())
            + " AS ENUM ("
            + fact.items(Attribute.LABELS).stream()
                .map(SqlLiteral::literal)
                .collect(Collectors.joining(", "))
            + ")");
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP TYPE " + qualified(fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    List<String> old = before.items(Attribute.LABELS);
    List<String> wanted = after.items(Attribute.LABELS);
    Alterations alterations = new Alterations(before, after);
    if (keepsAll(before, after)) {
      return alterations
          .on(Attribute.LABELS, () -> alterations.addAll(added(after.id(), old, wanted)))
          .orRecreate();
    }
    return alterations
        .on(Attribute.LABELS, () -> alterations.addAll(moved(before, after, context)))
        .inTheWay(TypeReplacement::inTheWay)
        .remake()
        .orRecreate();
  }

  @Override
  public TypeChangeStrategy changes(Fact before, Fact after) {
    return keepsAll(before, after) ? TypeChangeStrategy.FREE : TypeChangeStrategy.MOVED;
  }

  /** Whether every label stays, in the same order. */
  private static boolean keepsAll(Fact before, Fact after) {
    List<String> kept = new ArrayList<>(after.items(Attribute.LABELS));
    kept.retainAll(before.items(Attribute.LABELS));
    return kept.equals(before.items(Attribute.LABELS));
  }

  private static List<Statement> moved(Fact before, Fact after, PlanContext context) {
    List<String> lost = new ArrayList<>(before.items(Attribute.LABELS));
    lost.removeAll(after.items(Attribute.LABELS));
    List<Statement> statements = new ArrayList<>();
    for (Statement statement : TypeReplacement.statements(before, created(after), context)) {
      boolean moves = statement.operation() instanceof Operation.AlterTable;
      statements.add(
          moves && !lost.isEmpty()
              ? statement.with(holding(lost, before.id(), context))
              : statement);
    }
    return statements;
  }

  /** Finds the rows that hold a value that goes, whichever column holds it. */
  private static Hazard holding(List<String> lost, FactId type, PlanContext context) {
    String labels = lost.stream().map(SqlLiteral::literal).collect(Collectors.joining(", "));
    List<String> queries = new ArrayList<>();
    for (Fact column : context.from().dependentsOf(type)) {
      String name = qualified(type);
      String of = column.text(Attribute.TYPE);
      if (column.id().kind() == Kind.COLUMN && (of.equals(name) || of.equals(name + "[]"))) {
        String value = SqlNames.quote(column.id().lastName());
        queries.add(
            "SELECT %s::text FROM %s WHERE %s"
                .formatted(
                    value,
                    qualified(column.id()),
                    of.equals(name)
                        ? "%s::text IN (%s)".formatted(value, labels)
                        : "%s::text[] && ARRAY[%s]".formatted(value, labels)));
      }
    }
    return new Hazard.MayFailOnRows(
        String.join(" UNION ALL ", queries), type + ": a row may hold " + labels);
  }

  private static List<Statement> added(FactId id, List<String> old, List<String> wanted) {
    List<Statement> statements = new ArrayList<>();
    List<String> present = new ArrayList<>(old);
    for (int i = 0; i < wanted.size(); i++) {
      String label = wanted.get(i);
      if (present.contains(label)) {
        continue;
      }
      String place = "";
      if (i < present.size()) {
        place =
            i == 0 ? " BEFORE " + literal(present.get(0)) : " AFTER " + literal(wanted.get(i - 1));
      }
      statements.add(Statement.of(id, new Operation.AddEnumValue(qualified(id), label, place)));
      present.add(i, label);
    }
    return statements;
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(ObjectReference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
