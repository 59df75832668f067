package dev.migrate.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a key forbids, read off its text,")
class UniqueKeysTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "USING btree (a) | a | a IS NOT NULL",
        "USING btree (a, b) | a, b | a IS NOT NULL AND b IS NOT NULL",
        "USING btree (a DESC NULLS LAST, b text_pattern_ops) | a, b | a IS NOT NULL AND b IS NOT NULL",
        "USING btree (a COLLATE \"C\") | a | a IS NOT NULL",
        "USING btree (\"a b\" DESC) | \"a b\" | \"a b\" IS NOT NULL",
        "USING btree (\"a,\"\"b\" DESC, c) | \"a,\"\"b\", c | \"a,\"\"b\" IS NOT NULL AND c IS NOT NULL",
        "USING btree (lower(a) COLLATE \"C\") | lower(a) | lower(a) IS NOT NULL",
        "USING btree (\"My F\"(a, ')') DESC, b) | \"My F\"(a, ')'), b | \"My F\"(a, ')') IS NOT NULL AND b IS NOT NULL",
        "USING btree (concat(a, '),') DESC, ((b + 1))) | concat(a, '),'), ((b + 1)) | concat(a, '),') IS NOT NULL AND ((b + 1)) IS NOT NULL",
        "USING btree (a) INCLUDE (b) | a | a IS NOT NULL",
        "USING btree (a) WHERE (b > 0) | a | (b > 0) AND a IS NOT NULL",
        "USING btree (a) NULLS NOT DISTINCT WHERE (b > 0) | a | (b > 0)",
      })
  @DisplayName("is asked of its keys without their order, collation and operator class:")
  void duplicates(String definition, String keys, String where) {
    assertThat(UniqueKeys.duplicates("app.t", definition))
        .isEqualTo(
            "SELECT %s FROM app.t WHERE %s GROUP BY %s HAVING count(*) > 1"
                .formatted(keys, where, keys));
  }

  @Test
  @DisplayName("is asked of rows without a value too where they are the same")
  void nullsToo() {
    assertThat(UniqueKeys.duplicates("app.t", "USING btree (a) NULLS NOT DISTINCT"))
        .isEqualTo("SELECT a FROM app.t GROUP BY a HAVING count(*) > 1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "USING btree (a, b) | a b",
        "USING btree (\"A\"\"b\" DESC, c) INCLUDE (d) | A\"b c",
        "USING btree (lower(a), b, ((c + 1))) | b",
        "FOREIGN KEY (a, b) REFERENCES app.t(c, d) | a b",
        "(_1, a$2) | _1 a$2",
      })
  @DisplayName("names the columns that are keys by themselves:")
  void columns(String definition, String columns) {
    assertThat(UniqueKeys.columns(definition)).isEqualTo(List.of(columns.split(" ")));
  }

  @Test
  @DisplayName("is not guessed where the text is no key")
  void notUnderstood() {
    assertThat(UniqueKeys.duplicates("app.t", "USING btree")).isEmpty();
    assertThat(UniqueKeys.duplicates("app.t", "USING btree (a")).isEmpty();
    assertThat(UniqueKeys.columns("USING btree")).isEmpty();
    assertThat(UniqueKeys.columns("USING btree (a")).isEmpty();
    assertThat(UniqueKeys.excluded("app.t", "EXCLUDE")).isEmpty();
    assertThat(UniqueKeys.excluded("app.t", "EXCLUDE USING gist (a WITH &&")).isEmpty();
    assertThat(UniqueKeys.excluded("app.t", "EXCLUDE USING gist (a)")).isEmpty();
  }

  @Test
  @DisplayName(
      "is asked of pairs of rows where operators exclude them, those of the condition only")
  void excluded() {
    assertThat(
            UniqueKeys.excluded(
                "app.t",
                "EXCLUDE USING gist (room gist_int4_ops WITH =, tsrange(a, b) WITH &&) WHERE (room > 0)"))
        .isEqualTo(
            "SELECT a.*, b.* FROM"
                + " (SELECT tableoid AS t, ctid AS r, room AS k1, tsrange(a, b) AS k2 FROM app.t WHERE (room > 0)) a JOIN"
                + " (SELECT tableoid AS t, ctid AS r, room AS k1, tsrange(a, b) AS k2 FROM app.t WHERE (room > 0)) b"
                + " ON (a.t, a.r) < (b.t, b.r) AND a.k1 = b.k1 AND a.k2 && b.k2");
  }

  @Test
  @DisplayName("is equal columns and an overlapping last one in a key without overlaps")
  void overlaps() {
    assertThat(UniqueKeys.overlaps("app.t", List.of("Room", "during")))
        .isEqualTo(
            "SELECT a.*, b.* FROM"
                + " (SELECT tableoid AS t, ctid AS r, \"Room\" AS k1, during AS k2 FROM app.t) a JOIN"
                + " (SELECT tableoid AS t, ctid AS r, \"Room\" AS k1, during AS k2 FROM app.t) b"
                + " ON (a.t, a.r) < (b.t, b.r) AND a.k1 = b.k1 AND a.k2 && b.k2");
  }

  private static Fact foreignKey(String definition) {
    return Fact.of(FactId.of(Kind.CONSTRAINT, "app", "t", "t_fkey"))
        .text(Attribute.DEFINITION, definition)
        .build();
  }

  @Test
  @DisplayName(
      "is a row that refers to none: with all of its columns, or with some where all count")
  void orphans() {
    assertThat(UniqueKeys.orphans(foreignKey("FOREIGN KEY (a, \"B\") REFERENCES app.p(c, \"D\")")))
        .isEqualTo(
            "SELECT * FROM app.t t WHERE (t.a IS NOT NULL AND t.\"B\" IS NOT NULL) AND NOT EXISTS"
                + " (SELECT FROM app.p r WHERE r.c = t.a AND r.\"D\" = t.\"B\")");
    assertThat(
            UniqueKeys.orphans(foreignKey("FOREIGN KEY (a, b) REFERENCES app.p(c, d) MATCH FULL")))
        .contains("(t.a IS NOT NULL OR t.b IS NOT NULL)");
    assertThat(
            UniqueKeys.orphans(
                foreignKey("FOREIGN KEY (a, PERIOD b) REFERENCES app.p(c, PERIOD d)")))
        .isEmpty();
    assertThat(UniqueKeys.orphans(foreignKey("FOREIGN KEY (a)"))).isEmpty();
  }
}
