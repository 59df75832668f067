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
import java.util.stream.Collectors;

/** Planning rule for domains. */
final class DomainRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DOMAIN);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(created(fact, context));
  }

  private static Statement created(Fact fact, PlanContext context) {
    StringBuilder sql = new StringBuilder("CREATE DOMAIN ");
    sql.append(qualified(fact.id())).append(" AS ").append(fact.text(Attribute.TYPE));
    if (fact.has(Attribute.COLLATION)) {
      sql.append(" COLLATE ").append(fact.text(Attribute.COLLATION));
    }
    if (fact.has(Attribute.DEFAULT)) {
      sql.append(" DEFAULT ").append(fact.text(Attribute.DEFAULT));
    }
    if (fact.has(Attribute.NOT_NULL)) {
      sql.append(" NOT NULL");
    }
    for (Fact child : context.to().childrenOf(fact.id())) {
      if (context.included().contains(child.id())) {
        sql.append("\n    CONSTRAINT ").append(quote(child.id().lastName()));
        sql.append(' ').append(PrintedExpressions.unwrapped(child.text(Attribute.DEFINITION)));
      }
    }
    return Statement.creating(fact.id(), sql.toString());
  }

  @Override
  public Set<FactId> includes(Fact fact, PlanContext context) {
    return context.to().childrenOf(fact.id()).stream()
        .filter(
            child -> child.id().kind() == Kind.DOMAIN_CONSTRAINT && !child.has(Attribute.NOT_VALID))
        .map(Fact::id)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP DOMAIN " + qualified(fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = "ALTER DOMAIN " + qualified(after.id());
    Alterations alterations = new Alterations(before, after);
    if (alterations.differs(Attribute.TYPE) || alterations.differs(Attribute.COLLATION)) {
      return alterations
          .addAll(TypeReplacement.statements(before, created(after, context), context))
          .cover(Attribute.TYPE)
          .cover(Attribute.COLLATION)
          .cover(Attribute.DEFAULT)
          .cover(Attribute.NOT_NULL)
          .inTheWay(TypeReplacement::inTheWay)
          .remake()
          .orRecreate();
    }
    return alterations
        .on(
            Attribute.DEFAULT,
            () ->
                alterations.add(
                    after.has(Attribute.DEFAULT)
                        ? alter + " SET DEFAULT " + after.text(Attribute.DEFAULT)
                        : alter + " DROP DEFAULT"))
        .on(
            Attribute.NOT_NULL,
            () ->
                alterations.add(
                    after.has(Attribute.NOT_NULL)
                        ? Statement.changing(after.id(), alter + " SET NOT NULL")
                            .with(
                                new Hazard.MayFailOnRows(
                                    DomainChecks.query(
                                        after.id(),
                                        context.from(),
                                        new DomainChecks(List.of(), true)),
                                    after.id() + ": a row may have no value"))
                        : Statement.changing(after.id(), alter + " DROP NOT NULL")))
        .orRecreate();
  }

  @Override
  public TypeChangeStrategy changes(Fact before, Fact after) {
    if (!before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))
        || !before.text(Attribute.COLLATION).equals(after.text(Attribute.COLLATION))) {
      return TypeChangeStrategy.MOVED;
    }
    return after.has(Attribute.NOT_NULL) && !before.has(Attribute.NOT_NULL)
        ? TypeChangeStrategy.CHECKED
        : TypeChangeStrategy.FREE;
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(ObjectReference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
