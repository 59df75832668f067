package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kill -9} while files are replaced, at the moments that leave something half done. */
@WithDatabase
@Thorough
@DisplayName("A squash that is killed in the middle")
class SquashKillIT {
  private static final int REVISIONS = 60;
  private static final List<String> STEPS = Steps.ids(REVISIONS);
  private static final String LAST = STEPS.get(REVISIONS - 2);
  private static final String GUARD =
      "src/main/resources/db/migration/beforeMigrate__baseline_" + LAST + ".sql";
  private static final String JOURNAL = "src/main/resources/db/migration/.migrate-unfinished";
  private static final String ARCHIVE = "src/main/resources/db/archive/";

  /** What is seen on disk when the build is killed. */
  enum Moment {
    /** The journal is there for a moment only; what comes next shows that it was. */
    CHANGE_BEGUN(project -> exists(project, JOURNAL) || exists(project, ARCHIVE + LAST)),
    ARCHIVE_COMPLETE(project -> exists(project, ARCHIVE + LAST)),
    BASELINE_WRITTEN(project -> exists(project, GUARD)),
    OLD_FILES_GO(project -> !exists(project, Project.upgradeScript(LAST)));

    private final Predicate<Project> seen;

    Moment(Predicate<Project> seen) {
      this.seen = seen;
    }
  }

  private static Database past;
  private static Project steps;
  private static Map<String, String> scripts;

  @BeforeAll
  static void upgrade(Database database) {
    past = database;
    Project project = Steps.project("squash-kill", REVISIONS, id -> "");
    steps = project.with(past.targetOf(project.maven()));
    steps.run("migrate:upgrade").succeeds();
    scripts = scripts(steps);
    assertThat(scripts).hasSize(2 * REVISIONS);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("loses no script, and the next squash finishes it")
  void losesNothing(Moment moment, Database empty) throws InterruptedException {
    Project project = steps.copy("squash-kill");
    RunningBuild build = project.start("migrate:squash", "-Dmigrate.to=" + LAST);
    boolean seen = moment.seen.test(project);
    while (!seen && build.isAlive()) {
      TimeUnit.MICROSECONDS.sleep(200);
      seen = moment.seen.test(project);
    }
    assertThat(seen || moment.seen.test(project)).as(build.output()).isTrue();
    build.kill();

    assertThat(scripts(project)).as("what is left").containsAllEntriesOf(scripts);
    if (exists(project, JOURNAL)
        || STEPS.subList(0, REVISIONS - 1).stream()
            .anyMatch(id -> exists(project, Project.upgradeScript(id)))) {
      project.run("migrate:squash", "migrate:check", "-Dmigrate.to=" + LAST).succeeds();
    } else {
      project.run("migrate:check").succeeds();
    }
    assertThat(scripts(project)).containsAllEntriesOf(scripts);
    assertThat(project.files().stream().filter(file -> file.contains("/db/migration/")))
        .containsExactlyInAnyOrder(
            "src/main/resources/db/migration/B%s__baseline_up_to_r.sql".formatted(LAST),
            GUARD,
            Project.upgradeScript(STEPS.get(REVISIONS - 1)));
    assertThat(project.files().stream().filter(file -> file.contains(".tmp"))).isEmpty();
    project
        .run(
            "migrate:upgrade",
            "-Dmigrate.url=" + empty.url(),
            "-Dmigrate.user=" + empty.user(),
            "-Dmigrate.password=" + empty.password())
        .succeeds()
        .says("2 revisions to apply");
    assertThat(empty.tables()).containsExactlyInAnyOrderElementsOf(past.tables());
    assertThat(Steps.ran(empty)).isEqualTo(STEPS);
  }

  /** All scripts of revisions, wherever they are: name and text. */
  private static Map<String, String> scripts(Project project) {
    Map<String, String> scripts = new HashMap<>();
    for (String file : project.files()) {
      String name = file.substring(file.lastIndexOf('/') + 1);
      if (name.matches("[VU]\\d+__r\\.sql") && !file.contains(".tmp/")) {
        scripts.merge(
            name,
            project.read(file),
            (one, other) -> {
              assertThat(other).as(name).isEqualTo(one);
              return one;
            });
      }
    }
    return scripts;
  }

  private static boolean exists(Project project, String file) {
    return Files.exists(project.file(file));
  }
}
