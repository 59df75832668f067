package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Carrying;
import dev.migrate.plan.Hazard;
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

/** Constraints of domains. */
final class DomainConstraintRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DOMAIN_CONSTRAINT);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    Statement add =
        Statement.creating(
            fact.id(),
            alter(fact)
                + " ADD CONSTRAINT "
                + quote(fact.id().lastName())
                + " "
                + Expressions.unwrapped(fact.text(Attribute.DEFINITION))
                + (fact.has(Attribute.NOT_VALID) ? " NOT VALID" : ""));
    boolean rows =
        !fact.has(Attribute.NOT_VALID) && !scene.created().contains(fact.parent().orElseThrow());
    return List.of(rows ? add.with(refused(fact, scene)) : add);
  }

  /** The columns that have the type by then are those that have it before. */
  private static Hazard refused(Fact fact, Scene scene) {
    FactId domain = fact.parent().orElseThrow();
    DomainChecks one =
        new DomainChecks(DomainChecks.expression(fact).map(List::of).orElse(List.of()), false);
    return new Hazard.MayFailOnRows(
        DomainChecks.query(domain, scene.from(), one), fact.id() + ": a value may not satisfy it");
  }

  private static String alter(Fact fact) {
    return "ALTER DOMAIN " + qualified(fact.id());
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(
        Statement.dropping(
            fact.id(), alter(fact) + " DROP CONSTRAINT " + quote(fact.id().lastName())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    if (!after.has(Attribute.NOT_VALID)) {
      alterations.on(
          Attribute.NOT_VALID,
          () ->
              alterations.add(
                  Statement.changing(
                          after.id(),
                          alter(after) + " VALIDATE CONSTRAINT " + quote(after.id().lastName()))
                      .with(refused(after, scene))));
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
  public Carrying changes(Fact before, Fact after) {
    return after.has(Attribute.NOT_VALID) ? Carrying.FREE : Carrying.CHECKED;
  }
}
