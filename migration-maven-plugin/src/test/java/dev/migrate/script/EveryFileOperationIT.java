package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Ended;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.ProjectTree;
import dev.migrate.revision.Revision;
import dev.migrate.revision.SquashPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every operation on files can be the last one of a process: each of them is, before it takes
 * effect, when half of the bytes are written and afterwards; then the goal runs again.
 */
@DisplayName("Goals that write scripts, ended at each file operation")
class EveryFileOperationIT {
  private static final Instant NOW = Instant.parse("2026-01-18T10:30:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path directory;

  private int projects;

  /** A goal, as far as it writes scripts. */
  enum Writing {
    FIRST_REVISION(
        "revision",
        project -> {},
        project -> writer(project, "revision").write(NewRevision.empty("Add a", List.of()))),
    REVISION(
        "revision",
        Writing::branches,
        project ->
            writer(project, "revision")
                .write(NewRevision.empty("Add b", graphHead(project, "20260103000000")))),
    ONLINE_REVISIONS(
        "generate",
        Writing::branches,
        project ->
            writer(project, "generate")
                .write(
                    List.of(
                        NewRevision.empty("One", graphHead(project, "20260103000000")),
                        NewRevision.empty("Two", List.of()).withoutTransaction(),
                        NewRevision.empty("Three", List.of()).irreversible()),
                    List.of())),
    MERGE(
        "merge",
        Writing::branches,
        project ->
            writer(project, "merge")
                .write(
                    NewRevision.merge("Merge", project.read().graph().parentsForMerge("heads")))),
    REBASE("rebase", Writing::branches, Writing::rebase),
    SQUASH("squash", Writing::line, Writing::squash);

    private final String goal;
    final Consumer<Project> before;
    private final Consumer<Project> run;

    Writing(String goal, Consumer<Project> before, Consumer<Project> run) {
      this.goal = goal;
      this.before = before;
      this.run = run;
    }

    /** As the goals do it: what was interrupted is finished, and nothing else done. */
    void run(Project project) {
      if (project.folders().journal().finish(goal).isEmpty()) {
        run.accept(project);
      }
    }

    private static RevisionWriter writer(Project project, String goal) {
      return new RevisionWriter(project.readOrEmpty(), CLOCK, goal);
    }

    private static List<Revision> graphHead(Project project, String id) {
      return List.of(project.read().graph().resolveOne(id, Set.of()));
    }

    private static void branches(Project project) {
      project
          .file("up/V20260101000000__a.sql", "-- A", "-- revision: 20260101000000", "select 1;")
          .file(
              "up/V20260102000000__x.sql",
              "-- X",
              "-- revision: 20260102000000",
              "-- revises: 20260101000000",
              "select 2;")
          .file("up/V20260102000000__x.sql.conf", "executeInTransaction=false")
          .file("down/U20260102000000__x.sql", "-- revision: 20260102000000", "select 3;")
          .file(
              "up/deep/V20260102000001__y.sql",
              "-- Y",
              "-- revision: 20260102000001",
              "-- revises: 20260102000000",
              "select 4;")
          .file("down/U20260102000001__y.sql", "-- revision: 20260102000001", "select 5;")
          .file(
              "up/V20260103000000__m.sql",
              "-- M",
              "-- revision: 20260103000000",
              "-- revises: 20260101000000",
              "select 6;");
    }

    private static void rebase(Project project) {
      RevisionFiles files = project.read();
      new RevisionWriter(files, CLOCK)
          .rebase(
              files
                  .graph()
                  .rebase(
                      graphHead(project, "20260102000000").get(0),
                      graphHead(project, "20260103000000").get(0),
                      Set.of(),
                      NOW));
    }

    private static void line(Project project) {
      project
          .file("up/V1__a.sql", "create table a (id int);")
          .file("down/U1__a.sql", "drop table a;")
          .file("up/V2__b.sql", "create index concurrently i on a (id);")
          .file("up/V2__b.sql.conf", "executeInTransaction=false")
          .file("up/V3__c.sql", "create table c (id int);")
          .file("down/U3__c.sql", "drop table c;");
    }

    private static void squash(Project project) {
      RevisionFiles files = project.read();
      SquashPlan squash = files.graph().squash("2", Set.of());
      BaselineWriter writer = new BaselineWriter(files, Path.of("archive"));
      Revision baseline = writer.revision(squash, "Baseline", NOW);
      writer.write(
          squash,
          baseline,
          writer.text(baseline, "create table a (id int);\n"),
          "select 1;\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  private Project project(Writing writing) {
    try {
      Project project = new Project(Files.createDirectory(directory.resolve("p" + ++projects)));
      writing.before.accept(project);
      return project;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What one undisturbed run does, and gives. */
  private record Undisturbed(
      Map<String, String> before, List<String> operations, Map<String, String> after) {}

  private Undisturbed undisturbed(Writing writing) {
    Project project = project(writing);
    Map<String, String> before = ProjectTree.of(project.root());
    List<String> operations = LastOperation.countedIn(project.root(), () -> writing.run(project));
    return new Undisturbed(before, operations, ProjectTree.of(project.root()));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("and run again, they end as one undisturbed run does, and nothing is left over")
  void runAgain(Writing writing) {
    Undisturbed once = undisturbed(writing);
    int points = 0;
    int halves = 0;
    for (int number = 1; number <= once.operations().size(); number++) {
      String operation = once.operations().get(number - 1);
      for (Moment moment : moments(operation)) {
        Project project = project(writing);
        assertThat(LastOperation.of(project.root(), number, moment, () -> writing.run(project)))
            .isInstanceOf(Ended.class);
        points++;
        String point = writing + ", " + moment + " " + number + ": " + operation;
        halves += refusedOrWhole(writing, project, point) ? 1 : 0;
        // A process that ends after its last operation has done everything.
        if (moment != Moment.AFTER || number < once.operations().size()) {
          if (!ProjectTree.of(project.root()).equals(once.after())) {
            writing.run(project);
          }
        }
        assertThat(ProjectTree.of(project.root())).as(point).isEqualTo(once.after());
      }
    }
    System.out.printf(
        "%s: %d file operations, ended at %d points, %d of them half done and refused;"
            + " lost 0, needed a hand 0, left behind 0%n",
        writing, once.operations().size(), points, halves);
    assertThat(halves).as("points at which the files were half changed").isPositive();
  }

  private static List<Moment> moments(String operation) {
    return operation.startsWith("WRITE")
        ? List.of(Moment.BEFORE, Moment.HALF, Moment.AFTER)
        : List.of(Moment.BEFORE, Moment.AFTER);
  }

  /** Nobody takes half a thing for whole; returns whether it was refused. */
  private static boolean refusedOrWhole(Writing writing, Project project, String point) {
    Throwable failure = catchThrowable(project::readOrEmpty);
    if (failure == null) {
      Set<String> heads = new TreeSet<>();
      project.readOrEmpty().graph().heads().forEach(one -> heads.add(one.message()));
      assertThat(heads).as(point).isIn(headsBefore(writing), headsAfter(writing));
      return false;
    }
    assertThat(failure).as(point).isInstanceOf(MigrateException.class);
    MigrateException refusal = (MigrateException) failure;
    assertThat(refusal.code()).as(point).isEqualTo(FailureCode.UNFINISHED_CHANGE);
    assertThat(refusal.remedy()).as(point).contains("mvn migrate:" + writing.goal);
    return true;
  }

  private static Set<String> headsBefore(Writing writing) {
    return switch (writing) {
      case FIRST_REVISION -> Set.of();
      case SQUASH -> Set.of("c");
      default -> Set.of("M", "Y");
    };
  }

  private static Set<String> headsAfter(Writing writing) {
    return switch (writing) {
      case FIRST_REVISION -> Set.of("Add a");
      case REVISION -> Set.of("Add b", "Y");
      case ONLINE_REVISIONS -> Set.of("Three", "Y");
      case MERGE -> Set.of("Merge");
      case REBASE -> Set.of("Y");
      case SQUASH -> Set.of("c");
    };
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("refuse other goals in between, and let them on afterwards")
  void otherGoals(Writing writing) {
    Project project = project(writing);
    Undisturbed once = undisturbed(writing);
    int middle = once.operations().size() - 3;
    assertThat(LastOperation.of(project.root(), middle, Moment.BEFORE, () -> writing.run(project)))
        .isInstanceOf(Ended.class);
    for (Writing other : Writing.values()) {
      if (!other.goal.equals(writing.goal)) {
        Map<String, String> before = ProjectTree.of(project.root());
        assertThat(Project.problem(FailureCode.UNFINISHED_CHANGE, () -> other.run(project)))
            .contains("mvn migrate:" + writing.goal);
        assertThat(ProjectTree.of(project.root())).isEqualTo(before);
      }
    }
    writing.run(project);
    assertThat(ProjectTree.of(project.root())).isEqualTo(once.after());
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("change nothing on a full disk, whenever it becomes full")
  void fullDisk(Writing writing) {
    refused(writing, Moment.FULL);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("change nothing, or say what finishes it, when a folder becomes read-only")
  void readOnly(Writing writing) {
    refused(writing, Moment.READ_ONLY);
  }

  private void refused(Writing writing, Moment moment) {
    Undisturbed once = undisturbed(writing);
    List<String> unfinished = new ArrayList<>();
    int points = 0;
    for (int number = 1; number <= once.operations().size(); number++) {
      Project project = project(writing);
      String point = writing + ", " + moment + " " + once.operations().get(number - 1);
      Throwable failure =
          LastOperation.of(project.root(), number, moment, () -> writing.run(project));
      points++;
      Map<String, String> tree = ProjectTree.of(project.root());
      if (failure == null) {
        assertThat(tree).as(point).isEqualTo(once.after());
        continue;
      }
      assertThat(failure).as(point).isInstanceOf(MigrateException.class);
      assertThat(((MigrateException) failure).code()).as(point).isEqualTo(FailureCode.FILE_ACCESS);
      if (tree.equals(once.before())) {
        continue;
      }
      // Only a disk that takes nothing back any more may leave something.
      assertThat(moment).as(point).isEqualTo(Moment.READ_ONLY);
      if (refusedOrWhole(writing, project, point)) {
        unfinished.add(point);
        assertThat(((MigrateException) failure).remedy())
            .as(point)
            .contains("mvn migrate:" + writing.goal);
      }
      writing.run(project);
      assertThat(ProjectTree.of(project.root())).as(point).isEqualTo(once.after());
    }
    System.out.printf(
        "%s: %s at %d points, half done and said so at %d, nothing changed at the others%n",
        writing, moment, points, unfinished.size());
  }
}
