package dev.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What PostgreSQL says when it refuses something")
class PostgresErrorIT {
  private static ScratchDatabase database;

  @BeforeAll
  static void make() {
    database = TestPostgres.database("postgres_error");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static SQLException refusal(String sql) throws SQLException {
    try (Connection connection = database.connect()) {
      return catchThrowableOfType(SQLException.class, () -> Queries.execute(connection, sql));
    }
  }

  @Test
  @DisplayName("is its message, with the detail where that is wanted, and a state by name")
  void message() throws SQLException {
    SQLException twice =
        refusal("create temp table t (i int primary key); insert into t values (1), (1)");
    assertThat(PostgresError.message(twice))
        .isEqualTo("duplicate key value violates unique constraint \"t_pkey\"");
    assertThat(PostgresError.messageAndDetail(twice))
        .endsWith("\"t_pkey\" (Key (i)=(1) already exists.)");
    assertThat(SqlState.of(twice)).isEqualTo(SqlState.OTHER);
    assertThat(SqlState.of(refusal("selec"))).isEqualTo(SqlState.SYNTAX_ERROR);
    assertThat(PostgresError.cause(new IllegalStateException(new RuntimeException(twice))))
        .contains(twice);
  }

  @Test
  @DisplayName("tells a session that is gone, a transaction that may only read, and an extension")
  void kinds() throws SQLException {
    assertThat(
            PostgresError.isConnectionLost(
                refusal("select pg_terminate_backend(pg_backend_pid())")))
        .isTrue();
    assertThat(PostgresError.isConnectionLost(refusal("selec"))).isFalse();
    assertThat(
            PostgresError.isReadOnly(
                refusal("begin; set transaction read only; create table t ()")))
        .isTrue();
    SQLException missing = refusal("create extension of_nobody");
    assertThat(PostgresError.missingExtension(missing.getMessage()))
        .hasValueSatisfying(name -> assertThat(name).contains("of_nobody"));
    assertThat(PostgresError.missingExtension("")).isEmpty();
  }

  @Test
  @DisplayName("is not lost in a query, whose braces and question marks are PostgreSQL's")
  void queries() throws SQLException {
    try (Connection connection = database.connect()) {
      assertThat(Queries.text(connection, "select '{fn x}'::text")).isEqualTo("{fn x}");
      assertThat(Queries.text(connection, "select '{\"a\": 1}'::jsonb ? 'a'")).isEqualTo("t");
      assertThat(Queries.text(connection, "select 1 where false")).isNull();
      assertThat(Queries.column(connection, "select unnest(array[?, ?])", "a", null))
          .containsExactly("a", null);
    }
  }
}
