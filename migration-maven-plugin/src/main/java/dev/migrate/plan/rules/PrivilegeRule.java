package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Names;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Privileges of a grantee on an object. The grantee without a name is the owner. */
final class PrivilegeRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.PRIVILEGE);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    FactId id = fact.id();
    List<String> initial =
        DefaultPrivileges.initial(id.target(1), id.name(0), fact.items("usual"), scene);
    return change(id, scene.to(), initial, fact.items("granted"));
  }

  static List<Statement> change(FactId id, Schema schema, List<String> before, List<String> after) {
    FactId target = id.target(1);
    String role = grantee(id.name(0), target, schema);
    return GrantText.change(id, before, after, on(target, schema, role), column(target));
  }

  private static GrantText.Place on(FactId target, Schema schema, String role) {
    String object =
        switch (target.kind()) {
          case COLUMN -> "TABLE " + qualified(target);
          case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> "TABLE " + qualified(target);
          case AGGREGATE -> "FUNCTION " + qualified(target) + "(" + target.name(2) + ")";
          case SERVER -> "FOREIGN SERVER " + quote(target.name(0));
          default -> Reference.to(target, schema);
        };
    return new GrantText.Place("", " ON " + object, role);
  }

  private static String column(FactId target) {
    return target.kind() == Kind.COLUMN ? quote(target.lastName()) : "";
  }

  private static String grantee(String name, FactId target, Schema schema) {
    if (!name.isEmpty()) {
      return Names.role(name);
    }
    FactId owned = target.kind() == Kind.COLUMN ? relation(target, schema) : target;
    return schema
        .find(FactId.about(Kind.OWNER, owned))
        .map(owner -> quote(owner.text("role")))
        .orElse("CURRENT_USER");
  }

  private static FactId relation(FactId column, Schema schema) {
    return Stream.of(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW)
        .map(kind -> new FactId(kind, column.names().subList(0, 2)))
        .filter(schema::has)
        .findFirst()
        .orElse(column);
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return change(fact.id(), scene.from(), fact.items("granted"), fact.items("usual"));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    return Alteration.inPlace(
        change(after.id(), scene.to(), before.items("granted"), after.items("granted")));
  }
}
