package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Planning rule for schemas. */
final class SchemaRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.SCHEMA);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(Statement.creating(fact.id(), "CREATE SCHEMA " + quote(fact.id().name(0))));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP SCHEMA " + quote(fact.id().name(0))));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return List.of(
        Statement.changing(
            to, "ALTER SCHEMA " + quote(fact.id().name(0)) + " RENAME TO " + quote(to.name(0))));
  }
}
