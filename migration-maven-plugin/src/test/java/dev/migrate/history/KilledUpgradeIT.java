package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments of an upgrade. {@code -Dkills=50} kills more often than the everyday
 * build does, {@code -Dkills.seed=…} repeats a run.
 */
@DisplayName("An upgrade whose process is killed")
class KilledUpgradeIT {
  private static final int REVISIONS = 40;
  private static final int SLOW_ONE_IN = 8;

  @TempDir private Path folder;

  @Test
  @DisplayName("leaves a prefix of the revisions, none half-applied, and the next one completes it")
  void leavesAPrefix() throws Exception {
    int kills = Integer.getInteger("kills", 2);
    long seed = Long.getLong("kills.seed", System.nanoTime());
    Random random = new Random(seed);
    long whole = run(Long.MAX_VALUE).millis();
    List<Integer> prefixes = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      prefixes.add(run(random.nextLong(whole)).applied());
    }
    System.out.printf(
        "%d kills within %d ms (seed %d) left these numbers of %d revisions: %s%n",
        kills, whole, seed, REVISIONS, prefixes);
  }

  private record Run(long millis, int applied) {}

  /** One upgrade of a fresh database, killed after some time, examined, and completed. */
  private Run run(long killAfterMillis) throws Exception {
    try (ScratchDatabase database = TestPostgres.database("killed")) {
      RevisionProject project = project(target(database));
      Process child = child(database);
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(output.readLine()).isEqualTo("begin");
        long start = System.nanoTime();
        boolean ended = child.waitFor(killAfterMillis, TimeUnit.MILLISECONDS);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        if (!ended) {
          child.destroyForcibly();
          child.waitFor();
        }
        int applied = awaitPrefix(project);
        assertThat(applied).isEqualTo(ended ? REVISIONS : applied);
        project.upgrade("head");
        assertThat(awaitPrefix(project)).isEqualTo(REVISIONS);
        return new Run(millis, applied);
      } finally {
        child.destroyForcibly();
      }
    }
  }

  /** Waits until the killed process's session is gone, and then examines what it left. */
  private static int awaitPrefix(RevisionProject project) throws InterruptedException {
    String sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test'"
            + " AND datname = current_database() AND pid <> pg_backend_pid()";
    for (int i = 0; !project.query(sessions).equals(List.of("0")); i++) {
      assertThat(i).as("looks at the session of a killed process").isLessThan(600);
      Thread.sleep(100);
    }
    int applied = Math.toIntExact(project.state().applied().size());
    assertThat(project.state().applied())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, applied).mapToObj(RevisionProject::id).toList());
    assertThat(project.tables())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, applied)
                .boxed()
                .flatMap(i -> List.of("a" + i, "b" + i).stream())
                .toList());
    return applied;
  }

  private RevisionProject project(Target target) throws IOException {
    RevisionProject project = new RevisionProject(folder, target);
    for (int i = 1; i <= REVISIONS; i++) {
      String wait = i % SLOW_ONE_IN == 0 ? "SELECT pg_sleep(0.2);" : "";
      project.revision(
          i,
          "CREATE TABLE a%d (id int); %s CREATE TABLE b%d (id int);".formatted(i, wait, i),
          null);
    }
    return project;
  }

  private static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  private Process child(ScratchDatabase database) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledUpgradeIT.class.getName(),
                folder.toString(),
                database.jdbcUrl(),
                database.user())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PASSWORD", database.password());
    return builder.start();
  }

  /** The process that gets killed: says when it begins, and upgrades to the head. */
  public static void main(String[] arguments) throws Exception {
    Target target = Target.of(arguments[1], arguments[2], System.getenv("PASSWORD"), "the parent");
    RevisionProject project = new RevisionProject(Path.of(arguments[0]), target);
    System.out.println("begin");
    project
        .with(
            new Progress() {
              @Override
              public void started(Revision revision) {
                // Heard so that the child does what a build does.
              }
            })
        .upgrade("head");
  }
}
