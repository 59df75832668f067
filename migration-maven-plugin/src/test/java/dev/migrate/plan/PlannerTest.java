package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A plan")
class PlannerTest {
  private static final FactId APP = FactId.of(Kind.SCHEMA, "app");
  private static final Fact SCHEMA = Fact.of(APP).build();
  private static final Planner PLANNER = AllRules.planner();

  private static Schema schema(List<Fact> facts) {
    List<Fact> all = new ArrayList<>(facts);
    all.add(SCHEMA);
    Map<FactId, List<String>> order = new TreeMap<>();
    for (Fact fact : all) {
      if (fact.id().kind() == Kind.COLUMN) {
        order
            .computeIfAbsent(fact.parent().orElseThrow(), key -> new ArrayList<>())
            .add(fact.id().lastName());
      }
    }
    return new Schema(all, List.of(), order, new Schema.Origin(150_000, "postgres"));
  }

  private static Schema schema(Fact... facts) {
    return schema(Arrays.asList(facts));
  }

  private static FactId table(String name) {
    return FactId.of(Kind.TABLE, "app", name);
  }

  private static FactId column(String table, String name) {
    return FactId.of(Kind.COLUMN, "app", table, name);
  }

  private static Fact aTable(String name) {
    return Fact.of(table(name)).parent(APP).build();
  }

  private static Fact.Builder aColumn(String table, String name, String type) {
    return Fact.of(column(table, name)).parent(table(table)).text(Attribute.TYPE, type);
  }

  private static Fact.Builder aView(String name, FactId on) {
    return Fact.of(FactId.of(Kind.VIEW, "app", name))
        .parent(APP)
        .items(Attribute.COLUMNS, List.of("a integer"))
        .text(Attribute.DEFINITION, "SELECT t.a FROM app.t;")
        .dependsOn(on);
  }

  private static Fact comment(FactId on) {
    return Fact.of(FactId.about(Kind.COMMENT, on)).parent(on).text(Attribute.TEXT, "it's").build();
  }

  private static Fact foreignKey(String table, String other) {
    return Fact.of(FactId.of(Kind.CONSTRAINT, "app", table, table + "_fkey"))
        .parent(table(table))
        .text(Attribute.TYPE, "foreign key")
        .text(Attribute.DEFINITION, "FOREIGN KEY (a) REFERENCES app." + other + "(a)")
        .dependsOn(column(table, "a"))
        .dependsOn(column(other, "a"))
        .build();
  }

  private static Fact anEnum(String... labels) {
    return Fact.of(FactId.of(Kind.ENUM, "app", "mood"))
        .parent(APP)
        .items(Attribute.LABELS, List.of(labels))
        .build();
  }

  private static List<String> sql(Schema from, Schema to) {
    return PLANNER.plan(from, to, PlanOptions.standard()).statements().stream()
        .map(Statement::sql)
        .toList();
  }

  @Test
  @DisplayName("between equal schemas is empty")
  void nothing() {
    assertThat(
            PLANNER
                .plan(schema(aTable("t")), schema(aTable("t")), PlanOptions.standard())
                .isEmpty())
        .isTrue();
  }

  @Test
  @DisplayName("makes a view again around a change of a column's type, with its comment")
  void viewAroundColumn() {
    Fact view = aView("v", column("t", "a")).build();
    Schema from =
        schema(aTable("t"), aColumn("t", "a", "integer").build(), view, comment(view.id()));
    Schema to = schema(aTable("t"), aColumn("t", "a", "bigint").build(), view, comment(view.id()));

    assertThat(sql(from, to))
        .containsExactly(
            "DROP VIEW app.v",
            "ALTER TABLE app.t ALTER COLUMN a TYPE bigint",
            "CREATE VIEW app.v AS\nSELECT t.a FROM app.t",
            "COMMENT ON VIEW app.v IS 'it''s'");
  }

  @Test
  @DisplayName("leaves a view alone when another column changes")
  void viewBesideColumn() {
    Fact view = aView("v", column("t", "a")).build();
    Fact kept = aColumn("t", "a", "integer").build();
    Schema from = schema(aTable("t"), kept, aColumn("t", "b", "integer").build(), view);
    Schema to = schema(aTable("t"), kept, aColumn("t", "b", "bigint").build(), view);

    assertThat(sql(from, to)).containsExactly("ALTER TABLE app.t ALTER COLUMN b TYPE bigint");
  }

  @Test
  @DisplayName("splits foreign keys that refer to each other, making and dropping")
  void circularForeignKeys() {
    Schema both =
        schema(
            aTable("a"),
            aColumn("a", "a", "integer").build(),
            foreignKey("a", "b"),
            aTable("b"),
            aColumn("b", "a", "integer").build(),
            foreignKey("b", "a"));

    List<String> up = sql(schema(), both);
    List<String> down = sql(both, schema());

    assertThat(up).hasSize(3);
    assertThat(up.get(2)).startsWith("ALTER TABLE app.").contains(" ADD CONSTRAINT ");
    assertThat(down).hasSize(3);
    assertThat(down.get(0)).startsWith("ALTER TABLE app.").contains(" DROP CONSTRAINT ");
  }

