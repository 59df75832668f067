package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
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

/**
 * Planning rule for the replica identity of a table: what of a row goes into the log for
 * replication.
 */
final class ReplicaIdentityRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.REPLICA_IDENTITY);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    String mode =
        fact.text(Attribute.MODE).equals("INDEX")
            ? "USING INDEX " + quote(fact.text(Attribute.INDEX))
            : fact.text(Attribute.MODE);
    return List.of(Statement.changing(fact.id(), alter(fact) + mode));
  }

  private static String alter(Fact fact) {
    return "ALTER TABLE " + qualified(fact.id().target(0)) + " REPLICA IDENTITY ";
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.changing(fact.id(), alter(fact) + "DEFAULT"));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return Alteration.inPlace(create(after, context));
  }
}
