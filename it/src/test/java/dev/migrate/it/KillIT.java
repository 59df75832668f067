package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kill -9} while an upgrade runs, at moments that chance decides: a few in each build, as
 * many as {@code -Dit.kills} says for who wants to know.
 */
@WithDatabase
@DisplayName("A build that is killed in the middle of an upgrade")
class KillIT {
  private static final int REVISIONS = 40;

  /** About as long as the upgrade takes: every eighth revision is slow. */
  private static final int MILLIS = 3000;

  static Stream<Integer> moments() {
    Random random = new Random();
    return Stream.generate(() -> random.nextInt(MILLIS)).limit(Integer.getInteger("it.kills", 3));
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

  /** A server notices that a client is gone when its statement ends. */
  private static void awaitSilence(Database database) throws InterruptedException {
    String others =
        "select pid from pg_stat_activity where datname = current_database()"
            + " and pid <> pg_backend_pid()";
    for (int i = 0; i < 600 && !database.query(others).isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(database.query(others)).as("sessions of the killed build").isEmpty();
  }
}
