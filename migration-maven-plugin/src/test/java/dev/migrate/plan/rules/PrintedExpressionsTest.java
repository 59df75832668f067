package dev.migrate.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("In an expression as PostgreSQL prints it")
class PrintedExpressionsTest {

  /** The text ends where the first parenthesis closes, or never. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "(a) > 1 | (a)",
        "((a) > (b)) AND c | ((a) > (b))",
        "(a <> ')') AND (b) | (a <> ')')",
        "(a <> 'it''s)') AND (b) | (a <> 'it''s)')",
        "(a <> E'\\')') AND (b) | (a <> E'\\')')",
        "(a <> '\\') AND (b) | (a <> '\\')",
        "(\"a)\"\"(\" > 1) AND (b) | (\"a)\"\"(\" > 1)",
      })
  @DisplayName("a parenthesis closes where none in quotes counts:")
  void closes(String text, String part) {
    assertThat(text.substring(0, PrintedExpressions.closing(text, 0) + 1)).isEqualTo(part);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {"((a) > 1", "(a > ')", "(\"a)", "(a <> E'\\')"})
  @DisplayName("one that nothing closes is told:")
  void open(String text) {
    assertThat(PrintedExpressions.closing(text, 0)).isNegative();
    assertThat(PrintedExpressions.closing(text, text.indexOf('#'))).isNegative();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "CHECK ((a > 0)) | CHECK (a > 0)",
        "CHECK (((a) > (0))) NO INHERIT | CHECK ((a) > (0)) NO INHERIT",
        "CHECK ((a > 0) AND (b > 0)) | CHECK ((a > 0) AND (b > 0))",
        "CHECK ((a > 0 | CHECK ((a > 0",
        "CHECK (a) | CHECK (a)",
        "UNIQUE (a) | UNIQUE (a)",
      })
  @DisplayName("the parentheses that say nothing are left out:")
  void unwrapped(String definition, String wanted) {
    assertThat(PrintedExpressions.unwrapped(definition)).isEqualTo(wanted);
  }
}
