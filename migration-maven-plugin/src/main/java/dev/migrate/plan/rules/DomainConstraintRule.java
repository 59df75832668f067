package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TypeChangeStrategy;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;

/** Planning rule for constraints of domains. */
final class DomainConstraintRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DOMAIN_CONSTRAINT);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    Statement add =
        Statement.creating(
            fact.id(),
            alter(fact)
                + " ADD CONSTRAINT "
                + quote(fact.id().lastName())
                + " "
                + PrintedExpressions.unwrapped(fact.text(Attribute.DEFINITION))
                + (fact.has(Attribute.NOT_VALID) ? " NOT VALID" : ""));
    boolean rows =
        !fact.has(Attribute.NOT_VALID) && !context.created().contains(fact.parent().orElseThrow());
    return List.of(rows ? add.with(refused(fact, context)) : add);
  }

  /** The columns that have the type by then are those that have it before. */
  private static Hazard refused(Fact fact, PlanContext context) {
    FactId domain = fact.parent().orElseThrow();
    DomainChecks one =
        new DomainChecks(DomainChecks.expression(fact).map(List::of).orElse(List.of()), false);
    return new Hazard.MayFailOnRows(
        DomainChecks.query(domain, context.from(), one),
        fact.id() + ": a value may not satisfy it");
  }

  private static String alter(Fact fact) {
    return "ALTER DOMAIN " + qualified(fact.id());
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(
        Statement.dropping(
            fact.id(), alter(fact) + " DROP CONSTRAINT " + quote(fact.id().lastName())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (!after.has(Attribute.NOT_VALID)) {
      alterations.on(
          Attribute.NOT_VALID,
          () ->
              alterations.add(
                  Statement.changing(
                          after.id(),
                          alter(after) + " VALIDATE CONSTRAINT " + quote(after.id().lastName()))
                      .with(refused(after, context))));
    }
    return alterations.orRecreate();
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return List.of(
        Statement.changing(
            to,
            alter(fact)
                + " RENAME CONSTRAINT "
                + quote(fact.id().lastName())
                + " TO "
                + quote(to.lastName())));
  }

  @Override
  public TypeChangeStrategy changes(Fact before, Fact after) {
    return after.has(Attribute.NOT_VALID) ? TypeChangeStrategy.FREE : TypeChangeStrategy.CHECKED;
  }
}
