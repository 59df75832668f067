package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The longest tests: whole builds of the generated application. */
@ResourceLock("what Spring needs, which the first build copies or downloads")
@DisplayName("The generated asset tracker")
class AssetTrackerIT {

  @OnEachMaven
  @DisplayName(
      "is green with what a CI server runs, runs, and a change lives as its README tells it")
  void aChangeLivesAsTheReadmeTells(Maven maven) {
    Project project = generate(maven, "com.acme", "inventory");
    released(project);
    project
        .maven()
        .shell(project.directory(), CiFiles.script())
        .succeeds()
        .says("Building inventory")
        .saysNothingOf("BUILD FAILURE");

    try (RunningApplication application = RunningApplication.start(project)) {
      assertThat(application.get("/").statusCode()).isEqualTo(200);
      assertThat(application.get("/assets").body()).containsPattern("NB-[0-9]{4}");
      assertThat(application.get("/actuator/health").body()).contains(head(project));
      String page = "src/main/resources/templates/dashboard.html";
      project.write(page, project.read(page).replace("</h1>", " as edited</h1>"));
      assertThat(application.get("/").body())
          .as("an edited template shows with the next request")
          .contains(" as edited</h1>");
    }

    String head = head(project);
    List<Readme.Step> steps = Readme.steps(project.read("README.md"), "The life of a change");
    assertThat(steps).hasSizeGreaterThan(10);
    String said = "";
    for (Readme.Step step : steps) {
      said += follow(project, step);
    }

    assertThat(said)
        .contains(
            "phone",
            "Proven: the upgrade gives the model",
            "1 revision to apply",
            "1 revision to take back",
            "Now at " + head,
            "(Add phone to people)",
            "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0");
    project.run("migrate:check", "migrate:diff", "-Dmigrate.failOnDifference=true").succeeds();
  }

  @OnEachMaven
  @EnabledIfSystemProperty(
      named = "it.matrix",
      matches = ".+",
      disabledReason = "only in the profile matrix: it takes a whole build more")
  @DisplayName("builds whatever it is called")
  void buildsWhateverItIsCalled(Maven maven) {
    Project project =
        generate(maven, "Com.3M.new", "My.Assets-2", "-DpostgresVersion=15", "-Dversion=2.0");
    project.run("test").succeeds().says("Building My.Assets-2 2.0");
    project.run("migrate:stop").succeeds();
    Path classes = project.file("target/classes/com/_3m/new_/my/assets_2");
    assertThat(classes).isDirectoryContaining("glob:**Application.class");
    assertThat(Files.isDirectory(classes.resolve("database/tables"))).isTrue();
  }

  private static Project generate(
      Maven maven, String groupId, String artifactId, String... options) {
    // Each build tests in a JVM that is gone after a minute, as Maven.launch has it for the build.
    Maven patient =
        maven
            .withTimeout(Duration.ofMinutes(10))
            .withOptions("-DargLine=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Project parent = Project.empty("tracker").with(patient);
    parent.run(Project.archetype(groupId, artifactId, options)).succeeds();
    return parent.child(artifactId);
  }

  /** A clone with a release, as a CI server has it. */
  private static void released(Project project) {
    project
        .maven()
        .shell(
            project.directory(),
            """
            git init -q .
            git add .
            git ls-files --error-unmatch .mvn/repository/dev/migrate/migration-maven-plugin/*/*.jar
            git ls-files --stage migrate deploy/deploy | grep -c ^100755 | grep -x 2
            git -c user.name=a -c user.email=a@example.com commit -q -m 'Generated'
            git -c user.name=a -c user.email=a@example.com tag -a -m 'The first' 1.0
            """)
        .succeeds();
  }

  private static String head(Project project) {
    return project.files().stream()
        .filter(name -> name.matches(".*/V\\d+__.*[.]sql"))
        .map(name -> name.replaceFirst(".*/V(\\d+)__.*", "$1"))
        .max(String::compareTo)
        .orElseThrow();
  }

  private static String follow(Project project, Readme.Step step) {
    if (step instanceof Readme.Step.Run run) {
      return project.run(run.arguments().toArray(String[]::new)).succeeds().output();
    } else if (step instanceof Readme.Step.Change change) {
      String file = project.only("(?=src/)(.*/)?" + Pattern.quote(change.file()));
      String text = project.read(file);
      assertThat(text.split(Pattern.quote(change.before()), -1))
          .as("the place in %s that the README changes", file)
          .hasSize(2);
      project.write(file, text.replace(change.before(), change.after()));
    } else if (step instanceof Readme.Step.Write write) {
      project.write(write.file(), write.content());
    }
    return "";
  }
}
