package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.internal.parser.ParsingContext;
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
            MigrateException.class,
            () -> ScriptReader.runnable(script(sql), Placeholders.of(placeholders)));
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
            script("create table a (i text);\ncopy a from stdin;\n\\N\n\\.\nselect 1;"),
            Placeholders.NONE);
    assertThat(copy.statements()).hasSize(3);
  }

  @Test
  @DisplayName("names the placeholder that has no value, and says how it gets one")
  void undefined() {
    MigrateException failure = failure("select 1;\n\nselect '${a}', '${b}';", Map.of("a", "1"));
    assertThat(failure.problem())
        .isEqualTo(Path.of("up/V1__a.sql") + ", line 3: the placeholder ${b} has no value.");
    assertThat(failure.remedy()).contains("<b>…</b>", "'$' || '{b}'");
    MigrateException flyways = failure("select '${flyway:usr}';", Map.of("a", "1"));
    assertThat(flyways.problem()).endsWith(", line 1: the placeholder ${flyway:usr} has no value.");
    assertThat(flyways.remedy()).contains("${flyway:user}", "${flyway:defaultSchema}");
  }

  @Test
  @DisplayName("has the same default placeholders as Flyway, and is refused where they are off")
  void defaults() throws IllegalAccessException {
    List<String> flyways = new ArrayList<>();
    for (Field field : ParsingContext.class.getDeclaredFields()) {
      if (field.getName().endsWith("_PLACEHOLDER")) {
        field.setAccessible(true);
        flyways.add((String) field.get(null));
      }
    }
    assertThat(FlywayPlaceholders.NAMES).containsExactlyInAnyOrderElementsOf(flyways);
    for (String name : flyways) {
      String sql = "-- ${flyway:%1$s}\nselect 1;\nselect '${FLYWAY:%1$s}';".formatted(name);
      assertThat(failure(sql, Map.of()).problem())
          .contains("line 3: the statement says ${FLYWAY:" + name + "}, and placeholders are off");
      assertThat(
              ScriptReader.runnable(script(sql), Placeholders.of(Map.of("a", "1")))
                  .statements()
                  .get(1)
                  .sql())
          .doesNotContain("$");
    }
    String body = "create function f() returns text language sql as $$ select '${x}' $$;";
    assertThat(ScriptReader.runnable(script(body), Placeholders.NONE).statements().get(0).sql())
        .contains("'${x}'");
  }
}
