package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;

/** Planning rule for operators. */
final class OperatorRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.OPERATOR);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(
        Statement.creating(
            fact.id(),
            "CREATE OPERATOR "
                + quote(fact.id().name(0))
                + "."
                + fact.id().name(1)
                + " (\n    "
                + String.join(",\n    ", fact.items(Attribute.PARAMETERS))
                + "\n)"));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(
        Statement.dropping(
            fact.id(), "DROP OPERATOR " + ObjectReference.name(fact.id(), context.from())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }
}
