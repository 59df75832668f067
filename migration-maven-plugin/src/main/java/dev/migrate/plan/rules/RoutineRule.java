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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Planning rule for functions and procedures, replaced where PostgreSQL allows it. */
final class RoutineRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.FUNCTION, Kind.PROCEDURE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(
        Statement.creatingReplaceable(
            fact.id(), fact.text(Attribute.DEFINITION).replaceFirst("^CREATE OR REPLACE ", "")));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  /** The functions of a base type go with it. */
  @Override
  public Optional<FactId> dropsWith(Fact fact) {
    return fact.dependsOn().stream()
        .filter(on -> on.kind() == Kind.SHELL_TYPE)
        .map(shell -> shell.as(Kind.BASE_TYPE))
        .findFirst();
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    int old = defaults(before);
    if (defaults(after) >= old) {
      alterations.cover(Attribute.DEFAULTS);
    }
    return alterations
        .on(Attribute.DEFINITION, () -> alterations.add(after.text(Attribute.DEFINITION)))
        .cover(Attribute.LANGUAGE)
        .cover(Attribute.BODY)
        .orRecreate();
  }

  private static int defaults(Fact fact) {
    return fact.has(Attribute.DEFAULTS) ? Integer.parseInt(fact.text(Attribute.DEFAULTS)) : 0;
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
