package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.sql.SqlNames;
import java.util.List;
import java.util.Set;

/** Planning rule for default privileges: what a grantee gets on what a role makes from now on. */
final class DefaultPrivilegeRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DEFAULT_PRIVILEGE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return change(fact, fact.items(Attribute.USUAL), fact.items(Attribute.GRANTED));
  }

  private static List<Statement> change(Fact fact, List<String> before, List<String> after) {
    FactId id = fact.id();
    String prefix =
        "ALTER DEFAULT PRIVILEGES"
            + (id.name(0).isEmpty() ? "" : " FOR ROLE " + quote(id.name(0)))
            + (id.name(1).isEmpty() ? "" : " IN SCHEMA " + quote(id.name(1)))
            + " ";
    String role = id.name(3).isEmpty() ? owner(id) : SqlNames.role(id.name(3));
    return GrantText.change(
        id, before, after, new GrantText.Place(prefix, " ON " + id.name(2), role), "");
  }

  /** A role without a name is the one that runs the statement. */
  private static String owner(FactId id) {
    return id.name(0).isEmpty() ? "CURRENT_USER" : quote(id.name(0));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    return change(fact, fact.items(Attribute.GRANTED), fact.items(Attribute.USUAL));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return Alteration.inPlace(
        change(after, before.items(Attribute.GRANTED), after.items(Attribute.GRANTED)));
  }
}
