package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Planning rule for COMMENT ON. */
final class CommentRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.COMMENT);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(comment(fact, context.to(), literal(fact.text(Attribute.TEXT))));
  }

  private static Statement comment(Fact fact, Schema schema, String text) {
    return Statement.changing(
        fact.id(), "COMMENT ON " + ObjectReference.to(fact.id().target(0), schema) + " IS " + text);
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(comment(fact, context.from(), "NULL"));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return Alteration.inPlace(create(after, context));
  }
}
