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
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A value that a plan adds to an enum")
class NewEnumValueTest {
  private static final FactId APP = FactId.of(Kind.SCHEMA, "app");
  private static final FactId MOOD = FactId.of(Kind.ENUM, "app", "mood");
  private static final FactId TABLE = FactId.of(Kind.TABLE, "app", "t");

  private static Fact.Builder check(String definition) {
    return Fact.of(FactId.of(Kind.CONSTRAINT, "app", "t", "c"))
        .parent(TABLE)
        .text(Attribute.TYPE, "check")
        .text(Attribute.DEFINITION, "CHECK ((" + definition + "))")
        .dependsOn(FactId.of(Kind.COLUMN, "app", "t", "m"));
  }

  private static Fact.Builder defaulted(String expression) {
    return Fact.of(FactId.of(Kind.DEFAULT, "app", "t", "m"))
        .parent(FactId.of(Kind.COLUMN, "app", "t", "m"))
        .text(Attribute.EXPRESSION, expression);
  }

  private static Fact.Builder function(String language, String body) {
    return Fact.of(FactId.of(Kind.FUNCTION, "app", "f", ""))
        .parent(APP)
        .text(Attribute.LANGUAGE, language)
        .text(Attribute.BODY, body)
        .text(
            Attribute.DEFINITION,
            "CREATE OR REPLACE FUNCTION app.f()\n RETURNS int\n LANGUAGE %s\nAS $function$%s$function$"
                .formatted(language, body));
  }

  static Stream<Arguments> uses() {
    return Stream.of(
        Arguments.of("in a check", check("m <> 'new'::app.mood"), 2),
        Arguments.of("in a default", defaulted("'new'::app.mood"), 2),
        Arguments.of("in an array", check("m = ANY ('{old,new}'::app.mood[])"), 2),
        Arguments.of("in a list", check("m = ANY (ARRAY['old'::app.mood, 'new'::app.mood])"), 2),
        Arguments.of("in a function in SQL", function("sql", " select 1 where 'new' = 'x' "), 2),
        Arguments.of("as text in a check", check("(m)::text <> 'new'::text"), 1),
        Arguments.of(
            "as a value of another enum", check("(m)::text <> ('new'::app.mode)::text"), 1),
        Arguments.of("as text in a default", defaulted("'new'::text"), 1),
        Arguments.of(
            "as varchar in a list",
            check("(m)::text = ANY ((ARRAY['new'::character varying])::text[])"),
            1),
        Arguments.of("as part of another value", check("m <> 'newer'::app.mood"), 1),
        Arguments.of(
            "in a function in PL/pgSQL", function("plpgsql", "begin return 'new'; end"), 1));
  }

  @ParameterizedTest(name = "{0} makes {2} revisions")
  @MethodSource("uses")
  void uses(String what, Fact.Builder user, int transactions) {
    List<Fact> common =
        List.of(
            Fact.of(APP).build(),
            Fact.of(TABLE).parent(APP).build(),
            Fact.of(FactId.of(Kind.ENUM, "app", "mode"))
                .parent(APP)
                .items(Attribute.LABELS, List.of("new"))
                .build(),
            Fact.of(FactId.of(Kind.COLUMN, "app", "t", "m"))
                .parent(TABLE)
                .text(Attribute.TYPE, "app.mood")
                .dependsOn(MOOD)
                .build());
    List<Fact> before = new ArrayList<>(common);
    before.add(mood("old", "newer"));
    List<Fact> after = new ArrayList<>(common);
    after.add(mood("old", "newer", "new"));
    after.add(user.build());
    Plan plan = AllRules.planner().plan(schema(before), schema(after), PlanOptions.standard());
    assertThat(plan.transactions()).as("%s", plan.sql()).hasSize(transactions);
  }

  private static Fact mood(String... labels) {
    return Fact.of(MOOD).parent(APP).items(Attribute.LABELS, List.of(labels)).build();
  }

  private static Schema schema(List<Fact> facts) {
    return new Schema(facts, List.of(), java.util.Map.of(), new Schema.Origin(180_000, "postgres"));
  }
}
