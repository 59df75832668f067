package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Planning rule for event triggers. */
final class EventTriggerRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.EVENT_TRIGGER);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    String tags =
        fact.items(Attribute.TAGS).stream()
            .map(SqlLiteral::literal)
            .collect(Collectors.joining(", "));
    statements.add(
        Statement.creating(
            fact.id(),
            "CREATE EVENT TRIGGER "
                + quote(fact.id().name(0))
                + " ON "
                + fact.text(Attribute.EVENT)
                + (tags.isEmpty() ? "" : " WHEN TAG IN (" + tags + ")")
                + " EXECUTE FUNCTION "
                + fact.text(Attribute.FUNCTION)
                + "()"));
    if (fact.has(Attribute.ENABLED)) {
      statements.add(enabled(fact));
    }
    return statements;
  }

  private static Statement enabled(Fact fact) {
    return Statement.changing(
        fact.id(),
        "ALTER EVENT TRIGGER "
            + quote(fact.id().name(0))
            + " "
            + (fact.has(Attribute.ENABLED) ? fact.text(Attribute.ENABLED) : "ENABLE"));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP EVENT TRIGGER " + quote(fact.id().name(0))));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    return alterations.on(Attribute.ENABLED, () -> alterations.add(enabled(after))).orRecreate();
  }
}
