package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for subscriptions. They are made and dropped without a word to the publisher. */
final class SubscriptionRule implements KindRule {
  private static final List<Attribute<?>> PARAMETERS =
      List.of(
          Attribute.BINARY,
          Attribute.STREAMING,
          Attribute.TWO_PHASE,
          Attribute.DISABLE_ON_ERROR,
          Attribute.SYNCHRONOUS_COMMIT);

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.SUBSCRIPTION);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<String> parameters = new ArrayList<>();
    parameters.add("connect = false");
    parameters.add("slot_name = " + slot(fact));
    for (Attribute<?> parameter : PARAMETERS) {
      fact.value(parameter)
          .ifPresent(value -> parameters.add(parameter + " = " + literal(value.toString())));
    }
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.creating(
            fact.id(),
            "CREATE SUBSCRIPTION "
                + quote(fact.id().name(0))
                + " CONNECTION "
                + literal(fact.text(Attribute.CONNECTION))
                + " PUBLICATION "
                + SqlNames.list(fact.items(Attribute.PUBLICATIONS))
                + " WITH ("
                + String.join(", ", parameters)
                + ")"));
    if (fact.has(Attribute.ENABLED)) {
      statements.add(Statement.changing(fact.id(), alter(fact) + " ENABLE"));
    }
    return statements;
  }

  private static String slot(Fact fact) {
    return fact.has(Attribute.SLOT) ? literal(fact.text(Attribute.SLOT)) : "NONE";
  }

  private static String alter(Fact fact) {
    return "ALTER SUBSCRIPTION " + quote(fact.id().name(0));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    if (fact.has(Attribute.ENABLED)) {
      statements.add(Statement.changing(fact.id(), alter(fact) + " DISABLE"));
    }
    if (fact.has(Attribute.SLOT)) {
      statements.add(Statement.changing(fact.id(), alter(fact) + " SET (slot_name = NONE)"));
    }
    statements.add(
        Statement.dropping(fact.id(), "DROP SUBSCRIPTION " + quote(fact.id().name(0)))
            .with(new Hazard.LosesData("the position of " + fact.id())));
    return statements;
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = alter(after);
    Alterations alterations = new Alterations(before, after);
    alterations
        .on(
            Attribute.CONNECTION,
            () ->
                alterations.add(alter + " CONNECTION " + literal(after.text(Attribute.CONNECTION))))
        .on(
            Attribute.PUBLICATIONS,
            () ->
                alterations.add(
                    alter
                        + " SET PUBLICATION "
                        + SqlNames.list(after.items(Attribute.PUBLICATIONS))
                        + " WITH (refresh = false)"))
        .on(Attribute.SLOT, () -> alterations.add(alter + " SET (slot_name = " + slot(after) + ")"))
        .on(
            Attribute.ENABLED,
            () -> alterations.add(alter + (after.has(Attribute.ENABLED) ? " ENABLE" : " DISABLE")));
    for (Attribute<?> parameter : PARAMETERS) {
      if (!parameter.equals(Attribute.TWO_PHASE)) {
        alterations.on(
            parameter,
            () ->
                alterations.add(
                    alter
                        + " SET ("
                        + parameter
                        + " = "
                        + literal(
                            after.value(parameter).map(AttributeValue::toString).orElse("off"))
                        + ")"));
      }
    }
    return alterations.orRecreate();
  }
}
