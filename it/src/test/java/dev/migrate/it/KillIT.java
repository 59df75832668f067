package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * {@code kill -9} while an upgrade runs, at moments that chance decides: one in each build, as many
 * as {@code -Dit.kills} says for who wants to know.
 */
@WithDatabase
@DisplayName("A build that is killed in the middle of an upgrade")
class KillIT {
  private static final int REVISIONS = 40;

  /** About as long as the upgrade takes: every eighth revision is slow. */
  private static final int MILLIS = 3000;

  static Stream<Integer> moments() {
    Random random = new Random();
    return Stream.generate(() -> random.nextInt(MILLIS)).limit(Integer.getInteger("it.kills", 1));
  }

  @ParameterizedTest(name = "after {0} ms")
  @MethodSource("moments")
  @DisplayName("leaves the first revisions whole and no other, and the next upgrade goes on")
  void leavesTheFirstRevisionsWhole(int moment, Database database) throws InterruptedException {
    Project project =
        Steps.project(
            "kill", REVISIONS, id -> id.matches(".*[08]") ? "select pg_sleep(0.25);\n" : "");
    Project target = project.with(database.targetOf(project.maven()));
    RunningBuild build = target.start("migrate:upgrade");
    build.awaitOutput("revisions to apply");
    TimeUnit.MILLISECONDS.sleep(moment);
    build.kill();
    awaitSilence(database);

    List<String> applied = database.applied();
    assertThat(applied).isEqualTo(Steps.ids(applied.size()));
    assertThat(Steps.ran(database)).isEqualTo(applied);
    assertThat(database.tables().stream().filter(table -> table.startsWith("t")))
        .hasSameSizeAs(applied);

    target.run("migrate:upgrade").succeeds();
    assertThat(Steps.ran(database)).isEqualTo(Steps.ids(REVISIONS));
    assertThat(database.applied()).isEqualTo(Steps.ids(REVISIONS));
  }

  @Test
  @DisplayName("or ended with Ctrl-C says what it has left, and that is so")
  void saysWhatItHasLeft(Database database) throws InterruptedException, SQLException {
    Project project =
        Project.small("ctrl-c")
            .revision("20260101000000", "create table one (id int);", "drop table one;")
            .revision("20260102000000", "create table two (id int);", "drop table two;")
            .revision(
                "20260103000000",
                "create table three (id int);\nselect pg_advisory_xact_lock(4711);\n",
                "drop table three;");
    Project target = project.with(database.targetOf(project.maven()));
    try (Connection other = database.connect();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(4711)");
      RunningBuild build = target.start("migrate:upgrade", "-Dmigrate.lockTimeout=0");
      String waiting =
          "select pid from pg_locks where locktype = 'advisory' and objid = 4711 and not granted";
      while (database.query(waiting).isEmpty()) {
        assertThat(build.isAlive()).as(build.output()).isTrue();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      build.interrupt();
      assertThat(build.await().output())
          .contains(
              "Stopped. 2 revisions are applied, the last 20260102000000 (r)."
                  + " 20260103000000 (r) was at work: PostgreSQL takes back what its script had"
                  + " done, unless it runs without a transaction. mvn migrate:current says where"
                  + " the database stands; mvn migrate:upgrade goes on.");
      awaitSilence(database, other);
    }
    assertThat(database.applied()).containsExactly("20260101000000", "20260102000000");
    assertThat(database.tables()).containsExactly("one", "two");
    target.run("migrate:upgrade").succeeds().says("1 revision to apply");
  }

  private static void awaitSilence(Database database, Connection but)
      throws InterruptedException, SQLException {
    int own = but.unwrap(PGConnection.class).getBackendPID();
    awaitSilence(database, " and pid <> " + own);
  }

  private static void awaitSilence(Database database) throws InterruptedException {
    awaitSilence(database, "");
  }

  /** A server notices that a client is gone when its statement ends. */
  private static void awaitSilence(Database database, String but) throws InterruptedException {
    String others =
        "select pid from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid()"
            + but;
    for (int i = 0; i < 600 && !database.query(others).isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(database.query(others)).as("sessions of the killed build").isEmpty();
  }
}
