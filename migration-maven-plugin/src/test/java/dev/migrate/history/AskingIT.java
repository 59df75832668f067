package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The record, read without JDBC")
class AskingIT {
  private static final String TABLE =
      "(installed_rank int, version text, description text, type text, script text, checksum int,"
          + " installed_by text, installed_on timestamp default now(), execution_time int, success"
          + " bool)";

  private ScratchDatabase database;
  private Target target;

  @BeforeEach
  void start() {
    database = TestPostgres.database("asking");
    target = Target.of(database.jdbcUrl(), database.user(), database.password(), "the test");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  @DisplayName("says the same as through JDBC, whatever the table's name and content")
  void saysTheSame() throws SQLException {
    String schema = "o'dd \"back\\slash\" schéma";
    String quoted = new HistoryTable(schema, "re'cord").quoted();
    run(
        "create schema \"o'dd \"\"back\\slash\"\" schéma\"",
        "create table " + quoted + TABLE,
        "insert into "
            + quoted
            + " values (1, '1', 'first', 'SQL', 'V1__first.sql', -17, 'me',"
            + " '2026-02-28 23:59:59.123456', 12, true)",
        "insert into "
            + quoted
            + " values (2, '1', 'first', 'DELETE', 'V1__first.sql', -17, 'me',"
            + " '2026-03-01', 0, true)",
        "insert into "
            + quoted
            + " values (3, null, 'a view', 'SQL', 'R__a_view.sql', null, 'ünü',"
            + " '2026-03-02 01:02:03', 7, false)");

    History asked;
    try (QueryConnection asking = target.ask("test")) {
      asked = HistoryReader.read(asking, Optional.of(schema), "re'cord");
    }
    try (Connection connection = target.connectForScripts("test")) {
      History read = HistoryReader.read(connection, new HistoryTable(schema, "re'cord"));
      assertThat(asked.rows()).hasSize(3).isEqualTo(read.rows());
    }
  }

  @Test
  @DisplayName(
      "finds the schema by the search path, and takes a missing table for an empty history")
  void withoutTable() throws SQLException {
    try (QueryConnection asking = target.ask("test")) {
      assertThat(HistoryReader.read(asking, Optional.empty(), "none").rows()).isEmpty();
      run(
          "create table public.some " + TABLE,
          "insert into public.some values (1, '7', 'x', 'SQL',"
              + " 'V7__x.sql', 1, 'me', now(), 1, true)");
      assertThat(HistoryReader.read(asking, Optional.empty(), "some").rows()).hasSize(1);
    }
  }

  @Test
  @DisplayName("fails as JDBC does when the table may not be read, and can be asked again")
  void mayNotBeRead() throws SQLException {
    String role = "nobody_" + database.name();
    run("create table public.some " + TABLE, "create role \"" + role + "\" login password 'x'");
    try (QueryConnection asking =
        Target.of(database.jdbcUrl(), role, "x", "the test").ask("test")) {
      assertThatThrownBy(() -> HistoryReader.read(asking, Optional.empty(), "some"))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> {
                assertThat(e.code()).isEqualTo(FailureCode.DATABASE);
                assertThat(e.problem()).contains("permission denied for table some", "42501");
                assertThat(e.remedy()).contains("-Dmigrate.user");
              });
      assertThat(asking.rows("select 1").get(0)).containsExactly("1");
    } finally {
      run("drop role \"" + role + "\"");
    }
  }

  @Test
  @DisplayName("says who was refused, as JDBC does")
  void refused() {
    Target wrong = Target.of(database.jdbcUrl(), database.user(), "wrong", "the test");

    assertThat(problem(() -> wrong.ask("test")))
        .isEqualTo(problem(() -> wrong.connect("test")))
        .contains("password authentication failed");
    Target nowhere = target.withDatabase("no_such_database");
    assertThat(problem(() -> nowhere.ask("test")))
        .isEqualTo(problem(() -> nowhere.connect("test")));
    Target nobody = Target.of("jdbc:postgresql://localhost:1/x", "a", "b", "the test");
    assertThat(problem(() -> nobody.ask("test"))).isEqualTo(problem(() -> nobody.connect("test")));
  }

  private interface Connecting {
    AutoCloseable open();
  }

  private static String problem(Connecting connecting) {
    try (AutoCloseable opened = connecting.open()) {
      throw new AssertionError("connected: " + opened);
    } catch (MigrateException e) {
      return e.code() + ": " + e.problem() + e.remedy();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
