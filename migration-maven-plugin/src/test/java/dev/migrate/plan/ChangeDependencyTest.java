package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Two changes keep their order")
class ChangeDependencyTest {
  private static final FactId APP = FactId.of(Kind.SCHEMA, "app");
  private static final Schema NOTHING = schema();

  private static Schema schema(Fact... facts) {
    return new Schema(
        Arrays.asList(facts), List.of(), Map.of(), new Schema.Origin(150_000, "postgres"));
  }

  private static FactId table(String name) {
    return FactId.of(Kind.TABLE, "app", name);
  }

  private static FactId column(String table, String name) {
    return FactId.of(Kind.COLUMN, "app", table, name);
  }

  private static FactId view(String name) {
    return FactId.of(Kind.VIEW, "app", name);
  }

  private static FactId index(String name) {
    return FactId.of(Kind.INDEX, "app", name);
  }

  private static Fact aTable(String name) {
    return Fact.of(table(name)).parent(APP).build();
  }

  private static Fact.Builder aColumn(String table, String name) {
    return Fact.of(column(table, name)).parent(table(table)).text(Attribute.TYPE, "integer");
  }

  /** Whether one and the other, each about some facts and with some SQL, must keep their order. */
  private static boolean ordered(Schema schema, FactId one, FactId other) {
    boolean before = between(schema, NOTHING, one, other);
    assertThat(between(NOTHING, schema, one, other)).as("by the wanted schema").isEqualTo(before);
    assertThat(between(schema, NOTHING, other, one)).as("the other way").isEqualTo(before);
    return before;
  }

  private static boolean between(Schema from, Schema to, FactId one, FactId other) {
    return new ChangeDependency(from, to).between(Set.of(one), Set.of(other));
  }

  private static boolean mentioned(String body, FactId other) {
    Fact routine =
        Fact.of(FactId.of(Kind.FUNCTION, "app", "f", "")).text(Attribute.BODY, body).build();
    return ordered(schema(routine), routine.id(), other);
  }

  @Test
  @DisplayName("where they are about one thing, or about two of one name, and not otherwise")
  void names() {
    assertThat(ordered(NOTHING, table("t"), table("t"))).isTrue();
    assertThat(ordered(NOTHING, table("t"), view("t"))).isTrue();
    assertThat(ordered(NOTHING, table("t"), table("u"))).isFalse();
    assertThat(ordered(NOTHING, table("t"), FactId.of(Kind.VIEW, "other", "t"))).isFalse();
    assertThat(ordered(NOTHING, index("t_key"), FactId.of(Kind.CONSTRAINT, "app", "t", "t_key")))
        .isTrue();
  }

  @Test
  @DisplayName("where a part of the one needs the other")
  void needs() {
    Fact key =
        Fact.of(FactId.of(Kind.CONSTRAINT, "app", "t", "t_fkey"))
            .parent(table("t"))
            .dependsOn(column("t", "a"))
            .dependsOn(column("other", "id"))
            .build();
    Schema schema =
        schema(
            aTable("t"),
            aColumn("t", "a").build(),
            aColumn("t", "b").build(),
            key,
            aTable("other"),
            aColumn("other", "id").build(),
            aColumn("other", "more").build());

    assertThat(ordered(schema, key.id(), column("other", "id"))).isTrue();
    assertThat(ordered(schema, key.id(), table("other"))).as("a part of it").isTrue();
    assertThat(ordered(schema, key.id(), column("other", "more"))).isFalse();
    assertThat(ordered(schema, table("t"), column("other", "id"))).as("with its table").isTrue();
    assertThat(ordered(schema, column("t", "a"), column("t", "b"))).as("columns alone").isFalse();
    assertThat(ordered(schema, column("t", "b"), table("t"))).as("with its table").isTrue();
  }

  @Test
  @DisplayName("where a view or a function reads the rows of a table, and a column of it is other")
  void rows() {
    Fact whole =
        Fact.of(FactId.of(Kind.FUNCTION, "app", "whole", ""))
            .parent(APP)
            .dependsOn(table("t"))
            .build();
    Fact partition =
        Fact.of(FactId.of(Kind.TRIGGER, "app", "u", "tr"))
            .parent(table("u"))
            .dependsOn(table("t"))
            .build();
    Schema schema = schema(aTable("t"), aColumn("t", "a").build(), aTable("u"), whole, partition);

    assertThat(ordered(schema, whole.id(), column("t", "a"))).isTrue();
    assertThat(ordered(schema, partition.id(), column("t", "a"))).isFalse();
  }

