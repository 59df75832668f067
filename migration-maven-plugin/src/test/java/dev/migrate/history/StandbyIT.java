package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.DatabaseCopy;
import dev.migrate.backup.RestoreOptions;
import dev.migrate.backup.Restoring;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.model.SchemaSources;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import dev.migrate.testing.InstalledCluster;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A primary and a standby that streams from it, asynchronously. Each test has a database and a
 * standby of its own; a primary that it has ended runs again afterwards.
 */
@DisplayName("With a standby")
@Timeout(180)
class StandbyIT {
  private static InstalledCluster primary;
  private static int databases;

  @TempDir private Path folder;
  private String database;

  @BeforeAll
  static void start() throws Exception {
    primary = InstalledCluster.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (primary != null) {
      primary.close();
    }
  }

  @BeforeEach
  void begin() throws SQLException {
    database = "app" + ++databases;
    try (Connection connection = primary.target("postgres").connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }

  private RevisionProject project(Target target) throws IOException {
    return new RevisionProject(folder, target);
  }

  private RevisionProject ofTables(Target target, int revisions) throws IOException {
    RevisionProject project = project(target);
    for (int i = 1; i <= revisions; i++) {
      project.revision(
          i, "create table t%d (id int);".formatted(i), "drop table t%d;".formatted(i));
    }
    return project;
  }

  @Test
  @DisplayName("questions are answered by it, and goals that move refuse before anything happens")
  void standby() throws Exception {
    try (InstalledCluster standby = primary.standby()) {
      RevisionProject there = ofTables(primary.target(database), 2);
      there.upgrade("1");
      there.execute("INSERT INTO t1 SELECT generate_series(1, 50)");
      await(standby, "SELECT count(*) = 50 FROM t1");
      try (QueryConnection asking = standby.target(database).ask("test")) {
        assertThat(HistoryReader.read(asking, Optional.empty(), HistoryTable.DEFAULT_NAME).rows())
            .hasSize(1);
      }
      RevisionProject here = project(standby.target(database));
      assertThat(here.states()).containsExactly("1 APPLIED", "2 PENDING");
      assertThat(RevisionProject.failureOf(() -> here.state().require().atHead()).code())
          .isEqualTo(FailureCode.PENDING);
      for (Runnable moving :
          List.<Runnable>of(
              () -> here.upgrade("head"), () -> here.downgrade("base"), () -> here.stamp("head"))) {
        MigrateException failure = RevisionProject.failureOf(moving);
        assertThat(failure.code()).isEqualTo(FailureCode.READ_ONLY);
        assertThat(failure.problem()).contains("it is a standby", "Nothing was changed");
        assertThat(failure.remedy()).contains("address of the primary", "targetServerType=primary");
      }
      assertThat(diff(here)).isTrue();
      assertThat(rehearsed(here)).containsExactly("2", "2", "2");
      for (BackupEngine.Choice engine :
          List.of(BackupEngine.Choice.JDBC, BackupEngine.Choice.PG_DUMP)) {
        Path backups = folder.resolve("backups-" + engine);
        BackupOptions options = BackupOptions.in(backups).with(engine);
        new Backup(here.target(), "test", HistoryTable.DEFAULT_NAME, options, BackupProgress.SILENT)
            .take(connection -> List.of("1"));
        there.execute("TRUNCATE t1");
        Restoring.run(
            there.target(),
            "test",
            options,
            new RestoreOptions(true, true, false),
            BackupProgress.SILENT,
            "latest");
        assertThat(there.query("SELECT count(*)::text FROM t1")).containsExactly("50");
        MigrateException refused =
            RevisionProject.failureOf(
                () ->
                    Restoring.run(
                        here.target(),
                        "test",
                        options,
                        new RestoreOptions(true, true, false),
                        BackupProgress.SILENT,
                        "latest"));
        assertThat(refused.code()).as(refused.toString()).isEqualTo(FailureCode.READ_ONLY);
      }
      // Of both hosts, the one that can be moved is found by itself.
      project(both(standby)).upgrade("head");
      assertThat(there.states()).containsExactly("1 APPLIED", "2 APPLIED");
    }
  }

  /** Whether what its applied revisions give is what is there. */
  private static boolean diff(RevisionProject here) {
    ServerAddress address = TestPostgres.server().address();
    SchemaSources schemaSources =
        new SchemaSources(
            new ReplaySettings(
                new ScratchSource.Borrowed(
                    address.jdbcUrl("postgres"), address.user(), address.password()),
                here.files(),
                HistoryOptions.defaults(),
                Scope.standard(),
                Progress.SILENT),
            () -> null,
            here::target,
            name -> null);
    return Diff.between(schemaSources.schema("current"), schemaSources.schema("target")).isEmpty();
  }

  private List<String> rehearsed(RevisionProject here) {
    DatabaseCopy copy =
        new DatabaseCopy(
            here.target(),
            "test",
            HistoryTable.DEFAULT_NAME,
            folder.resolve("copies"),
            BackupProgress.SILENT);
    ScratchSource sameVersion =
        new ScratchSource.Borrowed(primary.url("postgres"), "postgres", InstalledCluster.PASSWORD);
    try (Scratch server = sameVersion.open();
        ScratchDatabase scratch = copy.into(server, 0)) {
      return new Rehearsal(
              DatabaseCopy.target(scratch),
              "test",
              here.files(),
              HistoryOptions.defaults(),
              Progress.SILENT)
              .run(
                  state -> state.graph().upgrade(state.applied(), "head"),
                  "the standby",
                  0,
                  Duration.ZERO)
              .runs()
              .stream()
              .map(run -> run.revision().id().toString())
              .toList();
    }
  }

  @Test
  @DisplayName(
      "that takes over in the middle of an upgrade, what it never received is named, and is run there")
  void failover() throws Exception {
    try (InstalledCluster standby = primary.standby()) {
      RevisionProject project = ofTables(both(standby), 6);
      project.with(whenFinished("3", () -> cutOff(standby, 3), "5", () -> takeOver(standby)));
      MigrateException failure = RevisionProject.failureOf(() -> project.upgrade("head"));
      assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
      assertThat(failure.problem())
          .contains("never received what this run has reported as applied: 4, 5.")
          .contains("old one does not come back as a primary");
      project.with(Progress.SILENT);
      assertThat(project.states())
          .containsExactly(
              "1 APPLIED", "2 APPLIED", "3 APPLIED", "4 PENDING", "5 PENDING", "6 PENDING");
      assertThat(project.tables()).containsExactly("t1", "t2", "t3");
      assertThat(project.upgrade("head").steps())
          .extracting(step -> step.revision().id().toString())
          .containsExactly("4", "5", "6");
      assertThat(project.tables()).containsExactly("t1", "t2", "t3", "t4", "t5", "t6");
    } finally {
      primary.runAgain();
    }
  }

  @Test
  @DisplayName("that takes over in the middle of a downgrade, what it never received is named")
  void failoverDownward() throws Exception {
    try (InstalledCluster standby = primary.standby()) {
      RevisionProject project = ofTables(both(standby), 6);
      project.upgrade("head");
      project.with(whenFinished("5", () -> cutOff(standby, 8), "3", () -> takeOver(standby)));
      MigrateException failure = RevisionProject.failureOf(() -> project.downgrade("base"));
      assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.CONNECTION);
      assertThat(failure.problem())
          .contains("never received what this run has reported as taken back: 4, 3.");
      project.with(Progress.SILENT);
      assertThat(project.tables()).containsExactly("t1", "t2", "t3", "t4");
      assertThat(project.downgrade("base").steps())
          .extracting(step -> step.revision().id().toString())
          .containsExactly("4", "3", "2", "1");
      assertThat(project.tables()).isEmpty();
    } finally {
      primary.runAgain();
    }
  }

