package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Policies of row security. */
final class PolicyRule implements Rule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.POLICY);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    StringBuilder sql = new StringBuilder("CREATE POLICY ");
    sql.append(Reference.name(fact.id(), scene.to()));
    sql.append(fact.has("restrictive") ? " AS RESTRICTIVE" : "");
    sql.append(fact.has("command") ? " FOR " + fact.text("command") : "");
    sql.append(fact.items("roles").isEmpty() ? "" : " TO " + roles(fact));
    sql.append(fact.has("using") ? " USING (" + inner(fact.text("using")) + ")" : "");
    sql.append(fact.has("check") ? " WITH CHECK (" + inner(fact.text("check")) + ")" : "");
    return List.of(Statement.of(fact.id(), sql.toString()));
  }

  private static String roles(Fact fact) {
    List<String> roles = fact.items("roles");
    return roles.isEmpty()
        ? "PUBLIC"
        : roles.stream()
            .map(role -> role.isEmpty() ? "PUBLIC" : quote(role))
            .collect(Collectors.joining(", "));
  }

  private static String inner(String printed) {
    String expression = InLists.written(printed);
    return expression.startsWith("(")
            && Expressions.closing(expression, 0) == expression.length() - 1
        ? expression.substring(1, expression.length() - 1)
        : expression;
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    return List.of(
        Statement.of(fact.id(), "DROP POLICY " + Reference.name(fact.id(), scene.from())));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    String alter = "ALTER POLICY " + Reference.name(after.id(), scene.to());
    Alterations alterations = new Alterations(before, after);
    alterations.on("roles", () -> alterations.add(alter + " TO " + roles(after)));
    if (after.has("using")) {
      alterations.on(
          "using", () -> alterations.add(alter + " USING (" + inner(after.text("using")) + ")"));
    }
    if (after.has("check")) {
      alterations.on(
          "check",
          () -> alterations.add(alter + " WITH CHECK (" + inner(after.text("check")) + ")"));
    }
    return alterations.orRecreate();
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.onTable(fact.id(), to, schema);
  }
}