  @Test
  @DisplayName("adds enum values where they belong, and commits before one is used")
  void enumValues() {
    Fact table = aTable("t");
    Fact column = aColumn("t", "m", "app.mood").dependsOn(anEnum("a").id()).build();
    Fact wanted =
        Fact.of(column("t", "m").as(Kind.DEFAULT))
            .parent(column("t", "m"))
            .dependsOn(anEnum("a").id())
            .text(Attribute.EXPRESSION, "'b'::app.mood")
            .build();

    Plan plan =
        PLANNER.plan(
            schema(anEnum("a", "c"), table, column),
            schema(anEnum("0", "a", "b", "c", "d"), table, column, wanted),
            PlanOptions.standard());

    assertThat(plan.statements())
        .extracting(Statement::sql)
        .containsExactly(
            "ALTER TYPE app.mood ADD VALUE '0' BEFORE 'a'",
            "ALTER TYPE app.mood ADD VALUE 'b' AFTER 'a'",
            "ALTER TYPE app.mood ADD VALUE 'd'",
            "ALTER TABLE app.t ALTER COLUMN m SET DEFAULT 'b'::app.mood");
    assertThat(plan.transactions()).hasSize(2);
  }

  @Test
  @DisplayName("takes an enum value away by moving the columns to a new type")
  void enumWithout() {
    Fact column = aColumn("t", "m", "app.mood").dependsOn(anEnum("a").id()).build();

    assertThat(
            sql(
                schema(anEnum("a", "b"), aTable("t"), column),
                schema(anEnum("a"), aTable("t"), column)))
        .containsExactly(
            "ALTER TYPE app.mood RENAME TO mood_old",
            "CREATE TYPE app.mood AS ENUM ('a')",
            "ALTER TABLE app.t ALTER COLUMN m TYPE app.mood USING m::text::app.mood",
            "DROP TYPE app.mood_old");
  }

  @Test
  @DisplayName("renames an index that is equal but for its name")
  void renamedIndex() {
    assertThat(sql(schema(aTable("t"), index("one")), schema(aTable("t"), index("two"))))
        .containsExactly("ALTER INDEX app.one RENAME TO two");
  }

  private static Fact index(String name) {
    return Fact.of(FactId.of(Kind.INDEX, "app", name))
        .parent(table("t"))
        .items(Attribute.TABLE_LIST, List.of("app", "t"))
        .text(Attribute.DEFINITION, "USING btree (a)")
        .build();
  }

  @Test
  @DisplayName("renames a column that the user names, and what mentions it follows")
  void renamedColumn() {
    Schema from = schema(aTable("t"), aColumn("t", "a", "integer").build(), check("a"));
    Schema to = schema(aTable("t"), aColumn("t", "order", "integer").build(), check("order"));

    Plan plan =
        PLANNER.plan(
            from,
            to,
            new PlanOptions(List.of(new Rename.OfFact(column("t", "a"), column("t", "order")))));

    assertThat(plan.statements())
        .extracting(Statement::sql)
        .containsExactly("ALTER TABLE app.t RENAME COLUMN a TO \"order\"");
  }

  private static Fact check(String column) {
    return Fact.of(FactId.of(Kind.CONSTRAINT, "app", "t", "t_check"))
        .parent(table("t"))
        .dependsOn(column("t", column))
        .text(Attribute.TYPE, "check")
        .text(Attribute.DEFINITION, "CHECK ((" + SqlNames.quote(column) + " > 0))")
        .build();
  }

  @Test
  @DisplayName("refuses a rename that does not apply")
  void renameThatDoesNotApply() {
    PlanOptions options =
        new PlanOptions(List.of(new Rename.OfFact(column("t", "x"), column("t", "y"))));

    assertThatThrownBy(() -> PLANNER.plan(schema(aTable("t")), schema(aTable("t")), options))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("column app.t.x to column app.t.y does not apply");
  }

  @Test
  @DisplayName("says which data a dropped column takes along, and which rows a check can fail on")
  void hazards() {
    Schema from =
        schema(
            aTable("t"), aColumn("t", "a", "integer").build(), aColumn("t", "b", "text").build());
    Schema to = schema(aTable("t"), aColumn("t", "a", "integer").build(), check("a"));

    assertThat(PLANNER.plan(from, to, PlanOptions.standard()).statements())
        .flatExtracting(Statement::hazards)
        .contains(
            new Hazard.LosesData("column app.t.b"),
            new Hazard.MayFailOnRows(
                "SELECT * FROM app.t WHERE NOT (a > 0)",
                "constraint app.t.t_check: a row may not satisfy it"),
            new Hazard.ScansTable("app.t"));
  }

  @Test
  @DisplayName("names what an old server cannot do, and what to do instead")
  void accessMethodOfOldServer() {
    Fact heap = aTable("t");
    Fact other = heap.copy().text(Attribute.ACCESS_METHOD, "heap2").build();
    Schema.Origin old = new Schema.Origin(140_000, "postgres");
    Schema from = new Schema(List.of(SCHEMA, heap), List.of(), Map.of(), old);
    Schema to = new Schema(List.of(SCHEMA, other), List.of(), Map.of(), old);

    assertThatThrownBy(() -> sql(from, to))
        .isInstanceOfSatisfying(
            MigrateException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(FailureCode.NOT_SUPPORTED);
              assertThat(refused.problem()).contains("PostgreSQL 14", "app.t", "from 15 on");
            });
    assertThat(sql(schema(heap), schema(other)))
        .containsExactly("ALTER TABLE app.t SET ACCESS METHOD heap2");
  }
}
