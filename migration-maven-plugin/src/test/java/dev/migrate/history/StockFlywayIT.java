package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we leave in a database, read by the Flyway of an application that knows nothing of us. */
@DisplayName("Stock Flyway")
class StockFlywayIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws IOException {
    database = TestPostgres.database("stock");
    project =
        new RevisionProject(
            folder, Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"));
    project
        .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;")
        .revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;")
        .revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private Path scripts() {
    return project.folders().upgrade();
  }

  /** All three say that nothing is to be done. */
  private void assertDone(StockFlyway flyway, String... states) {
    assertThat(flyway.info(database, scripts())).containsExactly(states);
    flyway.validate(database, scripts());
    assertThat(flyway.migrate(database, scripts())).isZero();
    assertThat(project.state().in(RevisionState.Status.APPLIED))
        .hasSameSizeAs(project.state().states());
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  @DisplayName("reads what an upgrade leaves, and the way down and up again")
  void upDownUp(int major) {
    try (StockFlyway flyway = StockFlyway.of(major)) {
      project.file("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 1 AS one;");
      project.upgrade("head");
      assertDone(flyway, "1 Success", "2 Success", "3 Success", "names Success");
      project.execute("DROP VIEW names");
      project.downgrade("1");
      assertThat(flyway.info(database, scripts()))
          .containsExactly(
              "1 Success", "2 Deleted", "3 Deleted", "names Success", "2 Pending", "3 Pending");
      project.upgrade("2");
      project.upgrade("head");
      assertDone(
          flyway, "1 Success", "2 Deleted", "3 Deleted", "names Success", "2 Success", "3 Success");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  @DisplayName("goes on from our tombstones, and we go on from there")
  void goesOn(int major) {
    try (StockFlyway flyway = StockFlyway.of(major)) {
      project.upgrade("head");
      project.downgrade("base");
      assertThat(flyway.migrate(database, scripts())).isEqualTo(3);
      assertThat(project.tables()).containsExactly("a", "b", "c");
      assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
      project.downgrade("-1");
      flyway.migrate(database, scripts());
      flyway.validate(database, scripts());
      assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  @DisplayName("reads what stamps leave")
  void stamps(int major) {
    try (StockFlyway flyway = StockFlyway.of(major)) {
      project.upgrade("head");
      project.stamp("1");
      project.stamp("head");
      project.revision(3, "CREATE TABLE c (id bigint);", "DROP TABLE c;");
      project.stamp("current");
      assertDone(
          flyway, "1 Success", "2 Deleted", "3 Deleted", "2 Success", "3 Deleted", "3 Success");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  @DisplayName("reads the story of a revision that stopped half-way and was run again")
  void rerun(int major) {
    try (StockFlyway flyway = StockFlyway.of(major)) {
      project.revision(
          4,
          "-- transaction: none\n-- rerun: safe\nCREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id);\n"
              + "SELECT 1 / (SELECT count(*) FROM a);",
          "DROP INDEX a_id;");
      failureOf(() -> project.upgrade("head"));
      assertThatThrownBy(() -> flyway.validate(database, scripts()))
          .hasMessageContaining("Detected failed migration to version 4");
      project.execute("INSERT INTO a VALUES (1)");
      project.upgrade("head");
      assertDone(flyway, "1 Success", "2 Success", "3 Success", "4 Deleted", "4 Success");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  @DisplayName("reads a history in which a baseline was taken back")
  void baseline(int major) {
    try (StockFlyway flyway = StockFlyway.of(major)) {
      project.upgrade("1");
      project.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success) VALUES"
              + " (2, '2', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', 'x', 0, true),"
              + " (3, '2', '<< Flyway Baseline >>', 'DELETE', '<< Flyway Baseline >>', 'x', 0, true)");
      project.upgrade("head");
      assertThat(project.tables()).containsExactly("a", "b", "c");
      flyway.validate(database, scripts());
      assertThat(flyway.migrate(database, scripts())).isZero();
    }
  }

  @Test
  @DisplayName("has no type in any version that we do not know")
  void types() {
    for (int major : List.of(11, 12, 13)) {
      try (StockFlyway flyway = StockFlyway.of(major)) {
        Set<String> unknown = new TreeSet<>(flyway.types());
        assertThat(unknown).hasSizeGreaterThan(9);
        unknown.removeAll(RowKind.types());
        assertThat(unknown).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13})
  @DisplayName("stops at the undo rows of the paid edition, where we go on")
  void undoRows(int major) {
    try (StockFlyway flyway = StockFlyway.of(major)) {
      project.upgrade("head");
      project.execute("DROP TABLE c");
      project.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success) VALUES"
              + " (4, '3', 'step 3', 'UNDO_SQL', 'U3__step_3.sql', 'x', 0, true)");
      assertThatThrownBy(() -> flyway.info(database, scripts())).hasMessageContaining("UNDO_SQL");
      project.upgrade("head");
      assertThat(project.tables()).containsExactly("a", "b", "c");
    }
  }
}
