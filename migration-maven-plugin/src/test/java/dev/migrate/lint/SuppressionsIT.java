package dev.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A comment that silences a rule")
class SuppressionsIT {
  private static final String TABLE = "create table thing (id bigint, code text, size int);";
  private static final String TIMEOUT = "set lock_timeout = '5s';\n";

  @TempDir private Path folder;

  private LintedScript last(String sql) {
    return new LintedProject(folder).script(TABLE).script(TIMEOUT + sql).last();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- lint:ignore drop-column: nobody reads it\nalter table thing drop code;",
        "\n  --   lint:ignore   drop-column :  nobody reads it\n-- and more\nalter table thing drop code;",
        "alter table thing -- lint:ignore drop-column: nobody reads it\n  drop code;",
        "alter table thing drop code; -- lint:ignore drop-column: nobody reads it\n",
        "-- lint:ignore-file drop-column: nobody reads it\nselect 1;\nalter table thing drop code;"
      })
  @DisplayName("may stand above it, in it, behind it, or be for the whole file")
  void everywhere(String sql) {
    LintedScript script = last(sql);
    assertThat(script.findings()).isEmpty();
    assertThat(script.suppressed())
        .extracting(one -> one.finding().rule() + ": " + one.reason())
        .containsExactly("DROP_COLUMN: nobody reads it");
  }

  @Test
  @DisplayName("is for one statement, and for one rule")
  void oneStatement() {
    LintedScript script =
        last(
            "-- lint:ignore drop-column: nobody reads it\nalter table thing drop code;\n"
                + "alter table thing drop size, alter id type int;");
    assertThat(LintedProject.rules(script)).containsExactly("drop-column", "type-change-rewrites");
    assertThat(script.findings().get(0).place().line()).isEqualTo(4);
    assertThat(script.suppressed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-- lint:ignore drop-column", "-- lint:ignore drop-column:   "})
  @DisplayName("silences nothing without a reason")
  void noReason(String comment) {
    assertThat(LintedProject.rules(last(comment + "\nalter table thing drop code;")))
        .containsExactly("suppression-without-reason", "drop-column");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- lint:ignore",
        "-- lint:ignore everything: I know",
        "-- lint:ignore suppression-unused: I know"
      })
  @DisplayName("silences nothing with a name that no rule has")
  void unknownRule(String comment) {
    assertThat(LintedProject.rules(last(comment + "\nalter table thing drop code;")))
        .containsExactly("suppression-of-unknown-rule", "drop-column");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-- lint:ignore drop-table: gone\nselect 1;",
        "select 1;\n\n-- lint:ignore drop-table: at the end, for nothing",
        "-- lint:ignore-file drop-table: gone"
      })
  @DisplayName("is reported when it silences nothing")
  void unused(String sql) {
    LintedScript script = last(sql + "\n");
    assertThat(LintedProject.rules(script)).containsExactly("suppression-unused");
    assertThat(script.findings().get(0).subject()).isEqualTo("drop-table");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insert into thing (code) values ('\n-- lint:ignore drop-column: x\n');",
        "insert into thing (code) values (E'\\'\n-- lint:ignore drop-column: x\n');",
        "do $a$ begin\n-- lint:ignore drop-column: x\nend $a$;",
        "/* /* */\n-- lint:ignore drop-column: x\n*/ select 1;",
        "select 1 as \"\n-- lint:ignore drop-column: x\n\";"
      })
  @DisplayName("is none inside a text, a name, a body or a larger comment")
  void quoted(String sql) {
    assertThat(last(sql).findings()).isEmpty();
  }

  @Test
  @DisplayName("has a counterpart in the build file, which needs a reason, too")
  void buildFile() {
    LintedScript script =
        new LintedProject(folder)
            .off(Map.of("drop-column", "we deploy with the application stopped"))
            .script(TABLE)
            .script(TIMEOUT + "alter table thing drop code;")
            .last();
    assertThat(script.findings()).isEmpty();
    assertThat(script.suppressed())
        .extracting(Suppressed::reason)
        .isEqualTo(List.of("we deploy with the application stopped"));
    assertThatThrownBy(() -> Lint.off(Map.of("drop-column", " ")))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("without a reason");
    assertThatThrownBy(() -> Lint.off(Map.of("drop-colum", "x")))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("drop-colum");
  }
}
