package dev.migrate.generate;

import static dev.migrate.generate.ModelProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.observe.InverseRenames;
import dev.migrate.plan.Rename;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A comparison")
class SchemaComparisonTest {
  private static Fact view(String name, String on) {
    return Fact.of(FactId.of(Kind.VIEW, "public", name))
        .items(Attribute.COLUMNS, List.of("a integer"))
        .text(Attribute.DEFINITION, "SELECT a FROM public." + on)
        .dependsOn(FactId.of(Kind.VIEW, "public", on))
        .build();
  }

  private static Schema schema(Fact... facts) {
    return new Schema(List.of(facts), List.of(), java.util.Map.of(), Schema.Origin.UNKNOWN);
  }

  @Test
  @DisplayName("needs no plan, and says why there is none")
  void withoutPlan() {
    SchemaComparison found =
        SchemaComparison.of(Schema.empty(), schema(view("one", "other"), view("other", "one")), "");
    assertThat(found.diff().changes()).hasSize(2);
    assertThat(found.way())
        .isInstanceOfSatisfying(
            SchemaComparison.Way.NotPlanned.class,
            not -> assertThat(not.reason().problem()).contains("view public.one"));
    assertThat(failureOf(found::plan).code()).isEqualTo(FailureCode.PROOF_FAILED);
  }

  @Test
  @DisplayName("of a schema with something that is not covered proves nothing")
  void uncovered() {
    Schema all = Schemas.of().table("a", "x int").build();
    Schema some =
        new Schema(
            all.facts().values(),
            List.of(new Uncovered("base type", "public.odd")),
            all.columnOrder(),
            Schema.Origin.UNKNOWN);
    assertThat(claim(all, all)).startsWith("Proven: ");
    assertThat(claim(all, some))
        .isEqualTo(
            "Tried, up and down; not proven, since one thing is not covered and not compared.")
        .doesNotContain("Proven");
  }

  private static String claim(Schema before, Schema after) {
    ProofResult.Step step = new ProofResult.Step(before, after, before, List.of(), List.of());
    return ProofResult.of(List.of(step), null, List.of(), List.of()).claim();
  }

  @Test
  @DisplayName("takes renames back in the order from the last to the first")
  void inverse() {
    FactId things = FactId.of(Kind.TABLE, "public", "things");
    FactId assets = FactId.of(Kind.TABLE, "public", "assets");
    FactId name = FactId.of(Kind.COLUMN, "public", "assets", "name");
    FactId title = FactId.of(Kind.COLUMN, "public", "assets", "title");
    assertThat(
            InverseRenames.of(
                List.of(new Rename.OfFact(things, assets), new Rename.OfFact(name, title))))
        .containsExactly(new Rename.OfFact(title, name), new Rename.OfFact(assets, things));
  }
}
