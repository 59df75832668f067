package dev.migrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.migrate.diff.Diff;
import dev.migrate.diff.Drift;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A difference")
class DiffTextTest {
  private static final FactId TABLE = FactId.of(Kind.TABLE, "public", "a");

  private static Fact column(String name, String type) {
    return Fact.of(FactId.of(Kind.COLUMN, "public", "a", name))
        .parent(TABLE)
        .text(Attribute.TYPE, type)
        .build();
  }

  private static Schema schema(List<String> order, Fact... facts) {
    return new Schema(
        List.of(facts),
        List.of(new Uncovered("security label", "on a")),
        Map.of(TABLE, order),
        Schema.Origin.UNKNOWN);
  }

  private static DiffText text() {
    Fact table = Fact.of(TABLE).build();
    Fact comment =
        Fact.of(FactId.about(Kind.COMMENT, FactId.of(Kind.COLUMN, "public", "a", "x")))
            .parent(FactId.of(Kind.COLUMN, "public", "a", "x"))
            .text(Attribute.TEXT, "new")
            .build();
    Schema from = schema(List.of("x", "y"), table, column("x", "int"), column("gone", "text"));
    Schema to =
        schema(List.of("y", "x"), table, column("x", "bigint"), column("more", "date"), comment);
    Statement statement =
        Statement.changing(TABLE, "ALTER …").with(new Hazard.RewritesTable("public.a"));
    return new DiffText(
        from,
        to,
        Diff.between(from, to),
        new Plan(List.of(statement, statement)),
        TerminalStyle.PLAIN);
  }

  @Test
  @DisplayName("is a tree of what is added, removed and altered, with old and new values")
  void tree() {
    assertThat(text().tree())
        .containsExactly(
            "~ table public.a",
            "  − column public.a.gone",
            "  + column public.a.more  (type: date)",
            "  ~ column public.a.x",
            "      type: int → bigint",
            "    + comment on column public.a.x  (text: new)",
            "! rewrites public.a",
            "= table public.a: the same columns in another order, which cannot be altered",
            "? not covered, and not compared: security label on a");
  }

  @Test
  @DisplayName("with a target shows partitions on one line, before the tree of what else differs")
  void partitions() {
    FactId part = FactId.of(Kind.TABLE, "public", "a_26");
    Schema from = schema(List.of("x"), Fact.of(TABLE).build(), column("x", "int"));
    Schema to =
        schema(
            List.of("x"),
            Fact.of(TABLE).build(),
            column("x", "bigint"),
            Fact.of(part).build(),
            Fact.of(part.as(Kind.PARTITION)).parent(part).dependsOn(TABLE).build(),
            Fact.of(FactId.of(Kind.COLUMN, "public", "a_26", "x")).parent(part).build());
    DiffText text =
        new DiffText(from, to, Diff.between(from, to), new Plan(List.of()), TerminalStyle.PLAIN);
    assertThat(text.tree(Drift.between(from, to)))
        .startsWith("+ partition a_26 of table public.a", "~ table public.a")
        .noneMatch(line -> line.contains("public.a_26"));
    assertThat(text.json().toString()).contains("a_26\",\"x");
  }

  @Test
  @DisplayName("is a document with old and new values and the statements with their hazards")
  void json() {
    JsonObject document = text().json();
    assertThat(document.get("different").getAsBoolean()).isTrue();
    assertThat(document.getAsJsonArray("changes").toString())
        .contains(
            "{\"kind\":\"column\",\"names\":[\"public\",\"a\",\"x\"],\"change\":\"altered\",\"attributes\":{\"type\":{\"from\":\"int\",\"to\":\"bigint\"}}}");
    assertThat(document.getAsJsonArray("statements").get(0).toString())
        .contains("\"hazards\":[\"rewrites public.a\"]");
    assertThat(document.getAsJsonArray("uncovered").get(0).getAsString())
        .isEqualTo("security label on a");
  }
}
