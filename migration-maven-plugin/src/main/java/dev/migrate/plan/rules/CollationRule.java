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

/** Planning rule for collations. */
final class CollationRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.COLLATION);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(
        Statement.creating(
            fact.id(),
            "CREATE COLLATION "
                + qualified(fact.id())
                + " ("
                + String.join(", ", fact.items(Attribute.PARAMETERS))
                + ")"));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP COLLATION " + qualified(fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
