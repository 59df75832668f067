package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.model.CommandLineNames;
import dev.migrate.plan.Rename;
import dev.migrate.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What may have been renamed")
class RenameCandidatesTest {
  private static List<String> candidates(Schemas from, Schemas to) {
    Schema before = from.build();
    Schema after = to.build();
    RenameCandidates candidates = new RenameCandidates(before, after);
    List<Rename> objects = candidates.objects();
    return java.util.stream.Stream.concat(objects.stream(), candidates.parts(objects).stream())
        .map(CommandLineNames::flag)
        .toList();
  }

  @Test
  @DisplayName("is a column that is gone where one of its type has come")
  void column() {
    assertThat(
            candidates(
                Schemas.of().table("a", "id int", "name text"),
                Schemas.of().table("a", "id int", "title text")))
        .containsExactly("a.name:a.title");
    assertThat(
            candidates(
                Schemas.of().table("a", "id int", "name text"),
                Schemas.of().table("a", "id int", "size int")))
        .isEmpty();
    assertThat(
            candidates(
                Schemas.of().table("a", "id int"), Schemas.of().table("a", "id int", "more text")))
        .isEmpty();
  }

  @Test
  @DisplayName("is every pair when several columns of a type have changed")
  void severalColumns() {
    assertThat(
            candidates(
                Schemas.of().table("a", "x text", "y text"),
                Schemas.of().table("a", "v text", "w text")))
        .containsExactly("a.x:a.v", "a.x:a.w", "a.y:a.v", "a.y:a.w");
  }

  @Test
  @DisplayName(
      "is a table that is gone where one with half of its columns has come, and its columns")
  void table() {
    assertThat(
            candidates(
                Schemas.of().table("things", "id int", "name text", "size int"),
                Schemas.of().table("assets", "id int", "title text", "size int")))
        .containsExactly("things:assets", "assets.name:assets.title");
    assertThat(
            candidates(
                Schemas.of().table("things", "id int", "name text", "size int"),
                Schemas.of().table("places", "id int", "street text", "town text")))
        .isEmpty();
  }

  @Test
  @DisplayName("is an enum, or a value of one")
  void enums() {
    assertThat(
            candidates(
                Schemas.of().enumOf("mood", "good", "bad"),
                Schemas.of().enumOf("temper", "good", "bad")))
        .containsExactly("mood:temper");
    assertThat(
            candidates(
                Schemas.of().enumOf("mood", "good", "bad"),
                Schemas.of().enumOf("mood", "good", "poor")))
        .containsExactly("mood.bad:mood.poor");
    assertThat(
            candidates(
                Schemas.of().enumOf("mood", "good"), Schemas.of().enumOf("mood", "good", "poor")))
        .isEmpty();
  }

  @Test
  @DisplayName("is a function of the same arguments and the same body")
  void functions() {
    assertThat(
            candidates(
                Schemas.of().function("f", "integer", "select 1"),
                Schemas.of().function("g", "integer", "select 1")))
        .hasSize(1);
    assertThat(
            candidates(
                Schemas.of().function("f", "integer", "select 1"),
                Schemas.of()
                    .function("g", "text", "select 1")
                    .function("h", "integer", "select 2")))
        .isEmpty();
  }
}
