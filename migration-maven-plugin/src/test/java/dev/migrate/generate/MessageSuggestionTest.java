package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.diff.Diff;
import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A suggested message")
class MessageSuggestionTest {
  private static String suggest(Schemas from, Schemas to, Rename... renames) {
    return MessageSuggestion.of(Diff.between(from.build(), to.build()).changes(), List.of(renames));
  }

  @Test
  @DisplayName("names a new table and not what is in it")
  void table() {
    assertThat(
            suggest(
                Schemas.of(),
                Schemas.of().table("assets", "id int", "name text").constraint("c", "assets", "…")))
        .isEqualTo("Add assets");
  }

  @Test
  @DisplayName("says what is added, changed and dropped, the first few by name")
  void verbs() {
    assertThat(
            suggest(
                Schemas.of().table("a", "x int", "y text").table("old", "x int"),
                Schemas.of()
                    .table("a", "x bigint", "y text", "z int")
                    .constraint("a_z_check", "a", "…")))
        .isEqualTo("Add a.z and a_z_check, change a.x, drop old");
    assertThat(
            suggest(
                Schemas.of().table("a", "x int"),
                Schemas.of().table("a", "x int", "b int", "c int", "d int", "e int")))
        .isEqualTo("Add a.b, a.c and 2 more");
  }

  @Test
  @DisplayName("calls a rename a rename")
  void rename() {
    assertThat(
            suggest(
                Schemas.of().table("a", "name text"),
                Schemas.of().table("a", "title text"),
                new Rename.OfFact(
                    FactId.of(Kind.COLUMN, "public", "a", "name"),
                    FactId.of(Kind.COLUMN, "public", "a", "title"))))
        .isEqualTo("Rename a.name to title");
  }
}
