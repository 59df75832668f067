package dev.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is written into SQL")
class SqlTextTest {
  @Test
  @DisplayName("never gets out of a comment or of dollars")
  void sql() {
    assertThat(SqlComment.line("x\n;drop table a;")).isEqualTo("-- x\\n;drop table a;\n");
    assertThat(SqlComment.line("x\r\\! id")).isEqualTo("-- x\\r\\! id\n");
    assertThat(SqlComment.line("${flyway:user}")).isEqualTo("-- $ {flyway:user}\n");
    assertThat(SqlComment.line("")).isEqualTo("--\n");
    assertThat(DollarQuote.of("a $$ b", "")).isEqualTo("$body1$a $$ b$body1$");
    assertThat(DollarQuote.of("ends in $", "")).isEqualTo("$body1$ends in $$body1$");
    assertThat(DollarQuote.of("a $x$ b", "x")).isEqualTo("$x1$a $x$ b$x1$");
  }

  @Test
  @DisplayName("has quotes around a name where PostgreSQL needs them and nowhere else")
  void names() {
    assertThat(List.of("plain", "order", "Upper", "with space", "a\"b", "1st", "é"))
        .extracting(SqlNames::quote)
        .containsExactly(
            "plain", "\"order\"", "\"Upper\"", "\"with space\"", "\"a\"\"b\"", "\"1st\"", "\"é\"");
  }

  @Test
  @DisplayName("is the same name when its quotes are taken off again")
  void unquoted() {
    assertThat(List.of("plain", "order", "a\"b", "\"", "with space"))
        .allSatisfy(name -> assertThat(SqlNames.unquoted(SqlNames.inQuotes(name))).isEqualTo(name));
    assertThat(List.of("plain", "order", "a\"b", "with space"))
        .allSatisfy(name -> assertThat(SqlNames.unquoted(SqlNames.quote(name))).isEqualTo(name));
    assertThat(SqlNames.unquoted("\"\"")).isEmpty();
  }

  @Test
  @DisplayName("cannot end the literal that it stands in")
  void literals() {
    assertThat(SqlLiteral.literal("it's \\'")).isEqualTo("'it''s \\'''");
    assertThat(SqlLiteral.escaped("it's \\'")).isEqualTo("E'it''s \\\\'''");
  }
}
