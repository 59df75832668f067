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

/**
 * Planning rule for owners (ALTER … OWNER TO). What is made belongs to whoever makes it, until it
 * is given away.
 */
final class OwnerRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.OWNER);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return fact.text(Attribute.ROLE).equals(context.from().origin().user())
        ? List.of()
        : List.of(given(fact, context));
  }

  private static Statement given(Fact fact, PlanContext context) {
    return Statement.changing(
        fact.id(),
        "ALTER "
            + ObjectReference.to(fact.id().target(0), context.to())
            + " OWNER TO "
            + quote(fact.text(Attribute.ROLE)));
  }

  /** An owner goes with what is owned; there is nothing without one. */
  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of();
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return Alteration.inPlace(List.of(given(after, context)));
  }
}
