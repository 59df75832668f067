package dev.migrate.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An identity")
class FactIdTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"plain", "with.dot", "tab\there", "back\\slash", "\\t", "\"quoted\"", "🐘", " "})
  @DisplayName("comes back from its text whatever characters its names hold")
  void roundTrip(String name) {
    FactId id = FactId.of(Kind.COLUMN, "app", name, name);

    assertThat(FactId.decode(id.encode())).isEqualTo(id);
  }

  @Test
  @DisplayName("of a fact about another leads to the other")
  void about() {
    FactId column = FactId.of(Kind.COLUMN, "app", "t", "c");

    assertThat(FactId.about(Kind.COMMENT, column).target(0)).isEqualTo(column);
    assertThat(FactId.about(Kind.PRIVILEGE, column, "joe").target(1)).isEqualTo(column);
    assertThat(FactId.about(Kind.PRIVILEGE, column, "joe"))
        .hasToString("privileges on column app.t.c for joe");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("says what it is about, whatever the kind, and can be about something else")
  void subject(Kind kind) {
    FactId one = FactId.of(Kind.COLUMN, "app", "t", "c");
    FactId other = FactId.of(Kind.TABLE, "app", "TABLE");
    String[] own = kind.place() == Kind.Place.ABOUT_NAMED ? new String[] {"TABLE"} : new String[0];
    boolean about = kind.place() == Kind.Place.ABOUT || own.length > 0;
    FactId id = about ? FactId.about(kind, one, own) : FactId.of(kind, "app", "t", "c");

    assertThat(id.subject()).isEqualTo(about ? Optional.of(one) : Optional.empty());
    assertThat(id.about(other)).isEqualTo(about ? FactId.about(kind, other, own) : id);
  }

  @Test
  @DisplayName("sorts by kind, then name by name, the shorter first")
  void order() {
    assertThat(
            List.of(
                    FactId.of(Kind.COLUMN, "a", "t", "a"),
                    FactId.of(Kind.TABLE, "b", "t"),
                    FactId.of(Kind.TABLE, "a", "t"))
                .stream()
                .sorted())
        .containsExactly(
            FactId.of(Kind.TABLE, "a", "t"),
            FactId.of(Kind.TABLE, "b", "t"),
            FactId.of(Kind.COLUMN, "a", "t", "a"));
  }
}