  @Test
  @DisplayName("or when none takes over yet, what was reported as done is named")
  void nobodyThere() throws Exception {
    RevisionProject project = ofTables(primary.target(database), 3);
    project.with(whenFinished("2", primary::crash, "none", () -> {}));
    try {
      MigrateException failure = RevisionProject.failureOf(() -> project.upgrade("head"));
      assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
      assertThat(failure.problem())
          .contains("No server answers at", "reported as done: 1, 2.", "may lack the last of them");
    } finally {
      primary.runAgain();
    }
  }

  @Test
  @DisplayName(
      "or the server itself dies in the middle of a script outside a transaction: half-way")
  void crashHalfWay() throws Exception {
    RevisionProject project = project(primary.target(database));
    String twoSteps = "-- transaction: none\nINSERT INTO acc VALUES (%d);\nSELECT %s;";
    String hold = "pg_sleep(3600)";
    project
        .revision(1, "CREATE TABLE acc (n int);", null)
        .revision(2, twoSteps.formatted(2, hold), twoSteps.formatted(-2, hold));
    MigrateException upward = crashedWhile(hold, () -> project.upgrade("head"));
    assertThat(upward.code()).as(upward.toString()).isEqualTo(FailureCode.CONNECTION);
    assertThat(upward.problem())
        .contains("outside a transaction", "revision 2 is recorded as failed");
    assertThat(upward.remedy()).contains("migrate:upgrade -Dmigrate.rerun=2", "migrate:stamp");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 FAILED");
    for (int i = 0; i < 2; i++) {
      assertThat(RevisionProject.failureOf(() -> project.upgrade("head")).code())
          .isEqualTo(FailureCode.FAILED_REVISION);
    }
    project.revision(2, twoSteps.formatted(3, "1"), twoSteps.formatted(-2, hold));
    project.upgrade("head", RevisionProject.id(2));
    assertThat(project.query("SELECT n::text FROM acc ORDER BY n")).containsExactly("2", "3");

    MigrateException downward = crashedWhile(hold, () -> project.downgrade("-1"));
    assertThat(downward.code()).as(downward.toString()).isEqualTo(FailureCode.CONNECTION);
    assertThat(downward.problem())
        .contains("outside a transaction", "the downgrade of 2 is recorded as failed");
    assertThat(downward.remedy()).contains("migrate:downgrade -Dmigrate.rerun=2", "migrate:stamp");
    assertThat(project.states()).containsExactly("1 APPLIED", "2 DOWNGRADE_FAILED");
    assertThat(RevisionProject.failureOf(() -> project.downgrade("-1")).code())
        .isEqualTo(FailureCode.FAILED_REVISION);
    assertThat(project.query("SELECT n::text FROM acc ORDER BY n")).containsExactly("-2", "2", "3");
    project.revision(2, twoSteps.formatted(3, "1"), twoSteps.formatted(-3, "1"));
    project.downgrade("-1", RevisionProject.id(2));
    assertThat(project.states()).containsExactly("1 APPLIED", "2 PENDING");
  }

