package dev.migrate.diff;

import static org.assertj.core.api.Assertions.assertThat;

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

@DisplayName("The drift of a database")
class DriftTest {
  private static final FactId APP = FactId.of(Kind.SCHEMA, "app");
  private static final FactId EVENTS = FactId.of(Kind.TABLE, "app", "ev");

  private final List<Fact> wanted = new ArrayList<>();
  private final List<Fact> actual = new ArrayList<>();

  private static Fact in(FactId parent, Kind kind, String... names) {
    return Fact.of(FactId.of(kind, names)).parent(parent).build();
  }

  private static void partition(List<Fact> side, String name) {
    FactId table = FactId.of(Kind.TABLE, "app", name);
    FactId index = FactId.of(Kind.INDEX, "app", name + "_idx");
    side.add(in(APP, Kind.TABLE, "app", name));
    side.add(Fact.of(table.as(Kind.PARTITION)).parent(table).dependsOn(EVENTS).build());
    side.add(in(table, Kind.COLUMN, "app", name, "id"));
    side.add(in(table, Kind.INDEX, "app", name + "_idx"));
    side.add(
        Fact.of(FactId.about(Kind.COMMENT, index)).parent(index).text(Attribute.TEXT, "x").build());
  }

  private Drift drift() {
    return Drift.between(schema(wanted), schema(actual));
  }

  private static Schema schema(List<Fact> facts) {
    return new Schema(facts, List.of(), Map.of(), Schema.Origin.UNKNOWN);
  }

  private void table() {
    for (List<Fact> side : List.of(wanted, actual)) {
      side.add(Fact.of(APP).build());
      side.add(in(APP, Kind.TABLE, "app", "ev"));
    }
  }

  @Test
  @DisplayName("counts a partition as one thing, however much PostgreSQL makes with it")
  void onePartition() {
    table();
    partition(actual, "ev_26");
    assertThat(drift().count()).isEqualTo(1);
    assertThat(drift().lines()).containsExactly("+ partition ev_26 of table app.ev");
    assertThat(drift().rest().isEmpty()).isTrue();
    assertThat(drift().hint()).contains("-Dmigrate.expect=partitions");
  }

  @Test
  @DisplayName("names the partitions of a table on one line, those that lack on another")
  void severalPartitions() {
    table();
    partition(actual, "ev_26");
    partition(actual, "ev_27");
    partition(wanted, "ev_24");
    wanted.add(in(EVENTS, Kind.INDEX, "app", "ev_idx"));
    assertThat(drift().count()).isEqualTo(4);
    assertThat(drift().lines())
        .containsExactly(
            "− partition ev_24 of table app.ev",
            "+ 2 partitions of table app.ev: ev_26, ev_27",
            "− index app.ev_idx");
  }

  @Test
  @DisplayName("says what differs in a partition that both have, and shows a whole new table")
  void other() {
    table();
    partition(wanted, "ev_26");
    partition(actual, "ev_26");
    actual.add(in(FactId.of(Kind.TABLE, "app", "ev_26"), Kind.COLUMN, "app", "ev_26", "more"));
    actual.add(in(APP, Kind.TABLE, "app", "new"));
    assertThat(drift().lines()).containsExactly("+ table app.new", "+ column app.ev_26.more");
    assertThat(drift().hint()).isEmpty();
  }
}
