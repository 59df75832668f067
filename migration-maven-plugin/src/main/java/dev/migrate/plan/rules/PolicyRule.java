package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Planning rule for row-level security policies. */
final class PolicyRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.POLICY);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    StringBuilder sql = new StringBuilder("CREATE POLICY ");
    sql.append(ObjectReference.name(fact.id(), context.to()));
    sql.append(fact.has(Attribute.RESTRICTIVE) ? " AS RESTRICTIVE" : "");
    sql.append(fact.has(Attribute.COMMAND) ? " FOR " + fact.text(Attribute.COMMAND) : "");
    sql.append(fact.items(Attribute.ROLES).isEmpty() ? "" : " TO " + roles(fact));
    sql.append(
        fact.has(Attribute.USING) ? " USING (" + inner(fact.text(Attribute.USING)) + ")" : "");
    sql.append(
        fact.has(Attribute.CHECK) ? " WITH CHECK (" + inner(fact.text(Attribute.CHECK)) + ")" : "");
    Statement create = Statement.creating(fact.id(), sql.toString());
    if (!isInForce(fact, context)) {
      return List.of(create);
    }
    Optional<Fact> before = context.from().find(fact.id());
    return List.of(
        before.isPresent()
            ? changed(create, before.get(), fact)
            : create.with(
                access(
                    !fact.has(Attribute.RESTRICTIVE),
                    fact,
                    "the new %s".formatted(described(fact)))));
  }

  /**
   * Whether what the policy says counts before and after. Where row security is switched on or off
   * in the same plan, that decides who sees more.
   */
  private static boolean isInForce(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    return !context.created().contains(table)
        && Stream.of(context.from(), context.to())
            .allMatch(
                schema ->
                    schema.find(table).filter(one -> one.has(Attribute.ROW_SECURITY)).isPresent());
  }

  private static Hazard access(boolean widens, Fact policy, String what) {
    return new Hazard.ChangesAccess(
        widens ? Hazard.ChangesAccess.Direction.WIDENS : Hazard.ChangesAccess.Direction.NARROWS,
        policy.id() + ": " + what);
  }

  private static String described(Fact policy) {
    return "%s policy for %s to %s"
        .formatted(
            policy.has(Attribute.RESTRICTIVE) ? "restrictive" : "permissive",
            command(policy),
            names(roles(policy, List.of())));
  }

  private static String command(Fact policy) {
    return policy.has(Attribute.COMMAND) ? policy.text(Attribute.COMMAND) : "ALL";
  }

  private static Set<String> roles(Fact policy, List<String> without) {
    Set<String> roles = new TreeSet<>(policy.items(Attribute.ROLES));
    if (roles.isEmpty()) {
      roles.add("");
    }
    without.forEach(roles::remove);
    return roles;
  }

  private static String names(Set<String> roles) {
    return roles.stream()
        .map(role -> role.isEmpty() ? "PUBLIC" : quote(role))
        .collect(Collectors.joining(", "));
  }

  /** With who sees more afterwards, and who less. */
  private static Statement changed(Statement statement, Fact before, Fact after) {
    Statement changed = statement;
    boolean permits = !after.has(Attribute.RESTRICTIVE);
    if (before.has(Attribute.RESTRICTIVE) != after.has(Attribute.RESTRICTIVE)) {
      return changed.with(
          access(permits, after, "the policy is now %s".formatted(described(after))));
    }
    Set<String> had = roles(before, List.of());
    Set<String> has = roles(after, List.of());
    Set<String> added = new TreeSet<>(had.contains("") ? Set.of() : has);
    added.removeAll(had);
    Set<String> gone = new TreeSet<>(has.contains("") ? Set.of() : had);
    gone.removeAll(has);
    if (!added.isEmpty()) {
      changed = changed.with(access(permits, after, "it is now also for " + names(added)));
    }
    if (!gone.isEmpty()) {
      changed = changed.with(access(!permits, after, "it is no longer for " + names(gone)));
    }
    if (!command(before).equals(command(after))) {
      changed =
          command(after).equals("ALL")
              ? changed.with(access(permits, after, "it is now for ALL"))
              : command(before).equals("ALL")
                  ? changed.with(access(!permits, after, "it is now for " + command(after)))
                  : changed.with(
                      uncertain(
                          after,
                          "it is now for %s, and was for %s"
                              .formatted(command(after), command(before))));
    }
    changed = expression(changed, Attribute.USING, "USING", before, after);
    return expression(changed, Attribute.CHECK, "WITH CHECK", before, after);
  }

  private static Hazard uncertain(Fact policy, String what) {
    return new Hazard.ChangesAccess(
        Hazard.ChangesAccess.Direction.CHANGES, policy.id() + ": " + what);
  }

  private static Statement expression(
      Statement statement, Attribute<String> attribute, String words, Fact before, Fact after) {
    String old = before.text(attribute);
    String now = after.text(attribute);
    if (old.equals(now)) {
      return statement;
    }
    String what = "%s is now %s, and was %s".formatted(words, said(now), said(old));
    // What is always true is the widest; for a command that has it, a missing check is the USING.
    boolean widest =
        isTrue(now)
            || attribute.equals(Attribute.CHECK)
                && now.isEmpty()
                && isTrue(after.text(Attribute.USING));
    boolean wasWidest =
        isTrue(old)
            || attribute.equals(Attribute.CHECK)
                && old.isEmpty()
                && isTrue(before.text(Attribute.USING));
    return statement.with(
        widest
            ? access(true, after, what)
            : wasWidest ? access(false, after, what) : uncertain(after, what));
  }

  private static String said(String expression) {
    return expression.isEmpty() ? "nothing" : expression;
  }

  private static boolean isTrue(String expression) {
    return expression.equals("true") || expression.equals("(true)");
  }

  private static String roles(Fact fact) {
    List<String> roles = fact.items(Attribute.ROLES);
    return roles.isEmpty()
        ? "PUBLIC"
        : roles.stream()
            .map(role -> role.isEmpty() ? "PUBLIC" : quote(role))
            .collect(Collectors.joining(", "));
  }

  private static String inner(String printed) {
    String expression = InListText.written(printed);
    return expression.startsWith("(")
            && PrintedExpressions.closing(expression, 0) == expression.length() - 1
        ? expression.substring(1, expression.length() - 1)
        : expression;
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    Statement drop = ObjectReference.drop(fact.id(), context.from());
    boolean goes = !context.to().has(fact.id()) && isInForce(fact, context);
    return List.of(
        goes
            ? drop.with(
                access(
                    fact.has(Attribute.RESTRICTIVE),
                    fact,
                    "the %s is gone".formatted(described(fact))))
            : drop);
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = "ALTER POLICY " + ObjectReference.name(after.id(), context.to());
    Alterations alterations = new Alterations(before, after);
    alterations.on(Attribute.ROLES, () -> alterations.add(alter + " TO " + roles(after)));
    if (after.has(Attribute.USING)) {
      alterations.on(
          Attribute.USING,
          () -> alterations.add(alter + " USING (" + inner(after.text(Attribute.USING)) + ")"));
    }
    if (after.has(Attribute.CHECK)) {
      alterations.on(
          Attribute.CHECK,
          () ->
              alterations.add(alter + " WITH CHECK (" + inner(after.text(Attribute.CHECK)) + ")"));
    }
    Alteration altered = alterations.orRecreate();
    if (!(altered instanceof Alteration.InPlace inPlace) || !isInForce(after, context)) {
      return altered;
    }
    // All of them together lead from the one to the other: the first says it.
    List<Statement> statements = new ArrayList<>(inPlace.statements());
    statements.set(0, changed(statements.get(0), before, after));
    return Alteration.inPlace(statements);
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.onTable(fact.id(), to, schema);
  }
}