  /** Ends the server as soon as the statement is at work, and starts it again. */
  private MigrateException crashedWhile(String statement, Runnable run) throws Exception {
    CompletableFuture<MigrateException> failure =
        CompletableFuture.supplyAsync(() -> RevisionProject.failureOf(run));
    await(
        primary,
        "SELECT count(*) = 1 FROM pg_stat_activity WHERE query LIKE 'SELECT %s%%'"
                .formatted(statement)
            + " AND state = 'active'");
    primary.crash();
    primary.run();
    return failure.get(60, TimeUnit.SECONDS);
  }

  /** What breaks when a revision is through. */
  private interface Fault {
    void happen() throws Exception;
  }

  private static Progress whenFinished(
      String first, Fault firstFault, String second, Fault secondFault) {
    return new Progress() {
      @Override
      public void finished(Revision revision, Duration took) {
        try {
          String id = revision.id().toString();
          if (id.equals(first)) {
            firstFault.happen();
          } else if (id.equals(second)) {
            secondFault.happen();
          }
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  private static void takeOver(InstalledCluster standby) throws Exception {
    primary.crash();
    standby.promote();
  }

  private Target both(InstalledCluster standby) {
    return Target.of(
        "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
            .formatted(standby.port(), primary.port(), database),
        "postgres",
        InstalledCluster.PASSWORD,
        "test");
  }

  /** It has what was committed until now, and gets nothing that comes after. */
  private void cutOff(InstalledCluster standby, int rows) throws Exception {
    await(standby, "SELECT count(*) = %d FROM flyway_schema_history".formatted(rows));
    try (Connection connection = standby.target("postgres").connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET primary_conninfo = ''");
    }
    standby.reload();
    await(standby, "SELECT count(*) = 0 FROM pg_stat_wal_receiver");
  }

  private void await(InstalledCluster cluster, String condition) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!isTrue(cluster, condition)) {
      assertThat(System.nanoTime()).as(condition).isLessThan(until);
      Thread.sleep(50);
    }
  }

  private boolean isTrue(InstalledCluster cluster, String condition) {
    try (Connection connection = cluster.target(database).connectForScripts("test");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(condition)) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException | MigrateException e) {
      return false; // what it asks for is not there yet
    }
  }
}
