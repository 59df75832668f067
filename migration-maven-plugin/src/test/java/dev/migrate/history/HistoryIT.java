package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static dev.migrate.history.RevisionProject.options;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The history of a target")
class HistoryIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("history");
    project = new RevisionProject(folder, target());
  }

  private Target target() {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  @AfterEach
  void end() {
    database.close();
  }

  private RevisionProject threeTables() {
    return project
        .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;")
        .revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;")
        .revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;");
  }

  @Test
  @DisplayName("goes up, down and up again")
  void upDownUp() {
    threeTables();
    assertThat(ids(project.upgrade("head"))).containsExactly("1", "2", "3");
    assertThat(project.tables()).containsExactly("a", "b", "c");
    assertThat(ids(project.downgrade("-1"))).containsExactly("3");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 PENDING");
    assertThat(ids(project.downgrade("base"))).containsExactly("2", "1");
    assertThat(project.tables()).isEmpty();
    assertThat(ids(project.upgrade("+2"))).containsExactly("1", "2");
    assertThat(ids(project.upgrade("head"))).containsExactly("3");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
  }

  @Test
  @DisplayName("is one that stock Flyway agrees with after a full round trip")
  void stockFlywayAgrees() {
    threeTables();
    project.upgrade("head");
    project.downgrade("base");
    project.upgrade("head");
    Flyway flyway = stockFlyway().load();
    flyway.validate();
    assertThat(flyway.info().pending()).isEmpty();
    assertThat(Arrays.stream(flyway.info().applied()).map(HistoryIT::versionAndState))
        .contains("1 Success", "2 Success", "3 Success");
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }

  @Test
  @DisplayName("is one that stock Flyway goes on from after a downgrade, and we after it")
  void stockFlywayGoesOn() {
    threeTables();
    project.upgrade("head");
    project.downgrade("1");
    assertThat(stockFlyway().load().migrate().migrationsExecuted).isEqualTo(2);
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
    assertThat(ids(project.downgrade("1"))).containsExactly("3", "2");
  }

  @Test
  @DisplayName("takes what stock Flyway has applied or baselined for applied")
  void takesOverFromFlyway() {
    threeTables();
    project.execute("CREATE TABLE a (id int)");
    stockFlyway().baselineVersion("1").baselineOnMigrate(true).load().migrate();
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
    assertThat(failureOf(() -> project.downgrade("base")).problem())
        .contains("a baseline covers it");
    assertThat(project.tables()).containsExactly("a", "b", "c");
  }

  @Test
  @DisplayName("runs COPY, dollar quotes, nested comments and ${…} the same way up and down")
  void parsesTheSameUpAndDown() {
    String script =
        """
        /* outer /* inner; */ still; a comment */
        CREATE TABLE %1$s (id int, name text);
        COPY %1$s (id, name) FROM STDIN;
        1\tone; two
        2\t${not_a_placeholder}
        \\.
        CREATE FUNCTION %1$s_count() RETURNS bigint LANGUAGE plpgsql AS $f$
        BEGIN -- ; not the end '
          RETURN (SELECT count(*) FROM %1$s WHERE name LIKE '%%${%%;%%' OR id > 0);
        END $f$;
        """;
    project.revision(1, script.formatted("up"), script.formatted("down"));
    project.upgrade("head");
    assertThat(project.query("SELECT name FROM up ORDER BY id"))
        .containsExactly("one; two", "${not_a_placeholder}");
    assertThat(project.query("SELECT up_count()")).containsExactly("2");
    project.downgrade("base");
    assertThat(project.query("SELECT name FROM down ORDER BY id"))
        .containsExactly("one; two", "${not_a_placeholder}");
  }

  @Test
  @DisplayName("records nothing of a revision that fails, and says where and why")
  void failureLeavesNothing() {
    project
        .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;")
        .revision(
            2,
            "CREATE TABLE b (id int PRIMARY KEY);\nINSERT INTO b VALUES (1);\n\nINSERT INTO b\n  VALUES (1);",
            null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(failure.problem())
        .contains(
            "V2__step_2.sql, line 4: duplicate key value",
            "(SQLSTATE 23505)",
            "Detail:    Key (id)=(1) already exists.",
            "It was rolled back and left nothing behind; 1 of 2 revisions of this run are applied.");
    assertThat(failure.remedy()).contains("mvn migrate:upgrade");
    assertThat(project.tables()).containsExactly("a");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING");
  }

  @Test
  @DisplayName("points at the line inside a statement that PostgreSQL points at")
  void pointsIntoTheStatement() {
    project.revision(1, "-- header\n\nSELECT 1,\n  2,\n  nonsense;\n", null);
    assertThat(failureOf(() -> project.upgrade("head")).problem())
        .contains("V1__step_1.sql, line 5: column \"nonsense\" does not exist");
  }

  @Test
  @DisplayName("rolls back a downgrade that fails, tombstone and all")
  void failedDowngradeLeavesNothing() {
    project.revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;\nDROP TABLE nothing;");
    project.upgrade("head");
    MigrateException failure = failureOf(() -> project.downgrade("base"));
    assertThat(failure.problem())
        .contains("U1__step_1.sql, line 2: table \"nothing\" does not exist", "still applied");
    assertThat(project.tables()).containsExactly("a");
    assertThat(project.states()).containsExactly("1 APPLIED");
  }

  @Test
  @DisplayName("says that a deferred constraint failed at the commit, and records nothing")
  void failureAtCommit() {
    project.revision(
        1,
        "CREATE TABLE a (id int PRIMARY KEY, b int REFERENCES a DEFERRABLE INITIALLY DEFERRED);"
            + " INSERT INTO a VALUES (1, 2);",
        null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem()).contains("V1__step_1.sql", "violates foreign key constraint");
    assertThat(project.tables()).isEmpty();
    assertThat(project.states()).containsExactly("1 PENDING");
  }

  @Test
  @DisplayName(
      "records as failed what stops half-way outside a transaction; it runs again when asked to")
  void nonTransactionalFailureAndRetry() {
    project.revision(1, "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1);", null);
    project.revision(2, "CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id);", null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem())
        .contains("could not create unique index", "revision 2 is recorded as failed");
    assertThat(failure.remedy()).contains("mvn migrate:upgrade", "-Dmigrate.to=2");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");

    project.execute("DROP INDEX a_id");
    project.execute("DELETE FROM a");
    assertThat(failureOf(() -> project.upgrade("head")).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(ids(project.upgrade("head", RevisionProject.id(2)))).containsExactly("2");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    stockFlyway().load().validate();
  }

  @Test
  @DisplayName("lets nothing run beside a failed revision, only the revision itself")
  void nothingRunsBesideAFailedOne() {
    project.revision(1, "-- transaction: none\nSELECT 1/0;", null);
    failureOf(() -> project.upgrade("head"));
    project.revision(2, "CREATE TABLE b (id int);", null);
    TargetState state = project.state();
    state.require().nothingFailedBut(state.graph().revisions());
    MigrateException failure = failureOf(() -> state.require().nothingFailedBut(List.of()));
    assertThat(failure.code()).isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(failure.problem()).contains("Revision 1 \"step 1\" stopped half-way");
  }

  @Test
  @DisplayName("lets a failed revision be finished by hand and stamped")
  void nonTransactionalFailureAndStamp() {
    project.revision(1, "-- transaction: none\nCREATE TABLE a (id int);\nSELECT 1/0;", null);
    failureOf(() -> project.upgrade("head"));
    assertThat(project.tables()).containsExactly("a");
    assertThat(project.states()).containsExactly("1 FAILED");
    project.stamp("1");
    assertThat(project.states()).containsExactly("1 APPLIED");
    stockFlyway().load().validate();
  }

  @Test
  @DisplayName("shows a non-transactional revision as failed while it is under way")
  void markerWhileUnderWay() {
    project.revision(1, "-- transaction: none\nCREATE TABLE a (id int);\nSELECT 1;", null);
    List<String> seen = new ArrayList<>();
    project
        .with(
            new Progress() {
              @Override
              public void started(Revision revision) {
                seen.addAll(project.states());
              }
            })
        .upgrade("head");
    assertThat(seen).containsExactly("1 FAILED");
    assertThat(project.states()).containsExactly("1 APPLIED");
    assertThat(project.query("SELECT count(*) FROM flyway_schema_history")).containsExactly("1");
  }

  @Test
  @DisplayName(
      "shows a downgrade that stopped half-way, refuses to go on, and is mended by a stamp")
  void nonTransactionalDowngradeFails() {
    project.revision(
        1,
        "CREATE TABLE a (id int); CREATE TABLE b (id int);",
        "-- transaction: none\nDROP TABLE a;\nSELECT 1/0;");
    project.upgrade("head");
    failureOf(() -> project.downgrade("base"));
    assertThat(project.states()).containsExactly("1 DOWNGRADE_FAILED");
    assertThat(failureOf(() -> project.state().require().upgradable()).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    project.execute("DROP TABLE b");
    project.stamp("base");
    assertThat(project.states()).containsExactly("1 PENDING");
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED");
    stockFlyway().load().validate();
  }

  @Test
  @DisplayName("refuses a script that would end the transaction it runs in, before anything runs")
  void transactionControlIsRefused() {
    project.revision(1, "CREATE TABLE a (id int);", null);
    project.revision(2, "BEGIN;\nCREATE TABLE b (id int);\nCOMMIT;", null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.INVALID_REVISION_FILE);
    assertThat(failure.problem()).contains("V2__step_2.sql, line 1: \"BEGIN\"");
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName("refuses to mix what can and what cannot run in a transaction, before anything runs")
  void mixingIsRefused() {
    project.revision(1, "CREATE TABLE a (id int);", null);
    project.revision(2, "CREATE TABLE b (id int);\nCREATE INDEX CONCURRENTLY i ON b (id);", null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem()).contains("V2__step_2.sql mixes", "line 2");
    assertThat(failure.remedy()).contains("-- transaction: none");
    assertThat(project.tables()).isEmpty();
  }

  @Test
  @DisplayName("refuses to take back what has no downgrade script, before anything runs")
  void irreversible() {
    project.revision(1, "CREATE TABLE a (id int);", null);
    project.revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;");
    project.upgrade("head");
    MigrateException failure = failureOf(() -> project.downgrade("base"));
    assertThat(failure.code()).isEqualTo(FailureCode.IRREVERSIBLE);
    assertThat(project.tables()).containsExactly("a", "b");
  }

  @Test
  @DisplayName("knows an edited script by both checksums, and a renamed one")
  void editedScripts() {
    threeTables();
    project.upgrade("head");
    int before = project.files().get(RevisionProject.id(2)).upgrade().checksum();
    project.revision(2, "CREATE TABLE b (id bigint);", "DROP TABLE b;");
    int after = project.files().get(RevisionProject.id(2)).upgrade().checksum();
    MigrateException failure = failureOf(() -> project.state().require().upgradable());
    assertThat(failure.code()).isEqualTo(FailureCode.TAMPERED_SCRIPT);
    assertThat(failure.problem())
        .contains("V2__step_2.sql", String.valueOf(before), String.valueOf(after));
    assertThat(project.stamp("current").recordedAgain()).hasSize(1);
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
    stockFlyway().load().validate();
  }

  @Test
  @DisplayName("knows the revisions that are applied and not in the files")
  void databaseAhead() throws Exception {
    threeTables();
    project.upgrade("head");
    java.nio.file.Files.delete(project.folders().upgrade().resolve("V3__step_3.sql"));
    java.nio.file.Files.delete(project.folders().downgrade().resolve("U3__step_3.sql"));
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 UNKNOWN");
    MigrateException failure = failureOf(() -> project.state().require().upgradable());
    assertThat(failure.code()).isEqualTo(FailureCode.DATABASE_AHEAD);
    assertThat(failure.problem()).contains("3 \"step 3\"");
    assertThat(failure.remedy()).contains("-Dmigrate.purge=true");
    assertThat(project.stamp("2").forgotten()).containsExactly(RevisionProject.id(3));
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  @Test
  @DisplayName("refuses a database that has tables and no history, and takes it over by a stamp")
  void grownDatabase() {
    threeTables();
    project.execute("CREATE TABLE a (id int)");
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem()).contains("is not empty (table a) and has no history");
    assertThat(failure.remedy()).contains("mvn migrate:stamp");
    project.stamp("1");
    assertThat(ids(project.upgrade("head"))).containsExactly("2", "3");
  }

  @Test
  @DisplayName("is stamped up and down without running anything")
  void stampUpAndDown() {
    threeTables();
    assertThat(project.stamp("2").recorded()).hasSize(2);
    assertThat(project.tables()).isEmpty();
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 PENDING");
    assertThat(project.stamp("base").takenBack()).hasSize(2);
    assertThat(project.states()).containsExactly("1 PENDING", "2 PENDING", "3 PENDING");
    assertThat(project.stamp("base").isEmpty()).isTrue();
    assertThat(ids(project.upgrade("head"))).containsExactly("1", "2", "3");
  }

  @Test
  @DisplayName("waits for whoever holds its lock, says who that is, and gives up in time")
  void lockIsHeld() {
    threeTables();
    List<String> waiting = new ArrayList<>();
    Progress listener =
        new Progress() {
          @Override
          public void waiting(String holder) {
            waiting.add(holder);
          }
        };
    try (LockedTarget holder = project.open()) {
      project.with(options(Duration.ofMillis(1500), Duration.ZERO, 0)).with(listener);
      MigrateException failure = failureOf(() -> project.upgrade("head"));
      assertThat(failure.code()).isEqualTo(FailureCode.LOCKED);
      assertThat(failure.problem()).contains("pid ", "\"test\"", "connected since");
      assertThat(waiting).singleElement().asString().contains("pid ", "\"test\"");
      assertThat(holder.state(project.files()).applied()).isEmpty();
    }
    assertThat(ids(project.upgrade("head"))).hasSize(3);
  }

  @Test
  @DisplayName("has the lock that stock Flyway takes, so that both wait for each other")
  void flywayWaits() throws Exception {
    threeTables();
    assertThat(new HistoryTable("public", "flyway_schema_history").lockNumber())
        .isEqualTo(77_433_833_903_597L);
    Thread flyway;
    try (LockedTarget holder = project.open()) {
      flyway = new Thread(() -> stockFlyway().load().migrate());
      flyway.start();
      flyway.join(1500);
      assertThat(flyway.isAlive()).isTrue();
      assertThat(holder.state(project.files()).applied()).isEmpty();
    }
    flyway.join(10_000);
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
  }

  @Test
  @DisplayName(
      "tries a revision again that could not get a lock, and gives up after the last retry")
  void lockTimeoutIsRetried() throws Exception {
    project.revision(1, "CREATE TABLE a (id int);", "ALTER TABLE a ADD y int; DROP TABLE a;");
    project.revision(2, "CREATE TABLE b (id int);\nALTER TABLE a ADD x int;", "DROP TABLE b;");
    project.upgrade("1");
    List<Integer> attempts = new ArrayList<>();
    try (Connection busy = target().connectForScripts("busy");
        Statement statement = busy.createStatement()) {
      busy.setAutoCommit(false);
      statement.execute("SELECT * FROM a");
      project.with(options(Duration.ofSeconds(5), Duration.ofMillis(100), 1));
      MigrateException failure = failureOf(() -> project.upgrade("head"));
      assertThat(failure.code()).isEqualTo(FailureCode.LOCK_TIMEOUT);
      assertThat(failure.problem()).contains("line 2", "tried 2 times and rolled back each time");
      assertThat(project.tables()).containsExactly("a");
      assertThat(failureOf(() -> project.downgrade("base")).code())
          .isEqualTo(FailureCode.LOCK_TIMEOUT);

      project
          .with(options(Duration.ofSeconds(5), Duration.ofMillis(100), 8))
          .with(
              new Progress() {
                @Override
                public void retrying(Revision revision, int attempt, Duration pause) {
                  attempts.add(attempt);
                  release(busy, attempt);
                }
              });
      assertThat(ids(project.upgrade("head"))).containsExactly("2");
    }
    assertThat(attempts).containsExactly(1, 2);
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
  }

  private static void release(Connection busy, int attempt) {
    if (attempt == 2) {
      try {
        busy.rollback();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  @DisplayName("says that the connection was lost, and stands where it stood")
  void lostConnection() {
    threeTables();
    project.revision(4, "SELECT pg_terminate_backend(pg_backend_pid());", null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
    assertThat(failure.problem()).contains("V4__step_4.sql", "3 of 4 revisions");
    assertThat(project.states())
        .containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED", "4 PENDING");
  }

  @Test
  @DisplayName("keeps Flyway's callbacks and repeatable migrations going")
  void callbacksAndRepeatables() {
    threeTables()
        .file("beforeEachMigrate.sql", "CREATE TABLE IF NOT EXISTS seen (n int);")
        .file("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM c;");
    assertThat(project.upgrade("2").repeatables()).isZero();
    assertThat(project.upgrade("head").repeatables()).isEqualTo(1);
    assertThat(project.upgrade("head").repeatables()).isZero();
    project.file("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM c WHERE id > 0;");
    assertThat(project.upgrade("head").repeatables()).isEqualTo(1);
    assertThat(project.tables()).contains("seen");
  }

  @Test
  @DisplayName("lets no script's settings leak into the next")
  void settingsDoNotLeak() {
    project.revision(
        1,
        "SET search_path = ''; CREATE TABLE public.a (id int);",
        "SET search_path = ''; DROP TABLE public.a;");
    project.revision(2, "CREATE TABLE b (id int);", "SET search_path = ''; DROP TABLE public.b;");
    project.upgrade("head");
    assertThat(project.tables()).containsExactly("a", "b");
    project.downgrade("base");
    assertThat(project.tables()).isEmpty();
    assertThat(project.states()).containsExactly("1 PENDING", "2 PENDING");
  }

  private FluentConfiguration stockFlyway() {
    return Flyway.configure(HistoryIT.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .validateMigrationNaming(true)
        .outOfOrder(true)
        .locations("filesystem:" + project.folders().upgrade());
  }

  private static String versionAndState(MigrationInfo info) {
    return info.getVersion() + " " + info.getState().getDisplayName();
  }

  private static List<String> ids(RunOutcome outcome) {
    return Stream.of(outcome)
        .flatMap(done -> done.steps().stream())
        .map(step -> step.revision().id().toString())
        .toList();
  }
}
