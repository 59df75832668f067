package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A target to which a job adds partitions, and a monitor a schema of its own,")
class ExpectedDriftIT {
  private static final String TABLE =
      """
      create table ev (id bigint, d date, what text, primary key (id, d)) partition by range (d);
      create index ev_what on ev (what);
      create table ev_24 partition of ev for values from ('2024-01-01') to ('2025-01-01');
      """;
  private static final String EXPECT = "partitions, schema:monitoring";

  @TempDir private Path root;
  private ScratchDatabase database;

  @BeforeEach
  void target() throws IOException, SQLException {
    file("src/main/resources/db/migration/V1__events.sql", TABLE);
    file("src/main/resources/db/undo/U1__events.sql", "drop table ev;");
    file("src/main/database/schema.sql", TABLE);
    database = TestPostgres.database("expected");
    goal("upgrade").in(root);
    execute(
        "create table ev_25 partition of ev for values from ('2025-01-01') to ('2026-01-01')",
        "create table ev_26 partition of ev for values from ('2026-01-01') to ('2027-01-01')",
        "create schema monitoring",
        "create view monitoring.load as select 1 as a");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Goal goal(String name) {
    return Goal.of(name).on(database);
  }

  private Goal diff() {
    return goal("diff").with("from", "head").with("to", "target");
  }

  private Goal verify() {
    return goal("verify")
        .with("verifyTarget", "true")
        .with("skipChecks", "reversible,model,commute,data");
  }

  private MigrateException failure(Goal goal) {
    MigrateException failure = catchThrowableOfType(MigrateException.class, () -> goal.in(root));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  @DisplayName("differs in what an operator would count")
  void counted() {
    List<String> said = diff().in(root);
    assertThat(said)
        .containsSubsequence(
            "4 changes from head to target:",
            "+ 2 partitions of table public.ev: ev_25, ev_26",
            "+ schema monitoring",
            "+ view monitoring.load  (columns: a integer, definition: SELECT 1 AS a;)")
        .noneMatch(line -> line.contains("ev_25_"));
    MigrateException failure = failure(diff().with("failOnDifference", "true"));
    assertThat(failure.code()).isEqualTo(FailureCode.DRIFT);
    assertThat(failure.problem()).isEqualTo("head and target differ in 4 things.");
    assertThat(failure.remedy()).contains("-Dmigrate.expect=partitions");
  }

  @Test
  @DisplayName("is as it should be when that is expected, for each goal that compares it")
  void expected() {
    assertThat(diff().with("expect", EXPECT).with("failOnDifference", "true").in(root))
        .contains(
            "Expected in the target: schema monitoring",
            "Expected in the target: 2 partitions of table public.ev: ev_25, ev_26",
            "No difference between head and target.");
    assertThat(
            goal("diff").with("from", "target").with("to", "model").with("expect", EXPECT).in(root))
        .contains("No difference between target and model.");
    verify().with("expect", EXPECT).in(root);
    assertThat(failure(verify()).code()).isEqualTo(FailureCode.VERIFY_FAILED);
  }

  @Test
  @DisplayName("is recorded by a stamp that expects it, and refused by a strict one that does not")
  void stamped() throws SQLException {
    execute("truncate flyway_schema_history");
    Goal strict = goal("stamp").with("to", "head").with("stampCheck", "fail");
    MigrateException failure = failure(strict);
    assertThat(failure.code()).isEqualTo(FailureCode.DRIFT);
    assertThat(failure.problem())
        .contains(
            "differs from what 1 (events) gives in 4 things (+ 2 partitions of table public.ev")
        .endsWith("Nothing was recorded.");
    assertThat(goal("current").in(root)).noneMatch(line -> line.contains("Now at 1"));
    assertThat(strict.with("expect", EXPECT).in(root))
        .anyMatch(line -> line.contains("1 revision recorded as applied"))
        .noneMatch(line -> line.contains("differs"));
  }
}
