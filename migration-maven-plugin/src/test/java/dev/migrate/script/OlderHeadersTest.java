package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The header of a script")
class OlderHeadersTest {
  private static final String NAME = "V20260118103000__add_asset_location.sql";

  @Test
  @DisplayName("reads in each form that an older version has written, and with its number")
  void older() throws Exception {
    String text = Files.readString(Path.of("src/test/resources/formats/header-1").resolve(NAME));
    for (String one : new String[] {text, text.replace("-- rerun:", "-- format: 1\n-- rerun:")}) {
      RevisionHeader header = RevisionHeader.parse(one, NAME);
      header.confirm(RevisionId.of("20260118103000"));
      assertThat(header.message()).isEqualTo("Add asset location");
      assertThat(header.revises())
          .containsExactly(RevisionId.of("20260110091500"), RevisionId.of("20260111091500"));
      assertThat(header.depends()).containsExactly("billing");
      assertThat(header.labels()).containsExactly("stock", "places");
      assertThat(header.created()).isEqualTo(Instant.parse("2026-01-18T10:30:00Z"));
      assertThat(header.transactional()).isFalse();
      assertThat(header.repeatable()).isTrue();
    }
  }

  @Test
  @DisplayName("is refused when a newer version has written it")
  void newer() {
    assertThatThrownBy(
            () -> RevisionHeader.parse("-- A\n-- format: 2\n-- revision: 7\n\nselect 1;\n", NAME))
        .isInstanceOfSatisfying(
            MigrateException.class,
            failure -> assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE))
        .hasMessageContaining("line 2: the header is of format 2");
  }

  @Test
  @DisplayName("keeps a message that speaks of a format, and no number in other comments means one")
  void words() {
    assertThat(
            RevisionHeader.parse("-- format: csv\n-- revision: 7\n\nselect 1;\n", NAME).message())
        .isEqualTo("format: csv");
    assertThat(RevisionHeader.parse("-- format: 2\n\nselect 1;\n", NAME).isPresent()).isFalse();
  }
}
