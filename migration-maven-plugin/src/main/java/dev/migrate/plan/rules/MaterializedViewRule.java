package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.Operation;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Planning rule for materialized views: a change of the query makes them anew. */
final class MaterializedViewRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.MATERIALIZED_VIEW);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.creating(
            fact.id(),
            "CREATE MATERIALIZED VIEW "
                + qualified(fact.id())
                + (fact.has(Attribute.ACCESS_METHOD)
                    ? " USING " + quote(fact.text(Attribute.ACCESS_METHOD))
                    : "")
                + StorageOptions.with(fact)
                + (fact.has(Attribute.TABLESPACE)
                    ? " TABLESPACE " + TableRule.tablespace(fact)
                    : "")
                + " AS\n"
                + ViewText.body(fact.text(Attribute.DEFINITION))));
    settingsColumns(fact).forEach(column -> statements.addAll(settings(fact, column)));
    return statements;
  }

  private static Stream<String> settingsColumns(Fact fact) {
    return fact.attributes().keySet().stream().flatMap(name -> Attribute.settingsOf(name).stream());
  }

  private static List<Statement> settings(Fact fact, String column) {
    String alter =
        "ALTER MATERIALIZED VIEW "
            + qualified(fact.id())
            + " ALTER COLUMN "
            + quote(column)
            + " SET ";
    return fact.items(Attribute.columnSettings(column)).stream()
        .map(setting -> Statement.changing(fact.id(), alter + setting))
        .toList();
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = "ALTER MATERIALIZED VIEW " + qualified(after.id());
    Alterations alterations = new Alterations(before, after);
    alterations
        .on(Attribute.OPTIONS, () -> StorageOptions.change(alterations, alter, before, after))
        .on(
            Attribute.TABLESPACE,
            () ->
                alterations.add(
                    Statement.of(
                        after.id(),
                        new Operation.SetTablespace(
                            "MATERIALIZED VIEW " + qualified(after.id()),
                            TableRule.tablespace(after)))));
    settingsColumns(after)
        .filter(
            column -> {
              Attribute<List<String>> settings = Attribute.columnSettings(column);
              return after.items(settings).containsAll(before.items(settings));
            })
        .forEach(
            column ->
                alterations.on(
                    Attribute.columnSettings(column),
                    () -> alterations.addAll(settings(after, column))));
    return alterations.orRecreate();
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(ObjectReference.relationName(fact.id()), ObjectReference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
