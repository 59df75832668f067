package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;

/** Operators. */
final class OperatorRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.OPERATOR);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
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
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(
        Statement.dropping(fact.id(), "DROP OPERATOR " + Reference.name(fact.id(), scene.from())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    return new Alteration.Recreate();
  }
}
