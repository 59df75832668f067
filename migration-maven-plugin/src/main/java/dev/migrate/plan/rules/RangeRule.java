package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TypeChangeStrategy;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for range types. */
final class RangeRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.RANGE_TYPE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return List.of(created(fact));
  }

  private static Statement created(Fact fact) {
    List<String> parameters = new ArrayList<>();
    parameters.add("subtype = " + fact.text(Attribute.SUBTYPE));
    add(parameters, "subtype_opclass", fact.text(Attribute.OPERATOR_CLASS));
    add(parameters, "collation", fact.text(Attribute.COLLATION));
    add(parameters, "canonical", fact.text(Attribute.CANONICAL));
    add(parameters, "subtype_diff", fact.text(Attribute.SUBTYPE_DIFF));
    if (fact.has(Attribute.MULTIRANGE)) {
      add(
          parameters,
          "multirange_type_name",
          qualified(fact.id().name(0), fact.text(Attribute.MULTIRANGE)));
    }
    return Statement.creating(
        fact.id(),
        "CREATE TYPE "
            + qualified(fact.id())
            + " AS RANGE ("
            + String.join(", ", parameters)
            + ")");
  }

  private static void add(List<String> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.add(name + " = " + value);
    }
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(Statement.dropping(fact.id(), "DROP TYPE " + qualified(fact.id())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }

  /** Nothing of it can stand aside meanwhile: PostgreSQL does not rename its functions with it. */
  @Override
  public TypeChangeStrategy changes(Fact before, Fact after) {
    return TypeChangeStrategy.REMADE;
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
