package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for extended statistics objects. */
final class StatisticsRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.STATISTICS);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    statements.add(Statement.creating(fact.id(), fact.text(Attribute.DEFINITION)));
    if (fact.has(Attribute.TARGET)) {
      statements.add(target(fact));
    }
    return statements;
  }

  private static Statement target(Fact fact) {
    return Statement.changing(
        fact.id(),
        "ALTER STATISTICS "
            + qualified(fact.id())
            + " SET STATISTICS "
            + (fact.has(Attribute.TARGET) ? fact.text(Attribute.TARGET) : "-1"));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP STATISTICS " + qualified(fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    return alterations.on(Attribute.TARGET, () -> alterations.add(target(after))).orRecreate();
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
