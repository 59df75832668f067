package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments of upgrade, downgrade and stamp, with revisions outside transactions
 * among the others. Each of these has two statements with a pause between, and every statement
 * leaves a line in a table of its own, so that what ran can be told from what the history says.
 * {@code -Dkills=100} kills more often than the everyday build does, {@code -Dkills.seed=…} repeats
 * a run.
 */
@DisplayName("A move whose process is killed")
class KilledMovesIT {
  private static final int REVISIONS = 12;

  @TempDir private Path folder;

  /** What a kill left behind. */
  private record Left(long millis, int applied, boolean halfWay) {}

  @Test
  @DisplayName("upward leaves each revision whole, untouched, or marked as half-way")
  void upgrade() throws Exception {
    killed("upgrade");
  }

  @Test
  @DisplayName("downward leaves each revision whole, untouched, or marked as half-way")
  void downgrade() throws Exception {
    killed("downgrade");
  }

  @Test
  @DisplayName("by a stamp leaves the history as it was or as it was to be")
  void stamp() throws Exception {
    killed("stamp");
  }

  private void killed(String move) throws Exception {
    int kills = Integer.getInteger("kills", 1);
    long seed = Long.getLong("kills.seed", System.nanoTime());
    Random random = new Random(seed);
    long whole = run(move, Long.MAX_VALUE).millis();
    List<Left> all = new ArrayList<>();
    for (int i = 0; i < kills; i++) {
      all.add(run(move, random.nextLong(whole)));
    }
    System.out.printf(
        "%s: %d kills within %d ms (seed %d): %d left a revision half-way, which needs a hand; 0"
            + " lost, 0 half-applied without a mark; applied: %s%n",
        move,
        kills,
        whole,
        seed,
        all.stream().filter(Left::halfWay).count(),
        all.stream().map(Left::applied).toList());
  }

  private Left run(String move, long killAfterMillis) throws Exception {
    try (ScratchDatabase database = TestPostgres.database("killed_" + move)) {
      RevisionProject project = project(database);
      project.execute("CREATE TABLE public.ran (id int, step int)");
      project.stamp("base");
      if (move.equals("downgrade")) {
        project.upgrade("head");
      }
      Process child = child(move, database);
      try (BufferedReader output =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(output.readLine()).isEqualTo("begin");
        long start = System.nanoTime();
        if (!child.waitFor(killAfterMillis, TimeUnit.MILLISECONDS)) {
          child.destroyForcibly();
          child.waitFor();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return examined(move, project, millis);
      } finally {
        child.destroyForcibly();
      }
    }
  }

  /** Waits until the killed process's session is gone; then history and schema have to agree. */
  private static Left examined(String move, RevisionProject project, long millis)
      throws InterruptedException {
    String sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test'"
            + " AND datname = current_database() AND pid <> pg_backend_pid()";
    for (int i = 0; !project.query(sessions).equals(List.of("0")); i++) {
      assertThat(i).as("looks at the session of a killed process").isLessThan(1_200);
      Thread.sleep(50);
    }
    List<RevisionId> marked = new ArrayList<>();
    int applied = 0;
    for (RevisionState one : project.state().states()) {
      List<String> steps =
          project.query("SELECT step::text FROM ran WHERE id = " + one.id() + " ORDER BY step");
      switch (one.status()) {
        case APPLIED -> {
          assertThat(steps).as(one.id() + " is applied").isEqualTo(whole(move));
          applied++;
        }
        case PENDING -> assertThat(steps).as(one.id() + " is pending").isEmpty();
        case FAILED, DOWNGRADE_FAILED -> marked.add(one.id());
        default -> throw new AssertionError(one.toString());
      }
    }
    assertThat(marked).as("half-way").hasSizeLessThanOrEqualTo(1);
    assertThat(
            project.query(
                "SELECT count(*)::text FROM (SELECT FROM ran GROUP BY id, step"
                    + " HAVING count(*) > 1) twice"))
        .as("nothing ran twice")
        .containsExactly("0");
    finish(move, project, marked);
    return new Left(millis, applied, !marked.isEmpty());
  }

  private static List<String> whole(String move) {
    return move.equals("stamp") ? List.of() : List.of("1", "2");
  }

  /** Running the command again goes on where it stopped, but for what is half-way. */
  private static void finish(String move, RevisionProject project, List<RevisionId> marked) {
    if (!marked.isEmpty()) {
      MigrateException refused = RevisionProject.failureOf(() -> move(move, project));
      assertThat(refused.code()).isEqualTo(FailureCode.FAILED_REVISION);
      // The hand that it needs: finish what was begun, and say so.
      boolean up = move.equals("upgrade");
      RevisionId id = marked.get(0);
      project.execute("DELETE FROM ran WHERE id = " + id);
      if (up) {
        project.execute("INSERT INTO ran VALUES (%1$s, 1), (%1$s, 2)".formatted(id));
      }
      int below = Integer.parseInt(id.toString()) - 1;
      project.stamp(up ? id.toString() : below == 0 ? "base" : String.valueOf(below));
    }
    move(move, project);
    String state = move.equals("downgrade") ? " PENDING" : " APPLIED";
    assertThat(project.states()).allMatch(one -> one.endsWith(state));
    assertThat(project.query("SELECT count(*)::text FROM ran"))
        .containsExactly(move.equals("upgrade") ? String.valueOf(2 * REVISIONS) : "0");
  }

  private RevisionProject project(ScratchDatabase database) throws IOException {
    RevisionProject project =
        new RevisionProject(
            folder, Target.of(database.jdbcUrl(), database.user(), database.password(), "a test"));
    for (int i = 1; i <= REVISIONS; i++) {
      String header = i % 3 == 0 ? "" : "-- transaction: none\n";
      project.revision(
          i,
          "%sINSERT INTO ran VALUES (%d, 1);\nSELECT pg_sleep(0.05);\nINSERT INTO ran VALUES (%2$d, 2);"
              .formatted(header, i),
          "%sDELETE FROM ran WHERE id = %d AND step = 2;\nSELECT pg_sleep(0.05);\nDELETE FROM ran WHERE id = %2$d;"
              .formatted(header, i));
    }
    return project;
  }

  private Process child(String move, ScratchDatabase database) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledMovesIT.class.getName(),
                move,
                folder.toString(),
                database.jdbcUrl(),
                database.user())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PASSWORD", database.password());
    return builder.start();
  }

  private static void move(String move, RevisionProject project) {
    switch (move) {
      case "upgrade" -> project.upgrade("head");
      case "downgrade" -> project.downgrade("base");
      default -> project.stamp("head");
    }
  }

  /** The process that gets killed: says when it begins, and moves the target. */
  public static void main(String[] arguments) throws Exception {
    Target target = Target.of(arguments[2], arguments[3], System.getenv("PASSWORD"), "the parent");
    RevisionProject project = new RevisionProject(Path.of(arguments[1]), target);
    System.out.println("begin");
    move(arguments[0], project);
  }
}
