package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Planning rule for aggregate functions. */
final class AggregateRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.AGGREGATE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(
        Statement.creatingReplaceable(
            fact.id(),
            "AGGREGATE "
                + ObjectReference.name(fact.id(), context.to())
                + " (\n    "
                + String.join(",\n    ", fact.items(Attribute.PARAMETERS))
                + "\n)"));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of("routine " + qualified(fact.id()) + "(" + fact.id().name(2) + ")");
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
