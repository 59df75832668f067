package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Names in SQL that PostgreSQL printed")
class NameReplacerTest {

  /** As if table {@code app.t} became {@code app."New"}. */
  private static String renamed(String sql) {
    return NameReplacer.replaced(
        sql,
        chain -> {
          if (chain.size() < 2 || !chain.subList(0, 2).equals(List.of("app", "t"))) {
            return chain;
          }
          List<String> changed = new ArrayList<>(chain);
          changed.set(1, "New");
          return changed;
        });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "app.t | app.\"New\"",
        "app.t.a = 1 | app.\"New\".a = 1",
        "\"app\".\"t\" | app.\"New\"",
        "(app.t) | (app.\"New\")",
        "app.t, app.t | app.\"New\", app.\"New\"",
        "nextval('app.t'::regclass) | nextval('app.\"New\"'::regclass)",
        "nextval('app.\"t\"'::regclass) | nextval('app.\"New\"'::regclass)",
        "'it''s'::text <> app.t.a | 'it''s'::text <> app.\"New\".a",
        "'x'::text = app.t.a | 'x'::text = app.\"New\".a",
        "'' = app.t.a | '' = app.\"New\".a",
        "1e5 > app.t.a | 1e5 > app.\"New\".a",
        "$1 < app.t.a | $1 < app.\"New\".a",
        "$x$ body $x$ app.t | $x$ body $x$ app.\"New\"",
        "$$ body $$ app.t | $$ body $$ app.\"New\"",
        "\"app\".\"t\".\"a\"\"b\" | app.\"New\".\"a\"\"b\"",
        "app.t.ä_1$ | app.\"New\".\"ä_1$\""
      })
  @DisplayName("are replaced where they are names")
  void replaced(String before, String after) {
    assertThat(renamed(before)).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "'app.t'::text",
        "'app.t'",
        "'it''s app.t'",
        "'''app.t'",
        "$$ app.t $$",
        "$x$ app.t $$ app.t $x$",
        "$x$ app.t",
        "'app.t",
        "app.tt",
        "app.t_1",
        "my.app.t",
        "\"app.t\"",
        "\"app\".\"t\"\"\"",
        "\"app",
        "app.",
        "1app.t",
        "_app.t",
        "APP.T",
        "app . t"
      })
  @DisplayName("are left alone where they are something else")
  void leftAlone(String text) {
    assertThat(renamed(text)).isEqualTo(text);
  }

  @Test
  @DisplayName("come as chains, without their quotes")
  void chains() {
    List<List<String>> seen = new ArrayList<>();
    NameReplacer.replaced(
        "SELECT a.\"B c\".d FROM \"x\"\"y\" WHERE 'q.r'::regclass > 5",
        chain -> {
          seen.add(chain);
          return chain;
        });

    assertThat(seen)
        .containsExactly(
            List.of("SELECT"),
            List.of("a", "B c", "d"),
            List.of("FROM"),
            List.of("x\"y"),
            List.of("WHERE"),
            List.of("q", "r"),
            List.of("regclass"));
  }
}
