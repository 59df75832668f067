package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A script that is not SQL, or not UTF-8")
class NotSqlIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("not_sql");
    project =
        new RevisionProject(
            folder, Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"));
    project.revision(1, "create table a (id int);", "drop table a;");
  }

  @AfterEach
  void end() {
    database.close();
  }

  /** Every kind of file that an upgrade runs. */
  private List<Path> ofUpgrade() {
    return List.of("V2__step.sql", "R__step.sql", "afterMigrate.sql", "beforeEachMigrate.sql")
        .stream()
        .map(project.folders().upgrade()::resolve)
        .toList();
  }

  @Test
  @DisplayName(
      "with commands of psql is refused before anything runs, whatever kind of script it is")
  void psqlCommands() throws IOException {
    for (String command :
        List.of("\\restrict abc", "\\connect other", "\\copy a from 'a.csv'", "\\i more.sql")) {
      for (Path file : ofUpgrade()) {
        Files.writeString(file, "-- a dump\n\n" + command + "\n\nselect 1;\n");
        assertRefused(file, 3, command, failureOf(() -> project.upgrade("head")));
        Files.delete(file);
      }
    }
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName("with commands of psql is refused before the first downgrade runs")
  void downgrade() {
    project.revision(2, "select 1;", "select 1;");
    project.upgrade("head");
    for (String command : List.of("\\restrict abc", "\\connect other", "\\copy a from 'a.csv'")) {
      project.revision(1, "create table a (id int);", command + "\ndrop table a;");
      assertRefused(
          project.folders().downgrade().resolve("U1__step_1.sql"),
          1,
          command,
          failureOf(() -> project.downgrade("base")));
      assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    }
  }

  private void assertRefused(Path file, int line, String command, MigrateException refused) {
    assertThat(refused.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
    assertThat(refused.problem())
        .isEqualTo(
            "%s, line %d: \"%s\" is a command of psql and not SQL."
                .formatted(project.folders().display(file), line, command));
    assertThat(refused.remedy()).startsWith("Remove the line");
  }

  @Test
  @DisplayName("is told so, too, where the command ends a statement")
  void within() {
    project.revision(2, "select 'drop table a' \\gexec\nselect 1;", "select 1;");
    assertThat(failureOf(() -> project.upgrade("head")).remedy())
        .contains("What begins with a backslash is a command of psql and not SQL");
  }

  @Test
  @DisplayName("in another encoding is refused before anything runs, with what makes UTF-8 of it")
  void encodings() throws IOException {
    Map<String, String> advice = new LinkedHashMap<>();
    advice.put("UTF-16", "iconv -f UTF-16 -t UTF-8");
    advice.put("UTF-16LE", "iconv -f UTF-16 -t UTF-8");
    advice.put("UTF-16BE", "iconv -f UTF-16BE -t UTF-8");
    advice.put("X-UTF-16LE-BOM", "iconv -f UTF-16 -t UTF-8");
    advice.put("UTF-32LE", "iconv -f UTF-32LE -t UTF-8");
    advice.put("UTF-32BE", "iconv -f UTF-32BE -t UTF-8");
    advice.put("X-UTF-32LE-BOM", "iconv -f UTF-32 -t UTF-8");
    advice.put("windows-1252", "iconv -f WINDOWS-1252 -t UTF-8");
    for (Map.Entry<String, String> one : advice.entrySet()) {
      for (Path file : ofUpgrade()) {
        Files.write(file, "-- Straße\nselect 1;\n".getBytes(Charset.forName(one.getKey())));
        MigrateException refused = failureOf(() -> project.upgrade("head"));
        assertThat(refused.code()).as(one.getKey()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
        assertThat(refused.problem()).contains(file.getFileName().toString(), "not UTF-8");
        assertThat(refused.remedy()).as(one.getKey()).contains(one.getValue());
        Files.delete(file);
      }
    }
    assertThat(project.tables()).isEmpty();
  }
}
