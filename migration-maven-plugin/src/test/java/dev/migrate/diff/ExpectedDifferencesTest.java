package dev.migrate.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What is expected in a target")
class ExpectedDifferencesTest {
  private static final FactId APP = FactId.of(Kind.SCHEMA, "app");
  private static final FactId EVENTS = FactId.of(Kind.TABLE, "app", "ev");

  private final List<Fact> wanted = new ArrayList<>();
  private final List<Fact> actual = new ArrayList<>();

  private static Schema schema(List<Fact> facts) {
    return new Schema(facts, List.of(), Map.of(), Schema.Origin.UNKNOWN);
  }

  private void both(Fact... facts) {
    wanted.addAll(List.of(facts));
    actual.addAll(List.of(facts));
  }

  private static Fact in(FactId parent, Kind kind, String... names) {
    return Fact.of(FactId.of(kind, names)).parent(parent).build();
  }

  private void partition(String name, FactId of) {
    FactId table = FactId.of(Kind.TABLE, "app", name);
    actual.add(in(APP, Kind.TABLE, "app", name));
    actual.add(Fact.of(table.as(Kind.PARTITION)).parent(table).dependsOn(of).build());
    actual.add(in(table, Kind.COLUMN, "app", name, "id"));
    actual.add(in(table, Kind.INDEX, "app", name + "_idx"));
  }

  private Diff diff(ExpectedDifferences expected) {
    return Diff.between(schema(wanted), expected.without(schema(wanted), schema(actual)).schema());
  }

  private List<String> found(ExpectedDifferences expected) {
    return expected.without(schema(wanted), schema(actual)).found();
  }

  @Test
  @DisplayName("are partitions of a known table, at any depth, in one line")
  void partitions() {
    both(Fact.of(APP).build(), in(APP, Kind.TABLE, "app", "ev"));
    partition("ev_26", EVENTS);
    partition("ev_27", EVENTS);
    partition("ev_27_1", FactId.of(Kind.TABLE, "app", "ev_27"));
    assertThat(diff(ExpectedDifferences.NOTHING).changes()).hasSize(12);
    ExpectedDifferences expected = ExpectedDifferences.of("partitions");
    assertThat(diff(expected).isEmpty()).isTrue();
    assertThat(found(expected))
        .containsExactly("3 partitions of table app.ev: ev_26, ev_27, ev_27_1");
  }

  @Test
  @DisplayName("are partitions that may lie in another schema, which is said")
  void partitionsElsewhere() {
    both(Fact.of(APP).build(), in(APP, Kind.TABLE, "app", "ev"));
    FactId old = FactId.of(Kind.SCHEMA, "old");
    both(Fact.of(old).build());
    FactId table = FactId.of(Kind.TABLE, "old", "ev_25");
    actual.add(in(old, Kind.TABLE, "old", "ev_25"));
    actual.add(Fact.of(table.as(Kind.PARTITION)).parent(table).dependsOn(EVENTS).build());
    assertThat(found(ExpectedDifferences.of("partitions")))
        .containsExactly("partition old.ev_25 of table app.ev");
  }

  @Test
  @DisplayName("are not partitions of a table that the revisions do not make")
  void partitionsOfOthers() {
    both(Fact.of(APP).build());
    actual.add(in(APP, Kind.TABLE, "app", "other"));
    partition("other_1", FactId.of(Kind.TABLE, "app", "other"));
    assertThat(diff(ExpectedDifferences.of("partitions")).changes()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "schema:monitoring, extension:pg_stat*",
        "monitoring*, extension:pg_stat_statement?",
        "Schema: monitoring,pg_stat*"
      })
  @DisplayName("are names by kind or of any kind, with wildcards, and all that is in them")
  void names(String patterns) {
    both(Fact.of(APP).build());
    FactId monitoring = FactId.of(Kind.SCHEMA, "monitoring");
    actual.add(Fact.of(monitoring).build());
    actual.add(in(monitoring, Kind.VIEW, "monitoring", "load"));
    actual.add(Fact.of(FactId.of(Kind.EXTENSION, "pg_stat_statements")).build());
    assertThat(diff(ExpectedDifferences.of(patterns)).isEmpty()).isTrue();
  }

  @Test
  @DisplayName("is nothing that is missing, or otherwise than it should be")
  void onlyBesides() {
    wanted.add(Fact.of(FactId.of(Kind.VIEW, "app", "v")).text(Attribute.DEFINITION, "a").build());
    wanted.add(Fact.of(FactId.of(Kind.VIEW, "app", "gone")).build());
    actual.add(Fact.of(FactId.of(Kind.VIEW, "app", "v")).text(Attribute.DEFINITION, "b").build());
    assertThat(diff(ExpectedDifferences.of("view:*")).changes()).hasSize(2);
  }

  @Test
  @DisplayName("is refused when there is no such kind of object")
  void unknownKind() {
    MigrateException failure =
        catchThrowableOfType(MigrateException.class, () -> ExpectedDifferences.of("tabel:x"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(failure.problem()).contains("no kind of object called \"tabel\"");
  }
}
