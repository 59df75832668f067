package dev.migrate.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.Points;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A replay on a scratch server of the project, which is kept for the next time. A process of its
 * own is halted at file operations, or refused by the disk from there on: at a few of them, at all
 * but for the alike ones that remove a server's thousand files with {@code -DfileOperations=all}.
 */
@DisplayName("A replay that is kept, ended or refused at file operations and run again")
class EveryFileOperationOfReplaysIT {
  private static final int KILLED = 137;

  @TempDir private Path directory;

  private static ModelProject project(Path root) {
    return ModelProject.empty(root)
        .onOwnServers()
        .revision(1, "create table a (id int);", "drop table a;")
        .revision(2, "create table b (id int);", "drop table b;");
  }

  private static List<String> replay(ModelProject project) {
    List<RevisionId> all = project.files().graph().revisions().stream().map(Revision::id).toList();
    try (ScratchWorkspace workspace =
        new Replay(
                project.scratchSource(),
                project.files(),
                HistoryOptions.defaults(),
                project.progress())
            .of(all)) {
      return workspace.read(workspace.base(), Scope.standard()).facts().keySet().stream()
          .filter(id -> id.kind() == Kind.TABLE)
          .map(FactId::lastName)
          .toList();
    }
  }

  /** Takes a project, and the operation to halt at, or from which on the disk refuses. */
  public static void main(String[] arguments) {
    ModelProject project = ModelProject.at(Path.of(arguments[0])).onOwnServers();
    LastOperation.haltAt(
        Path.of(arguments[0]), Integer.parseInt(arguments[1]), Moment.valueOf(arguments[2]));
    try {
      replay(project);
      System.out.println("done");
    } catch (MigrateException e) {
      System.out.println(e.code());
    }
  }

  private record Ending(int exit, String said) {}

  private static Ending child(Path root, Points point) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EveryFileOperationOfReplaysIT.class.getName(),
                root.toString(),
                String.valueOf(point.number()),
                point.moment().name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      out.lines().forEach(lines::add);
      return new Ending(process.waitFor(), String.join(" ", lines));
    }
  }

  private static List<String> names(Path root) throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(".migrate/scratch"))) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("is kept once and whole, and no server nor part of one is left")
  void everyPoint() throws Exception {
    Path first = Files.createDirectory(directory.resolve("undisturbed"));
    List<String> operations = LastOperation.countedIn(first, () -> replay(project(first)));
    List<String> after = names(first);
    assertThat(after.stream().filter(name -> name.startsWith("kept-"))).hasSize(1);
    List<Points> points = new ArrayList<>(Points.ofEnds(operations, 1));
    int ends = points.size();
    points.addAll(Points.ofRefusals(operations, 1));
    Map<String, Integer> refusals = new TreeMap<>();
    int number = 0;
    for (Points point : points) {
      Path root = Files.createDirectory(directory.resolve("p" + ++number));
      ModelProject project = project(root);
      Ending ending = child(root, point);
      if (point.moment() == Moment.FULL || point.moment() == Moment.READ_ONLY) {
        assertThat(ending.exit()).as(point.toString()).isZero();
        refusals.merge(ending.said(), 1, Integer::sum);
      } else if (!point.operation().startsWith("DELETE")) {
        assertThat(ending.exit()).as(point + ": " + ending).isEqualTo(KILLED);
      }
      assertThat(replay(project)).as(point.toString()).containsExactly("a", "b");
      project.replayed();
      assertThat(replay(project)).as(point.toString()).containsExactly("a", "b");
      assertThat(project.replayed()).as("what was not kept, " + point).isEmpty();
      assertThat(names(root)).as(point.toString()).isEqualTo(after);
    }
    System.out.printf(
        "replay: %d file operations, ended at %d points and refused at %d %s; lost 0, needed a hand"
            + " 0, left behind 0%n",
        operations.size(), ends, points.size() - ends, refusals);
  }
}
