package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Who may see more or less after a plan")
class AccessTest {
  private static final FactId APP = FactId.of(Kind.SCHEMA, "app");
  private static final FactId TABLE = FactId.of(Kind.TABLE, "app", "t");
  private static final FactId POLICY = FactId.of(Kind.POLICY, "app", "t", "p");
  private static final UnaryOperator<Fact.Builder> SAME = fact -> fact;

  private static Fact table(boolean secured, boolean forced) {
    return Fact.of(TABLE)
        .parent(APP)
        .flag(Attribute.ROW_SECURITY, secured)
        .flag(Attribute.FORCED_ROW_SECURITY, forced)
        .build();
  }

  private static Fact policy(UnaryOperator<Fact.Builder> more) {
    return more.apply(
            Fact.of(POLICY)
                .parent(TABLE)
                .text(Attribute.COMMAND, "SELECT")
                .items(Attribute.ROLES, List.of("reader"))
                .text(Attribute.USING, "(a > 0)"))
        .build();
  }

  private static Fact privilege(String role, String... granted) {
    return Fact.of(FactId.about(Kind.PRIVILEGE, TABLE, role))
        .parent(TABLE)
        .items(Attribute.GRANTED, List.of(granted))
        .items(Attribute.USUAL, List.of())
        .build();
  }

  private static List<String> said(Fact[] before, Fact... after) {
    return AllRules.planner()
        .plan(schema(before), schema(after), PlanOptions.standard())
        .statements()
        .stream()
        .flatMap(statement -> statement.hazards().stream())
        .filter(Hazard.ChangesAccess.class::isInstance)
        .map(Hazard::describe)
        .toList();
  }

  private static Schema schema(Fact... facts) {
    List<Fact> all = new ArrayList<>(List.of(facts));
    all.add(Fact.of(APP).build());
    return new Schema(all, List.of(), java.util.Map.of(), new Schema.Origin(180_000, "postgres"));
  }

  static Stream<Arguments> policies() {
    UnaryOperator<Fact.Builder> restrictive = fact -> fact.flag(Attribute.RESTRICTIVE, true);
    return Stream.of(
        Arguments.of(SAME, SAME, List.of()),
        Arguments.of(
            SAME,
            roles("reader", "writer"),
            List.of("widens access: policy app.t.p: it is now also for writer")),
        Arguments.of(
            roles("reader", "writer"),
            SAME,
            List.of("narrows access: policy app.t.p: it is no longer for writer")),
        Arguments.of(
            SAME,
            roles("writer"),
            List.of(
                "widens access: policy app.t.p: it is now also for writer",
                "narrows access: policy app.t.p: it is no longer for reader")),
        Arguments.of(
            SAME, roles(), List.of("widens access: policy app.t.p: it is now also for PUBLIC")),
        Arguments.of(
            roles(), SAME, List.of("narrows access: policy app.t.p: it is no longer for PUBLIC")),
        Arguments.of(
            restrictive,
            both(restrictive, roles("reader", "writer")),
            List.of("narrows access: policy app.t.p: it is now also for writer")),
        Arguments.of(
            both(restrictive, roles("reader", "writer")),
            restrictive,
            List.of("widens access: policy app.t.p: it is no longer for writer")),
        Arguments.of(
            SAME,
            using("(a > 1)"),
            List.of("changes access: policy app.t.p: USING is now (a > 1), and was (a > 0)")),
        Arguments.of(
            SAME,
            using("true"),
            List.of("widens access: policy app.t.p: USING is now true, and was (a > 0)")),
        Arguments.of(
            using("true"),
            SAME,
            List.of("narrows access: policy app.t.p: USING is now (a > 0), and was true")),
        Arguments.of(
            both(command("ALL"), using("true")),
            both(
                command("ALL"), both(using("true"), fact -> fact.text(Attribute.CHECK, "(a > 5)"))),
            List.of("narrows access: policy app.t.p: WITH CHECK is now (a > 5), and was nothing")),
        Arguments.of(
            SAME,
            restrictive,
            List.of(
                "narrows access: policy app.t.p: the policy is now restrictive policy for SELECT to"
                    + " reader")),
        Arguments.of(
            restrictive,
            SAME,
            List.of(
                "widens access: policy app.t.p: the policy is now permissive policy for SELECT to"
                    + " reader")),
        Arguments.of(
            SAME, command("ALL"), List.of("widens access: policy app.t.p: it is now for ALL")),
        Arguments.of(
            command("ALL"), SAME, List.of("narrows access: policy app.t.p: it is now for SELECT")),
        Arguments.of(
            SAME,
            command("DELETE"),
            List.of("changes access: policy app.t.p: it is now for DELETE, and was for SELECT")));
  }

