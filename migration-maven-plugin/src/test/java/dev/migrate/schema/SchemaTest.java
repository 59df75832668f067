package dev.migrate.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A schema")
class SchemaTest {
  private static final FactId TABLE = FactId.of(Kind.TABLE, "app", "t");
  private static final Fact PLAIN = Fact.of(TABLE).build();

  private static Schema of(Fact... facts) {
    return new Schema(List.of(facts), List.of(), Map.of(), Schema.Origin.UNKNOWN);
  }

  @Test
  @DisplayName(
      "equals another with the same facts, wherever it was read and whatever depends on what")
  void equality() {
    Schema one = of(PLAIN);
    Schema other =
        new Schema(
            List.of(Fact.of(TABLE).dependsOn(FactId.of(Kind.SCHEMA, "app")).build()),
            List.of(),
            Map.of(TABLE, List.of("a")),
            new Schema.Origin(150_000, "joe"));

    assertThat(other).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
  }

  @Test
  @DisplayName("differs in each attribute, in each uncovered thing, and so does its fingerprint")
  void inequality() {
    Schema one = of(PLAIN);
    Schema unlogged = of(Fact.of(TABLE).flag(Attribute.UNLOGGED, true).build());
    Schema listed =
        of(Fact.of(TABLE).value("unlogged", new AttributeValue.Items(List.of("true"))).build());
    Schema blind =
        new Schema(
            List.of(PLAIN),
            List.of(new Uncovered("base type", "app.point")),
            Map.of(),
            Schema.Origin.UNKNOWN);

    assertThat(List.of(one, unlogged, listed, blind)).doesNotHaveDuplicates();
    assertThat(List.of(one, unlogged, listed, blind))
        .extracting(Schema::fingerprint)
        .doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("says where only the order of columns differs")
  void columnOrder() {
    Schema one =
        new Schema(
            List.of(PLAIN), List.of(), Map.of(TABLE, List.of("a", "b")), Schema.Origin.UNKNOWN);
    Schema other =
        new Schema(
            List.of(PLAIN), List.of(), Map.of(TABLE, List.of("b", "a")), Schema.Origin.UNKNOWN);

    assertThat(one).isEqualTo(other);
    assertThat(one.differentColumnOrder(other)).containsExactly(TABLE);
    assertThat(one.differentColumnOrder(one)).isEmpty();
  }

  @Test
  @DisplayName("refuses two facts with one identity")
  void oneIdentity() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(PLAIN, PLAIN))
        .withMessageContaining("table app.t");
  }
}