  @Test
  @DisplayName("where a column is the one that others have from there")
  void inherited() {
    Fact seen = Fact.of(view("v")).parent(APP).dependsOn(column("grandchild", "a")).build();
    Fact other = Fact.of(view("w")).parent(APP).dependsOn(column("grandchild", "b")).build();
    Schema schema =
        schema(
            aTable("parent"),
            aColumn("parent", "a").build(),
            aTable("child"),
            aColumn("child", "a")
                .flag(Attribute.INHERITED, true)
                .dependsOn(column("parent", "a"))
                .build(),
            aTable("grandchild"),
            aColumn("grandchild", "a")
                .flag(Attribute.INHERITED, true)
                .dependsOn(column("child", "a"))
                .build(),
            aColumn("grandchild", "b").build(),
            seen,
            other);

    assertThat(ordered(schema, seen.id(), column("parent", "a"))).isTrue();
    assertThat(ordered(schema, other.id(), column("parent", "a"))).isFalse();
  }

  @Test
  @DisplayName("where a column is of a type that the other changes, at any depth")
  void types() {
    FactId domain = FactId.of(Kind.DOMAIN, "app", "d");
    FactId check = FactId.of(Kind.DOMAIN_CONSTRAINT, "app", "d", "c");
    FactId composite = FactId.of(Kind.COMPOSITE_TYPE, "app", "c");
    FactId attribute = FactId.of(Kind.ATTRIBUTE, "app", "c", "x");
    Schema schema =
        schema(
            Fact.of(domain).parent(APP).text(Attribute.TYPE, "integer").build(),
            Fact.of(check).parent(domain).build(),
            Fact.of(composite).parent(APP).build(),
            Fact.of(attribute)
                .parent(composite)
                .text(Attribute.TYPE, "app.d")
                .dependsOn(domain)
                .build(),
            aTable("t"),
            aColumn("t", "a").text(Attribute.TYPE, "app.c[]").dependsOn(composite).build(),
            aColumn("t", "b").build());

    for (FactId part : List.of(domain, check, composite, attribute)) {
      assertThat(ordered(schema, column("t", "a"), part)).as("%s", part).isTrue();
      assertThat(ordered(schema, column("t", "b"), part)).as("%s", part).isFalse();
    }
  }

  @Test
  @DisplayName("where a type is used by way of its attribute")
  void attributes() {
    FactId composite = FactId.of(Kind.COMPOSITE_TYPE, "app", "c");
    FactId attribute = FactId.of(Kind.ATTRIBUTE, "app", "c", "x");
    Fact function =
        Fact.of(FactId.of(Kind.FUNCTION, "app", "f", "app.c"))
            .parent(APP)
            .dependsOn(composite)
            .build();
    Schema schema =
        schema(
            Fact.of(composite).parent(APP).build(),
            Fact.of(attribute).parent(composite).build(),
            function);

    assertThat(ordered(schema, function.id(), attribute)).isTrue();
  }

  @Test
  @DisplayName("where a table is linked to another, and the other change is about a part of either")
  void links() {
    Fact link =
        Fact.of(FactId.of(Kind.PARTITION, "app", "log_1"))
            .parent(table("log_1"))
            .dependsOn(table("log"))
            .build();
    Fact onLog =
        Fact.of(index("by_d"))
            .parent(table("log"))
            .items(Attribute.TABLE_LIST, List.of("app", "log"))
            .build();
    Fact onOther =
        Fact.of(index("by_x"))
            .parent(table("o"))
            .items(Attribute.TABLE_LIST, List.of("app", "o"))
            .build();
    Schema schema = schema(aTable("log"), aTable("log_1"), aTable("o"), link, onLog, onOther);

    assertThat(ordered(schema, link.id(), onLog.id())).isTrue();
    assertThat(ordered(schema, link.id(), onOther.id())).isFalse();
    assertThat(ordered(schema, link.id(), column("log_1", "d"))).isTrue();
    assertThat(ordered(schema, link.id(), column("log", "d"))).isTrue();
    assertThat(ordered(schema, link.id(), column("o", "d"))).isFalse();
    assertThat(ordered(schema, link.id(), table("o"))).isFalse();
    assertThat(ordered(schema, table("log_1"), column("log", "d"))).as("no link").isFalse();
  }

  @Test
  @DisplayName("where a body has the name of what the other is about, as a word of its own")
  void bodies() {
    assertThat(mentioned("AS $$ select * from app.log $$", table("log"))).isTrue();
    assertThat(mentioned("log", table("log"))).isTrue();
    assertThat(mentioned("delete from log_1; delete from log", table("log"))).isTrue();
    assertThat(mentioned("select * from log_1", table("log"))).isFalse();
    assertThat(mentioned("select * from my_log", table("log"))).isFalse();
    assertThat(mentioned("select * from catalog", table("log"))).isFalse();
    for (Kind kind :
        List.of(
            Kind.VIEW,
            Kind.MATERIALIZED_VIEW,
            Kind.INDEX,
            Kind.SEQUENCE,
            Kind.FUNCTION,
            Kind.PROCEDURE)) {
      assertThat(mentioned("log", FactId.of(kind, "app", "log"))).as("%s", kind).isTrue();
    }
    assertThat(mentioned("log", column("t", "log")))
        .as("a column is mentioned with its table")
        .isFalse();
  }
}
