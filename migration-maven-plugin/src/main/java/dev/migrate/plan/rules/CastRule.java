package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for casts, conversions and transforms. */
final class CastRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.CAST, Kind.CONVERSION, Kind.TRANSFORM);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    String name = ObjectReference.name(fact.id(), context.to());
    String sql =
        switch (fact.id().kind()) {
          case CAST ->
              "CREATE CAST "
                  + name
                  + (fact.has(Attribute.FUNCTION)
                      ? " WITH FUNCTION " + fact.text(Attribute.FUNCTION)
                      : fact.has(Attribute.INOUT) ? " WITH INOUT" : " WITHOUT FUNCTION")
                  + (fact.has(Attribute.CONTEXT) ? " AS " + fact.text(Attribute.CONTEXT) : "");
          case CONVERSION ->
              "CREATE "
                  + (fact.has(Attribute.DEFAULT) ? "DEFAULT " : "")
                  + "CONVERSION "
                  + name
                  + " FOR "
                  + literal(fact.text(Attribute.SOURCE))
                  + " TO "
                  + literal(fact.text(Attribute.TARGET))
                  + " FROM "
                  + fact.text(Attribute.FUNCTION);
          default -> "CREATE TRANSFORM " + name + " (" + transform(fact) + ")";
        };
    return List.of(Statement.creating(fact.id(), sql));
  }

  private static String transform(Fact fact) {
    List<String> parts = new ArrayList<>();
    if (fact.has(Attribute.FROM)) {
      parts.add("FROM SQL WITH FUNCTION " + fact.text(Attribute.FROM));
    }
    if (fact.has(Attribute.TO)) {
      parts.add("TO SQL WITH FUNCTION " + fact.text(Attribute.TO));
    }
    return String.join(", ", parts);
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
