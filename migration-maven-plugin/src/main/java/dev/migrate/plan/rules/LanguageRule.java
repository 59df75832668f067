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

/** Planning rule for procedural languages that no extension brings, and access methods. */
final class LanguageRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.LANGUAGE, Kind.ACCESS_METHOD);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    String name = quote(fact.id().name(0));
    if (fact.id().kind() == Kind.ACCESS_METHOD) {
      String type = fact.text(Attribute.KIND).equals("t") ? "TABLE" : "INDEX";
      return List.of(
          Statement.creating(
              fact.id(),
              "CREATE ACCESS METHOD "
                  + name
                  + " TYPE "
                  + type
                  + " HANDLER "
                  + fact.text(Attribute.HANDLER)));
    }
    StringBuilder sql = new StringBuilder("CREATE ");
    sql.append(fact.has(Attribute.TRUSTED) ? "TRUSTED " : "").append("LANGUAGE ").append(name);
    sql.append(" HANDLER ").append(fact.text(Attribute.HANDLER));
    sql.append(fact.has(Attribute.INLINE) ? " INLINE " + fact.text(Attribute.INLINE) : "");
    sql.append(fact.has(Attribute.VALIDATOR) ? " VALIDATOR " + fact.text(Attribute.VALIDATOR) : "");
    return List.of(Statement.creating(fact.id(), sql.toString()));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(ObjectReference.drop(fact.id(), context.from()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }
}
