package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Aggregate functions. */
final class AggregateRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.AGGREGATE);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    return List.of(created(fact, scene, "CREATE AGGREGATE "));
  }

  private static Statement created(Fact fact, Scene scene, String create) {
    return Statement.creating(
        fact.id(),
        create
            + Reference.name(fact.id(), scene.to())
            + " (\n    "
            + String.join(",\n    ", fact.items(Attribute.PARAMETERS))
            + "\n)");
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(Reference.drop(fact.id(), scene.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
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
