package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.literal;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Names;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Subscriptions. They are made and dropped without a word to the publisher. */
final class SubscriptionRule implements Rule {
  private static final List<String> PARAMETERS =
      List.of("binary", "streaming", "two_phase", "disable_on_error", "synchronous_commit");

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.SUBSCRIPTION);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    List<String> parameters = new ArrayList<>();
    parameters.add("connect = false");
    parameters.add("slot_name = " + slot(fact));
    for (String parameter : PARAMETERS) {
      if (fact.has(parameter)) {
        parameters.add(parameter + " = " + literal(fact.text(parameter)));
      }
    }
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.creating(
            fact.id(),
            "CREATE SUBSCRIPTION "
                + quote(fact.id().name(0))
                + " CONNECTION "
                + literal(fact.text("connection"))
                + " PUBLICATION "
                + Names.list(fact.items("publications"))
                + " WITH ("
                + String.join(", ", parameters)
                + ")"));
    if (fact.has("enabled")) {
      statements.add(Statement.changing(fact.id(), alter(fact) + " ENABLE"));
    }
    return statements;
  }

  private static String slot(Fact fact) {
    return fact.has("slot") ? literal(fact.text("slot")) : "NONE";
  }

  private static String alter(Fact fact) {
    return "ALTER SUBSCRIPTION " + quote(fact.id().name(0));
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    if (fact.has("enabled")) {
      statements.add(Statement.changing(fact.id(), alter(fact) + " DISABLE"));
    }
    if (fact.has("slot")) {
      statements.add(Statement.changing(fact.id(), alter(fact) + " SET (slot_name = NONE)"));
    }
    statements.add(
        Statement.dropping(fact.id(), "DROP SUBSCRIPTION " + quote(fact.id().name(0)))
            .with(new Hazard.LosesData("the position of " + fact.id())));
    return statements;
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    String alter = alter(after);
    Alterations alterations = new Alterations(before, after);
    alterations
        .on(
            "connection",
            () -> alterations.add(alter + " CONNECTION " + literal(after.text("connection"))))
        .on(
            "publications",
            () ->
                alterations.add(
                    alter
                        + " SET PUBLICATION "
                        + Names.list(after.items("publications"))
                        + " WITH (refresh = false)"))
        .on("slot", () -> alterations.add(alter + " SET (slot_name = " + slot(after) + ")"))
        .on(
            "enabled",
            () -> alterations.add(alter + (after.has("enabled") ? " ENABLE" : " DISABLE")));
    for (String parameter : PARAMETERS) {
      if (!parameter.equals("two_phase")) {
        alterations.on(
            parameter,
            () ->
                alterations.add(
                    alter
                        + " SET ("
                        + parameter
                        + " = "
                        + literal(after.has(parameter) ? after.text(parameter) : "off")
                        + ")"));
      }
    }
    return alterations.orRecreate();
  }
}
