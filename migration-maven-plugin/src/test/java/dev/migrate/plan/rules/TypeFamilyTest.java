package dev.migrate.plan.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Between two types")
class TypeFamilyTest {

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | bigint | false",
        "bigint | integer | false",
        "numeric(10,2) | numeric(8,1) | false",
        "real | numeric | false",
        "integer | text | false",
        "integer[] | text | false",
        "uuid | character varying(36) | false",
        "text | integer | true",
        "text | integer[] | true",
        "integer | text[] | true",
        "text[] | text[] | false",
        "integer[] | text[] | true",
        "integer[] | bigint[] | false",
        "date | timestamp with time zone | false",
        "time without time zone | time with time zone | false",
        "json | jsonb | false",
        "bit(3) | bit varying | false",
        "inet | cidr | false",
        "boolean | integer | true",
        "uuid | integer | true",
        "uuid | name | false",
        "integer[] | name | false",
        "text | name | false",
        "text | app.mood | true",
        "app.mood | app.mood | false"
      })
  @DisplayName("a cast has to be written where PostgreSQL applies none by itself:")
  void needsCast(String from, String to, boolean needs) {
    assertThat(TypeFamily.needsCast(from, to)).isEqualTo(needs);
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "text | integer | ::integer",
        "text | app.mood | ::app.mood",
        "app.mood | app.temper | ::text::app.temper",
        "app.mood[] | app.temper[] | ::text[]::app.temper[]",
        "uuid | integer | ::text::integer",
        "integer | numeric(5,2) | ::numeric(5,2)",
        "integer | boolean | ::boolean",
        "boolean | integer | ::integer",
        "boolean | numeric(5,2) | ::integer::numeric(5,2)",
        "boolean | integer[] | ::text::integer[]",
        "smallint | boolean | ::text::boolean",
        "money | numeric | ::numeric",
        "numeric | money | ::money",
        "integer | money | ::money",
        "bigint | money | ::money",
        "smallint | money | ::text::money",
        "money | integer | ::text::integer",
        "text | integer[] | ::text::integer[]",
        "integer[] | text[] | ::text[]",
        "integer[] | character varying(3)[] | ::text[]",
        "app.mood | character varying(3) | ::text"
      })
  @DisplayName("a cast goes the short way, by text where there is none, and never cuts:")
  void cast(String from, String to, String cast) {
    assertThat(TypeFamily.cast(from, to)).isEqualTo(cast);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "integer | PLAIN",
        "text | EXTENDED",
        "character varying(10) | EXTENDED",
        "integer[] | EXTENDED",
        "numeric(10,2) | MAIN",
        "inet | MAIN",
        "cidr | MAIN",
        "uuid | PLAIN",
        "jsonb | EXTENDED"
      })
  @DisplayName("a column comes to the storage of its type:")
  void storage(String type, String storage) {
    assertThat(TypeFamily.storage(type)).isEqualTo(storage);
  }
}
