package dev.migrate.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.History;
import dev.migrate.history.HistoryRow;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.HistoryTables.Found;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A history that is adopted")
class ReleasedScriptsTest {
  @TempDir private Path folder;

  @BeforeEach
  void folders() throws IOException {
    Files.createDirectories(RevisionFolders.of(folder).upgrade());
  }

  private void script(String name, String text) throws IOException {
    Files.writeString(RevisionFolders.of(folder).upgrade().resolve(name), text);
  }

  private RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(folder), MissingFolder.REFUSE);
  }

  private static Found applied(String... ids) {
    List<HistoryRow> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(
          new HistoryRow(
              rows.size() + 1,
              Optional.of(RevisionId.of(id)),
              "step",
              "SQL",
              "V%s__step.sql".formatted(id),
              Optional.of(1),
              "somebody",
              LocalDateTime.MIN,
              Duration.ZERO,
              true));
    }
    return new Found(new HistoryTable("public", "flyway_schema_history"), History.of(rows));
  }

  private String released(Found... histories) {
    return ReleasedScripts.last(files().all(), List.of(histories))
        .map(RevisionId::toString)
        .orElse("none");
  }

  @Test
  @DisplayName("is released up to the last script of Flyway's that the target has applied")
  void byTarget() throws IOException {
    script("V1__step.sql", "select 1;");
    script("V2__step.sql", "select 1;");
    script("V3__step.sql", "select 1;");
    assertThat(released(applied("1", "2"), applied("1", "2", "3"))).isEqualTo("2");
    assertThat(ReleasedScripts.applied(files().all(), List.of(applied("1", "2")))).hasSize(2);
  }

  @Test
  @DisplayName("is released as far as it lies there where no target tells, or one has nothing yet")
  void byFiles() throws IOException {
    script("V1__step.sql", "select 1;");
    script("V2__step.sql", "select 1;");
    assertThat(released()).isEqualTo("2");
    assertThat(released(applied())).isEqualTo("2");
  }

  @Test
  @DisplayName("has nothing released of what this plugin has written")
  void withHeader() throws IOException {
    script("V20260101000000__step.sql", "-- revision: 20260101000000\n\nselect 1;");
    assertThat(released()).isEqualTo("none");
    script("V1__before.sql", "select 1;");
    script("V20260101000000__step.sql", "-- revision: 20260101000000\n-- revises: 1\n\nselect 1;");
    assertThat(released(applied("1", "20260101000000"))).isEqualTo("1");
  }

  @Test
  @DisplayName("is refused where the target has scripts and the project has not one of them")
  void lost() throws IOException {
    assertThatThrownBy(() -> LostScripts.refuse(List.of(applied("1")), files()))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.DATABASE_AHEAD);
              assertThat(e.problem())
                  .contains("public.flyway_schema_history (1 row)", "Nothing was written");
            });
    LostScripts.refuse(List.of(), files());
    LostScripts.refuse(List.of(applied()), files());
    script("V2__step.sql", "select 1;");
    LostScripts.refuse(List.of(applied("1")), files());
  }
}
