package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
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

/** Materialized views: a change of the query makes them anew. */
final class MaterializedViewRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.MATERIALIZED_VIEW);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.creating(
            fact.id(),
            "CREATE MATERIALIZED VIEW "
                + qualified(fact.id())
                + (fact.has(Attribute.ACCESS_METHOD)
                    ? " USING " + quote(fact.text(Attribute.ACCESS_METHOD))
                    : "")
                + Options.with(fact)
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
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(Reference.drop(fact.id(), scene.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    String alter = "ALTER MATERIALIZED VIEW " + qualified(after.id());
    Alterations alterations = new Alterations(before, after);
    alterations
        .on(Attribute.OPTIONS, () -> Options.change(alterations, alter, before, after))
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
    return Set.of(Reference.relationName(fact.id()), Reference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
