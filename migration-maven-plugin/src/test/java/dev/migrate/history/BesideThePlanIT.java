package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static dev.migrate.history.RevisionProject.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.revision.StampPlan;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever else writes to the history, or changes a file, while a run is under way. */
@DisplayName("A run that does not go as it was planned")
class BesideThePlanIT {
  private static final String RECORD =
      "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
          + " checksum, installed_by, execution_time, success) SELECT max(installed_rank) + 1, '%s',"
          + " 'step %1$s', '%s', 'V%1$s__step_%1$s.sql', %s, 'somebody', 1, true"
          + " FROM flyway_schema_history;";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws IOException {
    database = TestPostgres.database("beside");
    project =
        new RevisionProject(
                folder,
                Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"))
            .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;")
            .revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;")
            .revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private String record(int revision, String type) {
    return RECORD.formatted(revision, type, project.files().get(id(revision)).upgrade().checksum());
  }

  /** What the history says, without what Flyway adds by itself. */
  private List<String> rows() {
    return project.query(
        "SELECT concat_ws(' ', version, type, success) FROM flyway_schema_history"
            + " ORDER BY installed_rank");
  }

  private MigrateException notAsPlanned(Runnable run) {
    MigrateException failure = failureOf(run);
    assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.NOT_AS_PLANNED);
    assertThat(failure.remedy()).contains("mvn migrate:history");
    return failure;
  }

  private Progress when(int started, Runnable happens) {
    return new Progress() {
      @Override
      public void started(Revision revision) {
        if (revision.id().equals(id(started))) {
          happens.run();
        }
      }
    };
  }

  @Test
  @DisplayName("because somebody moved the history since, is given up before anything happens")
  void movedSinceThePlan() {
    project.upgrade("1");
    RevisionFiles files = project.files();
    try (LockedTarget locked = project.open()) {
      RevisionPlan plan = files.graph().upgrade(locked.state(files).applied(), "head");
      project.execute(record(2, "SQL"));
      MigrateException failure = notAsPlanned(() -> locked.upgrade(files, plan));
      assertThat(failure.problem())
          .contains("revision 2 \"step 2\" was to run and is recorded as applied", "Nothing was");
      assertThat(project.tables()).containsExactly("a");
    }
    try (LockedTarget locked = project.open()) {
      RevisionPlan plan = files.graph().downgrade(locked.state(files).applied(), "base");
      project.execute(record(2, "DELETE"));
      assertThat(notAsPlanned(() -> locked.downgrade(files, plan)).problem())
          .contains("revision 2 was to be taken back");
      assertThat(project.tables()).containsExactly("a");
    }
    try (LockedTarget locked = project.open()) {
      StampPlan plan = files.graph().stamp(locked.state(files).known(), "head");
      project.execute(record(3, "SQL"));
      List<String> before = rows();
      assertThat(notAsPlanned(() -> locked.stamp(files, plan, false)).problem())
          .contains("revision 3 \"step 3\"");
      assertThat(rows()).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("because somebody recorded a revision meanwhile, is no success: it was not run here")
  void recordedMeanwhile() {
    project.with(when(2, () -> project.execute(record(3, "SQL"))));
    MigrateException failure = notAsPlanned(() -> project.upgrade("head"));
    assertThat(failure.problem())
        .contains("revision 3 \"step 3\" was not run, because somebody else recorded it meanwhile");
    project.with(Progress.SILENT);
    assertThat(project.tables()).containsExactly("a", "b");
  }

  @Test
  @DisplayName("because a script records another revision, names what did not run")
  void scriptRecordsAnother() {
    project.revision(
        2,
        "CREATE TABLE b (id int);\n"
            + RECORD
                .formatted(3, "SQL", project.files().get(id(3)).upgrade().checksum())
                .replace("max(installed_rank) + 1", "max(installed_rank) + 7"),
        "DROP TABLE b;");
    assertThat(notAsPlanned(() -> project.upgrade("head")).problem())
        .contains("revision 3 \"step 3\" was not run, because somebody else recorded it meanwhile");
    assertThat(project.tables()).containsExactly("a", "b");
  }

  @Test
  @DisplayName("because a script records another one with another text, names both checksums")
  void scriptRecordsAnotherText() {
    project.revision(
        2,
        RECORD
            .formatted(3, "SQL", "5")
            .replace("max(installed_rank) + 1", "max(installed_rank) + 7"),
        null);
    assertThat(notAsPlanned(() -> project.upgrade("head")).problem())
        .contains("revision 3 \"step 3\" is recorded with the checksum 5, and its script has");
  }

  @Test
  @DisplayName("because a downgrade script takes another one back, is stopped before that one's")
  void downgradeTakesAnotherBack() {
    project.revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;\n" + record(2, "DELETE"));
    project.upgrade("head");
    MigrateException failure = notAsPlanned(() -> project.downgrade("base"));
    assertThat(failure.problem())
        .contains("Revision 2 \"step 2\" was to be taken back", "1 before it were taken back");
    assertThat(project.tables()).containsExactly("a", "b");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING", "3 PENDING");
  }

  @Test
  @DisplayName("because a script empties, edits or removes the history, is a failure that says so")
  void scriptsThatWriteThere() {
    for (String writes :
        List.of(
            "DELETE FROM flyway_schema_history",
            "UPDATE flyway_schema_history SET success = false WHERE version = '1'",
            "UPDATE flyway_schema_history SET version = '9' WHERE version = '1'",
            "UPDATE flyway_schema_history SET type = 'DELETE' WHERE version = '1'",
            "UPDATE flyway_schema_history SET type = 'UNDO_SQL' WHERE version = '1'")) {
      project.execute("DROP TABLE IF EXISTS flyway_schema_history, a, b, c");
      project.revision(2, "CREATE TABLE b (id int);\n" + writes + ";", "DROP TABLE b;");
      project.upgrade("1");
      assertThat(notAsPlanned(() -> project.upgrade("head")).problem())
          .as(writes)
          .contains("revision 1");
    }
    project.execute("DROP TABLE IF EXISTS flyway_schema_history, a, b, c");
    project.revision(2, "CREATE TABLE b (id int);\nDROP TABLE flyway_schema_history;", null);
    project.upgrade("1");
    failureOf(() -> project.upgrade("head"));
    assertThat(project.tables()).as("rolled back").containsExactly("a");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING", "3 PENDING");
  }

  @Test
  @DisplayName("because a trigger on the history swallows rows or changes them, is no success")
  void triggers() {
    for (String body :
        List.of(
            "RETURN NULL;",
            "NEW.version := '7'; RETURN NEW;",
            "NEW.success := false; RETURN NEW;",
            "NEW.type := 'DELETE'; RETURN NEW;",
            "NEW.checksum := 5; RETURN NEW;")) {
      project.execute("DROP TABLE IF EXISTS flyway_schema_history, a, b, c");
      project.upgrade("1");
      trigger("BEFORE INSERT", body);
      MigrateException failure = failureOf(() -> project.upgrade("2"));
      assertThat(failure.code()) // Flyway itself stops at what is recorded as failed
          .isIn(FailureCode.NOT_AS_PLANNED, FailureCode.DATABASE);
      assertThat(failure.problem()).as(body).contains("2");
      project.execute("DROP TRIGGER IF EXISTS meddling ON flyway_schema_history");
      project.execute("DELETE FROM flyway_schema_history WHERE installed_rank > 1");
      project.execute("DROP TABLE IF EXISTS b");
      trigger("BEFORE INSERT", body);
      assertThat(failureOf(() -> project.stamp("2")).code())
          .isIn(FailureCode.NOT_AS_PLANNED, FailureCode.DATABASE);
    }
  }

  @Test
  @DisplayName("downward, because a trigger swallows or changes tombstones, is no success")
  void triggersDownward() {
    for (String body :
        List.of(
            "RETURN NULL;", "NEW.version := '7'; RETURN NEW;", "NEW.type := 'SQL'; RETURN NEW;")) {
      project.execute("DROP TABLE IF EXISTS flyway_schema_history, a, b, c");
      project.upgrade("2");
      trigger("BEFORE INSERT", body);
      MigrateException failure = failureOf(() -> project.downgrade("1"));
      assertThat(failure.code()).as(body).isEqualTo(FailureCode.NOT_AS_PLANNED);
    }
  }

  @Test
  @DisplayName("is not what a trigger makes of it that only writes somewhere else")
  void auditTrigger() {
    project.upgrade("1");
    project.execute("CREATE TABLE audit (version text)");
    trigger("AFTER INSERT", "INSERT INTO public.audit VALUES (NEW.version); RETURN NULL;");
    project.upgrade("head");
    project.downgrade("2");
    project.stamp("head");
    assertThat(project.query("SELECT version FROM audit")).containsExactly("2", "3", "3", "3");
  }

  private void trigger(String when, String body) {
    project.execute(
        "CREATE SCHEMA IF NOT EXISTS elsewhere; CREATE OR REPLACE FUNCTION elsewhere.meddle() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN %s END$$;"
                .formatted(body)
            + " CREATE OR REPLACE TRIGGER meddling %s ON flyway_schema_history FOR EACH ROW EXECUTE FUNCTION elsewhere.meddle()"
                .formatted(when));
  }

  @Test
  @DisplayName("is not what versions of every spelling make of it")
  void spellings() throws IOException {
    for (int number : List.of(1, 2, 3)) {
      delete("V%d__step_%1$d.sql".formatted(number));
      Files.delete(project.folders().downgrade().resolve("U%d__step_%1$d.sql".formatted(number)));
    }
    List<String> versions = List.of("00", "01", "1.0.1", "1_1", "002.0", "2_0_0_3", "20260101");
    for (String version : versions) {
      project.file("V" + version + "__one.sql", "SELECT 1;");
      Files.writeString(
          project.folders().downgrade().resolve("U" + version + "__one.sql"), "SELECT 1;");
    }
    assertThat(project.upgrade("head").steps()).hasSameSizeAs(versions);
    project.state().require().atHead();
    assertThat(project.downgrade("base").steps()).hasSameSizeAs(versions);
    assertThat(project.stamp("head").recorded()).hasSameSizeAs(versions);
  }

  @Test
  @DisplayName("because a file was changed or is gone since the plan, runs nothing")
  void filesSinceThePlan() {
    project.file("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 1 AS one;");
    RevisionFiles files = project.files();
    List<Runnable> changes =
        List.of(
            () -> project.revision(2, "CREATE TABLE bb (id int);", "DROP TABLE bb;"),
            () -> project.file("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 2 AS two;"),
            () -> delete("V2__step_2.sql"),
            () -> delete("R__names.sql"));
    List<FailureCode> seen = new ArrayList<>();
    for (Runnable change : changes) {
      project.revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;");
      project.file("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 1 AS one;");
      try (LockedTarget locked = project.open()) {
        RevisionPlan plan = files.graph().upgrade(locked.state(files).applied(), "head");
        change.run();
        seen.add(failureOf(() -> locked.upgrade(files, plan)).code());
      }
      assertThat(project.tables()).isEmpty();
    }
    assertThat(seen)
        .containsExactly(
            FailureCode.TAMPERED_SCRIPT,
            FailureCode.TAMPERED_SCRIPT,
            FailureCode.FILE_ACCESS,
            FailureCode.FILE_ACCESS);
  }

  @Test
  @DisplayName("because the file of an applied revision is gone or edited, says so or goes on")
  void appliedFilesSinceThePlan() {
    project.upgrade("1");
    RevisionFiles files = project.files();
    try (LockedTarget locked = project.open()) {
      RevisionPlan plan = files.graph().upgrade(locked.state(files).applied(), "2");
      delete("V1__step_1.sql");
      MigrateException failure = failureOf(() -> locked.upgrade(files, plan));
      assertThat(failure.code()).isEqualTo(FailureCode.FILE_ACCESS);
      assertThat(failure.problem()).contains("V1__step_1.sql");
    }
    assertThat(project.tables()).containsExactly("a");
  }

  @Test
  @DisplayName("downward, because a file was changed or is gone since the plan, runs nothing")
  void downgradeFilesSinceThePlan() {
    project.upgrade("head");
    RevisionFiles files = project.files();
    try (LockedTarget locked = project.open()) {
      RevisionPlan plan = files.graph().downgrade(locked.state(files).applied(), "base");
      project.revision(2, "CREATE TABLE b (id int);", "DROP TABLE b, a;");
      assertThat(failureOf(() -> locked.downgrade(files, plan)).code())
          .isEqualTo(FailureCode.TAMPERED_SCRIPT);
      try {
        Files.delete(project.folders().downgrade().resolve("U2__step_2.sql"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      assertThat(failureOf(() -> locked.downgrade(files, plan)).code())
          .isEqualTo(FailureCode.FILE_ACCESS);
    }
    assertThat(project.tables()).containsExactly("a", "b", "c");
  }

  @Test
  @DisplayName(
      "because a file changes while another one runs, stops before it, or runs what it was")
  void filesMeanwhile() {
    project.file("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 1 AS one;");
    project.with(
        when(
            1,
            () -> {
              delete("V2__step_2.sql");
              project.revision(3, "CREATE TABLE cc (id int);", "DROP TABLE cc;");
              project.file("R__names.sql", "CREATE OR REPLACE VIEW names AS SELECT 2 AS two;");
            }));
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.TAMPERED_SCRIPT);
    assertThat(project.tables()).as("what its checksum says").doesNotContain("cc");
    project.with(Progress.SILENT);
    assertThat(rows()).allMatch(row -> row.endsWith("SQL t"));
  }

  private void delete(String name) {
    try {
      Files.delete(project.folders().upgrade().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
