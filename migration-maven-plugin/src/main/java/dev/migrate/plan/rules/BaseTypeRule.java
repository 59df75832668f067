package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Alteration;
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

/**
 * Planning rule for base types and the shell types that they fill: the functions of a base type are
 * made for the shell, and PostgreSQL drops them only together with the type.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createtype.html">CREATE TYPE</a>
 */
final class BaseTypeRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.SHELL_TYPE, Kind.BASE_TYPE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    String create = "CREATE TYPE " + qualified(fact.id());
    return List.of(
        Statement.creating(
            fact.id(),
            fact.id().kind() == Kind.SHELL_TYPE
                ? create
                : create
                    + " (\n    "
                    + String.join(",\n    ", fact.items(Attribute.PARAMETERS))
                    + "\n)"));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return List.of(
        Statement.dropping(
            fact.id(),
            "DROP TYPE "
                + qualified(fact.id())
                + (fact.id().kind() == Kind.BASE_TYPE ? " CASCADE" : "")));
  }

  @Override
  public Optional<FactId> dropsWith(Fact fact) {
    return fact.id().kind() == Kind.SHELL_TYPE
        ? Optional.of(fact.id().as(Kind.BASE_TYPE))
        : Optional.empty();
  }

  /** With the type its functions go, which hang on the shell. */
  @Override
  public Set<FactId> dropsAlong(Fact fact, PlanContext context) {
    return fact.id().kind() == Kind.BASE_TYPE ? Set.of(fact.id().as(Kind.SHELL_TYPE)) : Set.of();
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
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
