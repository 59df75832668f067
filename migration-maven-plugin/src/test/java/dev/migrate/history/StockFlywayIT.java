package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.RestoreOptions;
import dev.migrate.backup.Restoring;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionWriter;
import dev.migrate.squash.SquashHistory;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private final List<ScratchDatabase> others = new ArrayList<>();
  private final Map<RevisionProject, ScratchDatabase> databases = new HashMap<>();

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
    others.forEach(ScratchDatabase::close);
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
  @DisplayName("goes on after a squash: on empty databases, past it, and not in the middle of it")
  void squashed() throws IOException {
    RevisionProject fresh = beside("fresh");
    RevisionProject amid = beside("amid");
    RevisionProject stamped = beside("stamped");
    project.upgrade("head");
    amid.upgrade("1");
    stamped.upgrade("1");
    new SquashHistory(
            scratchSource(),
            project.files(),
            HistoryOptions.defaults(),
            folder.resolve("archive"),
            Progress.SILENT,
            Clock.systemUTC())
        .run("2", Optional.of(project.state()), "", false);
    fresh.upgrade("head");
    stamped.execute("CREATE TABLE b (id int)");
    stamped.stamp("2");
    for (int major : List.of(11, 12, 13)) {
      try (StockFlyway before = StockFlyway.of(major)) {
        StockFlyway flyway = before.afterSquash();
        for (RevisionProject one : List.of(project, fresh)) {
          ScratchDatabase there = databaseOf(one);
          flyway.validate(there, scripts());
          assertThat(flyway.migrate(there, scripts())).isZero();
          one.downgrade("2");
          assertThat(flyway.info(there, scripts())).contains("3 Deleted", "3 Pending");
          assertThat(flyway.migrate(there, scripts())).isEqualTo(1);
          flyway.validate(there, scripts());
          assertThat(one.states()).containsExactly("2 APPLIED", "3 APPLIED");
        }
        ScratchDatabase there = databaseOf(stamped);
        assertThat(flyway.migrate(there, scripts())).isEqualTo(1);
        flyway.validate(there, scripts());
        assertThat(stamped.states()).containsExactly("2 APPLIED", "3 APPLIED");
        stamped.downgrade("2");

        assertThatThrownBy(() -> flyway.migrate(databaseOf(amid), scripts()))
            .hasMessageContaining("in the middle of what the baseline 2 has replaced");
        assertThat(amid.tables()).containsExactly("a");

        RevisionProject alone = beside("alone" + major);
        assertThat(flyway.migrate(databaseOf(alone), scripts())).isEqualTo(2);
        flyway.validate(databaseOf(alone), scripts());
        assertThat(alone.states()).containsExactly("2 APPLIED", "3 APPLIED");
        assertThat(alone.upgrade("head").steps()).isEmpty();
        assertThat(alone.tables()).containsExactly("a", "b", "c");
        // Without a setting it still runs where nothing is missing.
        before.validate(databaseOf(fresh), scripts());
      }
    }
  }

  @Test
  @DisplayName("reads what a rebase leaves where the branch was taken back before")
  void rebased() throws IOException {
    for (int number : List.of(1, 2, 3)) {
      Files.delete(scripts().resolve("V%d__step_%1$d.sql".formatted(number)));
      Files.delete(project.folders().downgrade().resolve("U%d__step_%1$d.sql".formatted(number)));
    }
    RevisionId first = timed(1, "none", "a");
    RevisionId second = timed(2, first.toString(), "b");
    RevisionId branch = timed(3, first.toString(), "c");
    project.upgrade(branch.toString());
    project.downgrade("-1");
    assertThat(project.tables()).containsExactly("a");
    RevisionFiles files = project.files();
    RebasePlan rebase =
        files
            .graph()
            .rebase(
                files.get(branch).revision(),
                files.get(second).revision(),
                project.state().applied(),
                Instant.parse("2026-03-01T12:00:00Z"));
    new RevisionWriter(files, Clock.systemUTC()).rebase(rebase);
    assertThat(project.files().find(branch)).isEmpty();
    project.upgrade("head");
    for (int major : List.of(11, 12, 13)) {
      try (StockFlyway flyway = StockFlyway.of(major)) {
        flyway.validate(database, scripts());
        assertThat(flyway.migrate(database, scripts())).isZero();
      }
    }
    assertThat(project.tables()).containsExactly("a", "b", "c");
  }

  @Test
  @DisplayName("reads what a restore brings back, tombstones and all")
  void restored() throws IOException {
    project.upgrade("head");
    project.downgrade("2");
    BackupOptions options =
        BackupOptions.in(folder.resolve("backups")).with(BackupEngine.Choice.JDBC);
    new Backup(project.target(), "test", HistoryTable.DEFAULT_NAME, options, BackupProgress.SILENT)
        .take(connection -> List.of("2"));
    RevisionProject copy = beside("copy");
    Restoring.run(
        copy.target(),
        "test",
        options,
        new RestoreOptions(true, true, false),
        BackupProgress.SILENT,
        "latest");
    for (int major : List.of(11, 12, 13)) {
      try (StockFlyway flyway = StockFlyway.of(major)) {
        assertThat(flyway.info(databaseOf(copy), scripts()))
            .containsExactly("1 Success", "2 Success", "3 Deleted", "3 Pending");
        assertThat(flyway.migrate(databaseOf(copy), scripts())).isEqualTo(1);
        flyway.validate(databaseOf(copy), scripts());
        copy.downgrade("2");
        flyway.migrate(databaseOf(copy), scripts());
        flyway.validate(databaseOf(copy), scripts());
        copy.execute("DROP TABLE c");
        copy.execute(
            "DELETE FROM flyway_schema_history WHERE installed_rank > 4"); // as it was restored
      }
    }
  }

  /** Writes a revision with a header. */
  private RevisionId timed(int day, String revises, String table) throws IOException {
    String id = "202601%02d000000".formatted(day);
    project.file(
        "V%s__%s.sql".formatted(id, table),
        "-- %s%n--%n-- revision: %s%n-- revises:  %s%n%nCREATE TABLE %1$s (id int);%n"
            .formatted(table, id, revises));
    Files.writeString(
        project.folders().downgrade().resolve("U%s__%s.sql".formatted(id, table)),
        "DROP TABLE %s;%n".formatted(table));
    return RevisionId.of(id);
  }

  /** The same files with a database of their own. */
  private RevisionProject beside(String label) throws IOException {
    ScratchDatabase other = TestPostgres.database(label);
    others.add(other);
    RevisionProject beside =
        new RevisionProject(
            folder, Target.of(other.jdbcUrl(), other.user(), other.password(), "a test"));
    databases.put(beside, other);
    return beside;
  }

  private ScratchDatabase databaseOf(RevisionProject one) {
    return databases.getOrDefault(one, database);
  }

  private static ScratchSource scratchSource() {
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
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
