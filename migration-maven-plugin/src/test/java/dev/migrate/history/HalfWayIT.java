package dev.migrate.history;

import static dev.migrate.history.RevisionProject.failureOf;
import static dev.migrate.history.RevisionProject.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.report.StateText;
import dev.migrate.report.TerminalStyle;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.Script;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What stopped half-way outside a transaction")
class HalfWayIT {
  private static final String TWO_STEPS =
      "UPDATE acc SET balance = balance + 10;\nSELECT 1/0;\nCREATE INDEX CONCURRENTLY i ON acc (balance);";

  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void start() throws Exception {
    database = TestPostgres.database("half_way");
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    project =
        new RevisionProject(folder, target)
            .revision(1, "CREATE TABLE acc (balance int); INSERT INTO acc VALUES (0);", null);
  }

  @AfterEach
  void end() {
    database.close();
  }

  private List<String> balance() {
    return project.query("SELECT balance::text FROM acc");
  }

  private void stockFlywayAgrees() {
    Flyway flyway =
        Flyway.configure(HalfWayIT.class.getClassLoader())
            .dataSource(database.jdbcUrl(), database.user(), database.password())
            .locations("filesystem:" + project.folders().upgrade())
            .load();
    flyway.validate();
    assertThat(flyway.migrate().migrationsExecuted).isZero();
  }

