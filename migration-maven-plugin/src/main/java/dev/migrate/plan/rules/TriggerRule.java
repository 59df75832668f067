package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
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

/** Planning rule for triggers and rewrite rules of tables and views. */
final class TriggerRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.TRIGGER, Kind.RULE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    String text = ViewText.body(fact.text(Attribute.DEFINITION));
    statements.add(
        fact.has(Attribute.CONSTRAINT)
            ? Statement.creating(fact.id(), text)
            : Statement.creatingReplaceable(fact.id(), text.replaceFirst("^CREATE ", "")));
    if (fact.has(Attribute.ENABLED)) {
      statements.add(enabled(fact));
    }
    return statements;
  }

  private static Statement enabled(Fact fact) {
    String state = fact.has(Attribute.ENABLED) ? fact.text(Attribute.ENABLED) : "ENABLE";
    return Statement.changing(
        fact.id(),
        "ALTER TABLE "
            + qualified(fact.id())
            + " "
            + state
            + " "
            + ObjectReference.keyword(fact.id())
            + " "
            + quote(fact.id().lastName()));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.RULE) {
      alterations.on(
          Attribute.DEFINITION,
          () ->
              alterations.add(
                  ViewText.body(after.text(Attribute.DEFINITION))
                      .replaceFirst("^CREATE RULE ", "CREATE OR REPLACE RULE ")));
    } else if (canReplace(before, after, context)) {
      alterations.on(
          Attribute.DEFINITION,
          () ->
              alterations.add(
                  after
                      .text(Attribute.DEFINITION)
                      .replaceFirst("^CREATE TRIGGER ", "CREATE OR REPLACE TRIGGER ")));
    }
    return alterations.on(Attribute.ENABLED, () -> alterations.add(enabled(after))).orRecreate();
  }

  /** Since PostgreSQL 14, and not for constraint triggers. */
  private static boolean canReplace(Fact before, Fact after, PlanContext context) {
    return context.from().origin().major() >= 14
        && !before.has(Attribute.CONSTRAINT)
        && !after.has(Attribute.CONSTRAINT);
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.onTable(fact.id(), to, schema);
  }
}
