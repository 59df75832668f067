package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.ProjectTree;
import dev.migrate.script.EveryFileOperationIT.Writing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that end while they write scripts: halted at a file operation, or killed at a
 * random moment, {@code -Dkills=50} times, once by default; {@code -Dkills.seed} for other moments.
 */
@DisplayName("A process that is killed while it writes scripts")
class KilledWritingIT {
  private static final int KILLS = Integer.getInteger("kills", 1);
  private static final Random RANDOM = new Random(Long.getLong("kills.seed", 7));

  @TempDir private Path directory;

  private int projects;

  /** Takes the folder, what to write, and the operation to halt at, 0 for none, and when. */
  public static void main(String[] arguments) {
    Project project = new Project(Path.of(arguments[0]));
    int number = Integer.parseInt(arguments[2]);
    if (number > 0) {
      LastOperation.haltAt(project.root(), number, Moment.valueOf(arguments[3]));
    }
    System.out.println("begins");
    Writing.valueOf(arguments[1]).run(project);
  }

  private Project project(Writing writing) throws IOException {
    Project project = new Project(Files.createDirectory(directory.resolve("p" + ++projects)));
    writing.before.accept(project);
    return project;
  }

  private static Process start(Project project, Writing writing, int number, Moment moment)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWritingIT.class.getName(),
            project.root().toString(),
            writing.name(),
            String.valueOf(number),
            moment.name())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @Test
  @DisplayName("by halting at a file operation, is as one that was ended in the test")
  void halted() throws Exception {
    Project whole = project(Writing.REBASE);
    List<String> operations =
        LastOperation.countedIn(whole.root(), () -> Writing.REBASE.run(whole));
    Map<String, String> expected = ProjectTree.of(whole.root());
    for (int number : List.of(3, operations.size() / 2, operations.size() - 2)) {
      Project project = project(Writing.REBASE);
      Process process = start(project, Writing.REBASE, number, Moment.BEFORE);
      assertThat(process.waitFor()).isEqualTo(137);
      assertThat(ProjectTree.of(project.root())).isNotEqualTo(expected);
      Writing.REBASE.run(project);
      assertThat(ProjectTree.of(project.root())).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("at any moment of a merge, has merged or has not, and the next run finishes it")
  void merge() throws Exception {
    Project whole = project(Writing.MERGE);
    Map<String, String> before = ProjectTree.of(whole.root());
    long begun = System.nanoTime();
    Process undisturbed = start(whole, Writing.MERGE, 0, Moment.NEVER);
    undisturbed.getInputStream().read();
    long ready = System.nanoTime();
    assertThat(undisturbed.waitFor()).isZero();
    int takes = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ready) + 1;
    Map<String, String> after = ProjectTree.of(whole.root());
    int half = 0;
    int untouched = 0;
    int done = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Project project = project(Writing.MERGE);
      Process process = start(project, Writing.MERGE, 0, Moment.NEVER);
      process.getInputStream().read();
      Thread.sleep(RANDOM.nextInt(takes));
      process.destroyForcibly().waitFor();
      Map<String, String> tree = ProjectTree.of(project.root());
      if (tree.equals(after)) {
        done++;
        continue;
      }
      try {
        assertThat(project.read().graph().heads()).hasSize(2);
        untouched++;
      } catch (MigrateException e) {
        assertThat(e.code()).isEqualTo(FailureCode.UNFINISHED_CHANGE);
        half++;
      }
      Writing.MERGE.run(project);
      assertThat(ProjectTree.of(project.root())).isEqualTo(after);
    }
    assertThat(after).isNotEqualTo(before);
    System.out.printf(
        "merge: %d kills in %d ms after %d ms: %d before it, %d half-way, %d after it;"
            + " lost 0, needed a hand 0, left behind 0%n",
        KILLS, takes, TimeUnit.NANOSECONDS.toMillis(ready - begun), untouched, half, done);
  }
}