  @Test
  @DisplayName("does not run again unasked, and says what ran and which three ways there are")
  void notUnasked() {
    project.revision(2, "-- transaction: none\n" + TWO_STEPS, null);
    MigrateException first = failureOf(() -> project.upgrade("head"));
    assertThat(first.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
    assertThat(first.problem())
        .contains("line 3", "(1 of its 3 ran, this one failed, 1 did not run)");
    for (int retry = 0; retry < 2; retry++) {
      MigrateException again = failureOf(() -> project.upgrade("head"));
      assertThat(again.code()).isEqualTo(FailureCode.FAILED_REVISION);
      assertThat(again.problem()).contains("Revision 2 \"step 2\" stopped half-way");
      assertThat(again.remedy())
          .contains(
              "migrate:stamp -Dmigrate.to=2", "migrate:upgrade -Dmigrate.rerun=2", "rerun: safe");
    }
    assertThat(balance()).containsExactly("10");
    project.revision(2, "-- transaction: none\nUPDATE acc SET balance = balance + 10;", null);
    assertThat(failureOf(() -> project.upgrade("head")).code())
        .as("a mended script, too, would do again what it did")
        .isEqualTo(FailureCode.FAILED_REVISION);
    project.upgrade("head", id(2));
    assertThat(balance()).containsExactly("20");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("goes on by itself when its header says that it may")
  void safe() {
    String safe = "-- transaction: none\n-- rerun: safe\nUPDATE acc SET balance = 1;\nSELECT 1/%s;";
    project.revision(2, safe.formatted("0"), null);
    failureOf(() -> project.upgrade("head"));
    project.revision(2, safe.formatted("1"), null);
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("leaves its mark when the connection is lost, in whichever statement")
  void lostConnection() throws Exception {
    project.revision(
        2,
        "-- transaction: none\nUPDATE acc SET balance = balance + 10;\nSELECT pg_sleep(60);",
        null);
    CompletableFuture<MigrateException> run =
        CompletableFuture.supplyAsync(() -> failureOf(() -> project.upgrade("head")));
    String sleeping =
        "SELECT pid::text FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active'"
            + " AND pid <> pg_backend_pid() AND datname = current_database()";
    List<String> pid = List.of();
    for (int i = 0; i < 600 && pid.isEmpty(); i++) {
      Thread.sleep(50);
      pid = project.query(sleeping);
    }
    project.execute("SELECT pg_terminate_backend(" + pid.get(0) + ")");
    assertThat(run.get(30, TimeUnit.SECONDS).code()).isEqualTo(FailureCode.CONNECTION);
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");
    assertThat(failureOf(() -> project.upgrade("head")).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(balance()).containsExactly("10");
  }

  @Test
  @DisplayName("keeps its mark until its outcome is recorded, also when a callback fails after it")
  void callbackAfterIt() {
    project
        .file("afterEachMigrate.sql", "SELECT 1/(SELECT (count(*) <> 2)::int FROM acc);")
        .revision(2, "-- transaction: none\nINSERT INTO acc VALUES (1);", null);
    failureOf(() -> project.upgrade("head"));
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");
    assertThat(failureOf(() -> project.upgrade("head")).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(project.query("SELECT count(*)::text FROM acc")).containsExactly("2");
  }

  @Test
  @DisplayName("is rolled back and named when it forgets its own COMMIT")
  void openTransaction() {
    project.revision(2, "-- transaction: none\nBEGIN;\nINSERT INTO acc VALUES (1);", null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem()).contains("V2__step_2.sql begins a transaction and does not end");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");
    assertThat(project.query("SELECT count(*)::text FROM acc")).containsExactly("1");
  }

  @Test
  @DisplayName(
      "upward stops a downgrade beside it, downward an upgrade; a downgrade goes on when asked")
  void downgrade() {
    String down = "-- transaction: none\nUPDATE acc SET balance = balance - 1;\nSELECT 1/%s;";
    project.revision(2, "CREATE TABLE b (id int);", down.formatted("0"));
    project.upgrade("head");
    MigrateException failure = failureOf(() -> project.downgrade("-1"));
    assertThat(failure.problem()).contains("(1 of its 2 ran, this one failed, 0 did not run)");
    assertThat(failure.remedy()).contains("migrate:downgrade -Dmigrate.rerun=2");
    project.revision(2, "CREATE TABLE b (id int);", down.formatted("1"));
    assertThat(failureOf(() -> project.downgrade("-1")).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(failureOf(() -> project.state().require().upgradable()).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(balance()).containsExactly("-1");
    project.downgrade("-1", id(2));
    assertThat(balance()).containsExactly("-2");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING");
    project.execute("DROP TABLE b");
    project.upgrade("head");
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("downward goes on by itself when its header says that it may")
  void safeDowngrade() {
    String down = "-- transaction: none\n-- rerun: safe\nDROP TABLE IF EXISTS b;\nSELECT 1/%s;";
    project.revision(2, "CREATE TABLE b (id int);", down.formatted("0"));
    project.upgrade("head");
    failureOf(() -> project.downgrade("-1"));
    project.revision(2, "CREATE TABLE b (id int);", down.formatted("1"));
    project.downgrade("-1");
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("of a repeatable migration is shown by every goal, and runs again")
  void repeatable() {
    project.file("R__vac.sql", "VACUUM nosuch;");
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.problem())
        .contains("R__vac.sql", "is recorded as failed")
        .doesNotContain("left nothing behind");
    TargetState state = project.state();
    assertThat(state.repeatables().failed()).extracting(Script::name).hasSize(1);
    assertThat(failureOf(state.require()::noFailedRepeatable).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    StateText text = new StateText(state, TerminalStyle.PLAIN);
    assertThat(text.current()).anyMatch(line -> line.contains("R__vac.sql"));
    assertThat(text.history(state.graph().revisions(), false))
        .anyMatch(line -> line.contains("R__vac.sql") && line.contains("failed half-way"));
    assertThat(text.show(id(1))).anyMatch(line -> line.contains("R__vac.sql"));

    project.revision(2, "CREATE TABLE b (id int);", null).revision(3, "SELECT 1;", null);
    project.upgrade("2");
    assertThat(project.state().repeatables().failed()).as("it has not run yet").hasSize(1);
    failureOf(() -> project.upgrade("head"));
    project.file("R__vac.sql", "VACUUM acc;");
    RunOutcome outcome = project.upgrade("head");
    assertThat(outcome.repeatables()).isEqualTo(1);
    assertThat(project.state().repeatables().failed()).isEmpty();
    assertThat(project.upgrade("head").repeatables()).isZero();
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("of a repeatable migration that ran well before is not forgotten, whatever its text")
  void repeatableBackAgain() {
    project.file("R__vac.sql", "VACUUM acc;");
    project.upgrade("head");
    project.file("R__vac.sql", "VACUUM nosuch;");
    failureOf(() -> project.upgrade("head"));
    project.file("R__vac.sql", "VACUUM acc;");
    assertThat(project.upgrade("head").repeatables()).isEqualTo(1);
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("of a repeatable migration shows while it runs, so that a killed process leaves it")
  void repeatableMark() {
    project.file("R__vac.sql", "VACUUM acc;");
    List<Integer> seen = new ArrayList<>();
    project
        .file(
            "afterEachMigrate.sql",
            "CREATE TABLE IF NOT EXISTS seen (failed bigint);"
                + " INSERT INTO seen SELECT count(*) FROM flyway_schema_history WHERE NOT success;")
        .with(
            new Progress() {
              @Override
              public void finished(Revision revision, java.time.Duration took) {
                seen.add(1);
              }
            })
        .upgrade("head");
    assertThat(seen).hasSize(1);
    assertThat(project.query("SELECT failed::text FROM seen")).containsExactly("0", "1");
    assertThat(project.query("SELECT count(*)::text FROM flyway_schema_history WHERE NOT success"))
        .containsExactly("0");
  }

  @Test
  @DisplayName(
      "in several revisions waits until each is named, or says itself that it may run again")
  void several() {
    String adds = "-- transaction: none\nINSERT INTO acc VALUES (%d);";
    project
        .revision(2, adds.formatted(2), null)
        .revision(3, adds.formatted(3), null)
        .revision(4, adds.formatted(4).replace("none", "none\n-- rerun: safe"), null);
    project.upgrade("1");
    for (int number : List.of(2, 3, 4)) {
      failed(number, "SQL");
    }
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED", "3 FAILED", "4 FAILED");
    assertThat(failureOf(() -> project.upgrade("head")).problem()).contains("Revision 2 ");
    MigrateException other = failureOf(() -> project.upgrade("head", id(2)));
    assertThat(other.code()).isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(other.problem()).contains("Revision 3 ");
    assertThat(failureOf(() -> project.upgrade("head", id(3), id(4))).problem())
        .contains("Revision 2 ");
    TargetState state = project.state();
    assertThat(
            failureOf(
                    () ->
                        state
                            .require()
                            .nothingFailedBut(
                                state.graph().upgrade(state.applied(), "2").revisions(),
                                Set.of(id(2))))
                .problem())
        .as("not beside another one")
        .contains("Revision 3 ");
    assertThat(balance()).containsExactly("0");
    project.upgrade("head", id(3), id(2));
    assertThat(balance()).containsExactly("0", "2", "3", "4");
    stockFlywayAgrees();
  }

  @Test
  @DisplayName("downward in several revisions waits until each is named, and runs newest first")
  void severalDownward() {
    String adds = "-- transaction: none\nINSERT INTO acc VALUES (%d);";
    project.revision(2, "SELECT 1;", adds.formatted(2)).revision(3, "SELECT 1;", adds.formatted(3));
    project.upgrade("head");
    failed(3, "DELETE");
    failed(2, "DELETE");
    assertThat(project.states())
        .containsExactly("1 APPLIED", "2 DOWNGRADE_FAILED", "3 DOWNGRADE_FAILED");
    assertThat(failureOf(() -> project.downgrade("1", id(3))).problem())
        .contains("The downgrade of 2 ");
    assertThat(failureOf(() -> project.downgrade("1", id(2))).problem())
        .contains("The downgrade of 3 ");
    assertThat(balance()).containsExactly("0");
    project.downgrade("1", id(2), id(3));
    assertThat(balance()).containsExactly("0", "3", "2");
    project.upgrade("head");
    stockFlywayAgrees();
  }

  @Test
  @DisplayName(
      "is no matter of a revision that did not stop, or of another one: naming it does nothing")
  void needless() {
    project.revision(2, "INSERT INTO acc VALUES (2);", "DELETE FROM acc WHERE balance = 2;");
    project.upgrade("head", id(2), id(7));
    assertThat(project.upgrade("head", id(1), id(2)).steps()).isEmpty();
    assertThat(balance()).containsExactly("0", "2");
    project.downgrade("-1", id(1));
    assertThat(balance()).containsExactly("0");
  }

  private void failed(int number, String type) {
    project.execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) SELECT max(installed_rank) + 1, '%d', 'step %1$d',"
                .formatted(number)
            + " '%s', 'V%d__step_%2$d.sql', 1, 'somebody', 1, false FROM flyway_schema_history"
                .formatted(type, number));
  }

  @Test
  @DisplayName("is named when the history says something else than what was run")
  void notAsPlanned() {
    project.upgrade("head");
    project.revision(
        2,
        "DELETE FROM flyway_schema_history WHERE version = '1';"
            + " INSERT INTO flyway_schema_history VALUES (77, '9', 'made up', 'SQL', 'V9__x.sql', 1,"
            + " 'me', now(), 1, true);",
        null);
    MigrateException failure = failureOf(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.NOT_AS_PLANNED);
    assertThat(failure.problem())
        .contains("revision 1 ", "no longer recorded", "revision 9 \"made up\"");
  }

  @Test
  @DisplayName(
      "is nothing of a script without a header that comes too late: that is refused and told")
  void outOfOrder() {
    project.revision(3, "CREATE TABLE c (id int);", null);
    project.upgrade("head");
    project.revision(2, "CREATE TABLE b (id int);", null);
    TargetState state = project.state();
    MigrateException failure = failureOf(() -> state.require().inOrder(state.graph().revisions()));
    assertThat(failure.code()).isEqualTo(FailureCode.OUT_OF_ORDER);
    assertThat(failure.problem()).contains("has applied 3 already", "V2__step_2.sql");
    assertThat(failure.remedy()).contains("-Dmigrate.outOfOrder=true");
    StateText text = new StateText(state, TerminalStyle.PLAIN);
    assertThat(text.attention()).anyMatch(line -> line.contains("Out of order"));
    assertThat(text.history(state.graph().revisions(), false))
        .anyMatch(line -> line.contains("[pending, out of order"));
    project.upgrade("head");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
  }

  @Test
  @DisplayName("is not said of a downgrade without a statement: it is refused before anything runs")
  void emptyDowngrade() {
    project.revision(2, "CREATE TABLE b (id int);", "-- Write here what takes it back.\n;\n");
    project.upgrade("head");
    MigrateException failure = failureOf(() -> project.downgrade("-1"));
    assertThat(failure.code()).isEqualTo(FailureCode.IRREVERSIBLE);
    assertThat(failure.problem()).contains("U2__step_2.sql has no statement");
    assertThat(failure.remedy()).contains("-- downgrade: nothing");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 APPLIED");
    project.revision(2, "CREATE TABLE b (id int);", "-- downgrade: nothing\n");
    project.downgrade("-1");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING");
  }
}
