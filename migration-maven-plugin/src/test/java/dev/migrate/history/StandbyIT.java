package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.target.Asking;
import dev.migrate.target.Target;
import dev.migrate.testing.InstalledCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A primary and a standby that streams from it, asynchronously. */
@DisplayName("With a standby")
@Timeout(180)
class StandbyIT {
  @TempDir private Path folder;

  @Test
  @DisplayName("questions are answered by it, and goals that move refuse before anything happens")
  void standby() throws Exception {
    try (InstalledCluster primary = InstalledCluster.start();
        InstalledCluster standby = primary.standby()) {
      RevisionProject there =
          new RevisionProject(folder, primary.target("postgres"))
              .revision(1, "create table a (id int);", "drop table a;")
              .revision(2, "create table b (id int);", "drop table b;");
      there.upgrade("1");
      awaitRows(standby, 1);
      try (Asking asking = standby.target("postgres").ask("test")) {
        assertThat(HistoryReader.read(asking, Optional.empty(), HistoryTable.DEFAULT_NAME).rows())
            .hasSize(1);
      }
      RevisionProject here = new RevisionProject(folder, standby.target("postgres"));
      assertThat(here.states()).containsExactly("1 APPLIED", "2 PENDING");
      for (Runnable moving :
          List.<Runnable>of(
              () -> here.upgrade("head"), () -> here.downgrade("base"), () -> here.stamp("head"))) {
        MigrateException failure = RevisionProject.failureOf(moving);
        assertThat(failure.code()).isEqualTo(FailureCode.READ_ONLY);
        assertThat(failure.problem()).contains("it is a standby", "Nothing was changed");
        assertThat(failure.remedy()).contains("address of the primary", "targetServerType=primary");
      }
      // Of both hosts, the one that can be moved is found by itself.
      new RevisionProject(folder, both(standby, primary)).upgrade("head");
      assertThat(there.states()).containsExactly("1 APPLIED", "2 APPLIED");
    }
  }

  @Test
  @DisplayName(
      "that takes over in the middle of an upgrade, what it never received is named, and is run there")
  void failover() throws Exception {
    try (InstalledCluster primary = InstalledCluster.start();
        InstalledCluster standby = primary.standby()) {
      RevisionProject project = new RevisionProject(folder, both(primary, standby));
      for (int i = 1; i <= 6; i++) {
        project.revision(
            i, "create table t%d (id int);".formatted(i), "drop table t%d;".formatted(i));
      }
      project.with(
          new Progress() {
            @Override
            public void finished(Revision revision, Duration took) {
              try {
                switch (revision.id().toString()) {
                  case "3" -> cutOff(standby);
                  case "5" -> {
                    primary.crash();
                    standby.promote();
                  }
                  default -> {}
                }
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            }
          });
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
    }
  }

  @Test
  @DisplayName("or when none takes over yet, what was reported as done is named")
  void nobodyThere() throws Exception {
    try (InstalledCluster primary = InstalledCluster.start()) {
      RevisionProject project = new RevisionProject(folder, primary.target("postgres"));
      for (int i = 1; i <= 3; i++) {
        project.revision(i, "create table t%d (id int);".formatted(i), null);
      }
      project.with(
          new Progress() {
            @Override
            public void finished(Revision revision, Duration took) {
              if (revision.id().toString().equals("2")) {
                try {
                  primary.crash();
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              }
            }
          });
      MigrateException failure = RevisionProject.failureOf(() -> project.upgrade("head"));
      assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
      assertThat(failure.problem())
          .contains("No server answers at", "reported as done: 1, 2.", "may lack the last of them");
    }
  }

  private static Target both(InstalledCluster one, InstalledCluster other) {
    return Target.of(
        "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/postgres?targetServerType=primary"
            .formatted(one.port(), other.port()),
        "postgres",
        InstalledCluster.PASSWORD,
        "test");
  }

  /** It has what was committed until now, and gets nothing that comes after. */
  private static void cutOff(InstalledCluster standby) throws Exception {
    awaitRows(standby, 3);
    try (Connection connection = standby.target("postgres").connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET primary_conninfo = ''");
    }
    standby.reload();
    await(standby, "SELECT count(*) = 0 FROM pg_stat_wal_receiver");
  }

  private static void awaitRows(InstalledCluster standby, int rows) throws Exception {
    await(
        standby,
        "SELECT (SELECT count(*) FROM pg_class WHERE relname = 'flyway_schema_history') = 1"
            + " AND (xpath('/row/n/text()', query_to_xml('SELECT count(*) AS n FROM"
            + " flyway_schema_history', false, true, '')))[1]::text = '"
            + rows
            + "'");
  }

  private static void await(InstalledCluster cluster, String condition) throws Exception {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!isTrue(cluster, condition)) {
      assertThat(System.nanoTime()).as(condition).isLessThan(until);
      Thread.sleep(50);
    }
  }

  private static boolean isTrue(InstalledCluster cluster, String condition) {
    try (Connection connection = cluster.target("postgres").connectForScripts("test");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(condition)) {
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      return false; // the table is not there yet
    }
  }
}
