package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Materialized views: a change of the query makes them anew. */
final class MaterializedViewRule implements Rule {
  private static final String SETTINGS = "column settings of ";

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
                + (fact.has("access method") ? " USING " + quote(fact.text("access method")) : "")
                + Options.with(fact)
                + (fact.has("tablespace") ? " TABLESPACE " + TableRule.tablespace(fact) : "")
                + " AS\n"
                + ViewText.body(fact.text("definition"))));
    fact.attributes()
        .forEach(
            (name, value) -> {
              if (name.startsWith(SETTINGS)) {
                settings(fact, name).forEach(statements::add);
              }
            });
    return statements;
  }

  private static List<Statement> settings(Fact fact, String attribute) {
    String alter =
        "ALTER MATERIALIZED VIEW "
            + qualified(fact.id())
            + " ALTER COLUMN "
            + quote(attribute.substring(SETTINGS.length()))
            + " SET ";
    return fact.items(attribute).stream()
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
        .on("options", () -> Options.change(alterations, alter, before, after))
        .on(
            "tablespace",
            () ->
                alterations.add(
                    Statement.of(
                        after.id(),
                        new Operation.SetTablespace(
                            "MATERIALIZED VIEW " + qualified(after.id()),
                            TableRule.tablespace(after)))));
    after.attributes().keySet().stream()
        .filter(name -> name.startsWith(SETTINGS))
        .filter(name -> after.items(name).containsAll(before.items(name)))
        .forEach(name -> alterations.on(name, () -> alterations.addAll(settings(after, name))));
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
