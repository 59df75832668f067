package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A script that is split")
class ScriptReaderTest {
  @TempDir private Path folder;

  private Script script(String sql) {
    Project project = new Project(folder).file("up/V1__a.sql", sql);
    return project.read().all().get(0).upgrade();
  }

  private MigrateException failure(String sql, Map<String, String> placeholders) {
    MigrateException failure =
        catchThrowableOfType(
            MigrateException.class, () -> ScriptReader.runnable(script(sql), placeholders));
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
    return failure;
  }

  @Test
  @DisplayName("is refused where it holds commands of psql, with the same words as a model")
  void psqlCommands() {
    MigrateException dump =
        failure(
            "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\nSET lock_timeout = 0;",
            Map.of());
    assertThat(dump.problem())
        .isEqualTo(
            Path.of("up/V1__a.sql")
                + ", line 5: \"\\restrict abc\" is a command of psql and not SQL.");
    assertThat(dump.remedy()).contains("pg_dump", "a revision holds nothing but SQL.");
    for (String command :
        new String[] {"\\i x.sql", "\\set a 1", "\\echo it's", "\\connect db", "\\!"}) {
      assertThat(failure("select 1;\n" + command + "\nselect 2;", Map.of()).problem())
          .endsWith(", line 2: \"" + command + "\" is a command of psql and not SQL.");
    }
    RunnableScript copy =
        ScriptReader.runnable(
            script("create table a (i text);\ncopy a from stdin;\n\\N\n\\.\nselect 1;"), Map.of());
    assertThat(copy.statements()).hasSize(3);
  }
}