  private static UnaryOperator<Fact.Builder> roles(String... roles) {
    return fact -> fact.items(Attribute.ROLES, List.of(roles));
  }

  private static UnaryOperator<Fact.Builder> using(String expression) {
    return fact -> fact.text(Attribute.USING, expression);
  }

  private static UnaryOperator<Fact.Builder> command(String command) {
    return fact -> fact.text(Attribute.COMMAND, command.equals("ALL") ? null : command);
  }

  private static UnaryOperator<Fact.Builder> both(
      UnaryOperator<Fact.Builder> one, UnaryOperator<Fact.Builder> other) {
    return fact -> other.apply(one.apply(fact));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("policies")
  void policies(
      UnaryOperator<Fact.Builder> before, UnaryOperator<Fact.Builder> after, List<String> said) {
    Fact secured = table(true, false);
    assertThat(said(new Fact[] {secured, policy(before)}, secured, policy(after))).isEqualTo(said);
    Fact open = table(false, false);
    assertThat(said(new Fact[] {open, policy(before)}, open, policy(after)))
        .as("without row security no policy counts")
        .isEmpty();
  }

  @Test
  @DisplayName("is said of policies that come and go")
  void comeAndGo() {
    Fact secured = table(true, false);
    Fact restrictive = policy(fact -> fact.flag(Attribute.RESTRICTIVE, true));
    assertThat(said(new Fact[] {secured}, secured, policy(SAME)))
        .containsExactly(
            "widens access: policy app.t.p: the new permissive policy for SELECT to reader");
    assertThat(said(new Fact[] {secured, policy(SAME)}, secured))
        .containsExactly(
            "narrows access: policy app.t.p: the permissive policy for SELECT to reader is gone");
    assertThat(said(new Fact[] {secured}, secured, restrictive))
        .singleElement()
        .asString()
        .startsWith("narrows access: ");
    assertThat(said(new Fact[] {secured, restrictive}, secured))
        .singleElement()
        .asString()
        .startsWith("widens access: ");
    assertThat(said(new Fact[0], secured, policy(SAME))).as("a new table").isEmpty();
    assertThat(said(new Fact[] {secured, policy(SAME)})).as("a table that goes").isEmpty();
  }

  @Test
  @DisplayName("is decided by row security, where that is switched on, off, or forced")
  void rowSecurity() {
    Fact open = table(false, false);
    Fact secured = table(true, false);
    assertThat(said(new Fact[] {open}, secured, policy(SAME)))
        .containsExactly(
            "narrows access: table app.t: from now on only its policies permit rows, its owner"
                + " aside");
    assertThat(said(new Fact[] {secured, policy(SAME)}, open))
        .containsExactly(
            "widens access: table app.t: policies count no more, whoever may read it sees all"
                + " rows");
    assertThat(said(new Fact[] {secured}, table(true, true)))
        .containsExactly("narrows access: table app.t: its policies now count for its owner too");
    assertThat(said(new Fact[] {table(true, true)}, secured))
        .containsExactly("widens access: table app.t: its policies no longer count for its owner");
    assertThat(said(new Fact[] {open}, table(false, true)))
        .as("forced without row security is nothing")
        .isEmpty();
  }

  @Test
  @DisplayName("is said of grants on what was there before")
  void grants() {
    Fact table = table(false, false);
    assertThat(
            said(
                new Fact[] {table, privilege("app", "SELECT")},
                table,
                privilege("app", "INSERT"),
                privilege("report", "SELECT")))
        .containsExactlyInAnyOrder(
            "narrows access: table app.t: REVOKE SELECT for app",
            "widens access: table app.t: GRANT INSERT for app",
            "widens access: table app.t: GRANT SELECT for report");
    assertThat(said(new Fact[] {table, privilege("app", "SELECT")}, table))
        .containsExactly("narrows access: table app.t: REVOKE SELECT for app");
    assertThat(said(new Fact[0], table, privilege("app", "SELECT"))).as("a new table").isEmpty();
  }
}
