package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Planning rule for operator families, their loose members, and operator classes. */
final class OperatorClassRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.OPERATOR_FAMILY, Kind.OPERATOR_CLASS, Kind.OPERATOR_FAMILY_MEMBER);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    FactId id = fact.id();
    return switch (id.kind()) {
      case OPERATOR_FAMILY ->
          comesWithClass(fact, context)
              ? List.of()
              : List.of(
                  Statement.creating(
                      id, "CREATE OPERATOR FAMILY " + ObjectReference.name(id, context.to())));
      case OPERATOR_FAMILY_MEMBER ->
          List.of(Statement.creating(id, family(id) + " ADD " + id.name(3)));
      default -> List.of(Statement.creating(id, createClass(fact)));
    };
  }

  /** CREATE OPERATOR CLASS makes a family of its own name where no other is named. */
  private static boolean comesWithClass(Fact family, PlanContext context) {
    FactId same = family.id().as(Kind.OPERATOR_CLASS);
    return context.created().contains(same)
        && context.to().find(same).filter(one -> ownFamily(one)).isPresent();
  }

  private static boolean ownFamily(Fact fact) {
    return fact.items(Attribute.FAMILY).equals(fact.id().names().subList(0, 2));
  }

  private static String family(FactId id) {
    return "ALTER OPERATOR FAMILY " + qualified(id) + " USING " + quote(id.name(2));
  }

  private static String createClass(Fact fact) {
    StringBuilder sql = new StringBuilder("CREATE OPERATOR CLASS ");
    sql.append(qualified(fact.id())).append(fact.has(Attribute.DEFAULT) ? " DEFAULT" : "");
    sql.append(" FOR TYPE ").append(fact.text(Attribute.TYPE));
    sql.append(" USING ").append(quote(fact.id().name(2)));
    if (!ownFamily(fact)) {
      List<String> family = fact.items(Attribute.FAMILY);
      sql.append(" FAMILY ").append(qualified(family.get(0), family.get(1)));
    }
    List<String> members = new ArrayList<>(fact.items(Attribute.MEMBERS));
    if (fact.has(Attribute.STORAGE)) {
      members.add("STORAGE " + fact.text(Attribute.STORAGE));
    }
    if (members.isEmpty()) {
      members.add("STORAGE " + fact.text(Attribute.TYPE));
    }
    return sql.append(" AS\n    ").append(String.join(",\n    ", members)).toString();
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    FactId id = fact.id();
    if (id.kind() == Kind.OPERATOR_FAMILY_MEMBER) {
      return List.of(Statement.changing(id, family(id) + " DROP " + dropped(id.name(3))));
    }
    return List.of(Statement.dropping(id, "DROP " + ObjectReference.to(id, context.from())));
  }

  /**
   * {@code OPERATOR 1 app.<(integer,bigint)} is dropped as {@code OPERATOR 1 (integer, bigint)}.
   */
  private static String dropped(String member) {
    String[] words = member.split(" ", 3);
    String types =
        words[0].equals("OPERATOR")
            ? member.substring(member.indexOf('('), member.indexOf(')') + 1)
            : words[2].substring(0, words[2].indexOf(')') + 1);
    return words[0] + " " + words[1] + " " + types;
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    return new Alteration.Recreate();
  }
}
