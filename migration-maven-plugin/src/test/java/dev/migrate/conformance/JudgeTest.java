package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The judge of the conformance run")
class JudgeTest {
  @Test
  @DisplayName("does not mind the order of storage options")
  void storageOptionsAreASet() {
    assertThat(Judge.normalised("WITH (fillfactor='70', autovacuum_enabled='false');"))
        .isEqualTo(Judge.normalised("WITH (autovacuum_enabled='false', fillfactor='70');"));
  }

  @Test
  @DisplayName("minds their values")
  void valuesCount() {
    assertThat(
            Judge.difference(
                Judge.normalised("WITH (fillfactor='70', a='1');"),
                Judge.normalised("WITH (fillfactor='80', a='1');")))
        .isNotEmpty();
  }

  @Test
  @DisplayName("leaves parentheses alone that hold no options")
  void otherParentheses() {
    assertThat(Judge.normalised("CREATE VIEW v AS WITH (b, a) SELECT"))
        .containsExactly("CREATE VIEW v AS WITH (b, a) SELECT");
  }

  @Test
  @DisplayName("does not mind which columns an inheriting table says itself")
  void inheritedColumns() {
    assertThat(
            Judge.normalised(
                "CREATE TABLE kid (\n    id integer,\n    n integer\n)\nINHERITS (base);"))
        .isEqualTo(Judge.normalised("CREATE TABLE kid (\n)\nINHERITS (base);"));
  }

  @Test
  @DisplayName("minds the columns of all other tables")
  void columns() {
    assertThat(Judge.normalised("CREATE TABLE t (\n    id integer\n);"))
        .isNotEqualTo(Judge.normalised("CREATE TABLE t (\n);"));
  }
}
