package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code migrate} of the generated project, which stands before Maven. */
@DisabledOnOs(OS.WINDOWS)
@DisplayName("The script migrate")
class WrapperIT {
  private static final Path SCRIPTS =
      Path.of("..", "asset-archetype/src/main/resources/archetype-resources")
          .toAbsolutePath()
          .normalize();

  @ParameterizedTest(name = "in {0}")
  @ValueSource(strings = {"bash", "dash", "zsh", "busybox"})
  @DisplayName("says to Maven what was said to it, in every shell, from every folder")
  void saysToMavenWhatWasSaid(String shell) throws IOException {
    Assumptions.assumeTrue(isThere(shell), shell + " is not installed");
    String sh =
        shell.equals("busybox") ? "busybox sh" : shell.equals("zsh") ? "zsh --emulate sh" : shell;
    Project project = project("a folder's name");
    Path bin = echo(project, "echoes");

    for (String[] one :
        new String[][] {
          {"current", "migrate:current"},
          {"generate 'Add phone'", "migrate:generate|-Dmigrate.message=Add phone"},
          {
            "generate -m \"it's \\$5\" --dry-run",
            "migrate:generate|-Dmigrate.message=it's $5|-Dmigrate.dryRun=true"
          },
          {
            "revision 'a  b' --label=x", "migrate:revision|-Dmigrate.label=x|-Dmigrate.message=a  b"
          },
          {"downgrade", "migrate:downgrade"},
          {"downgrade -2", "migrate:downgrade|-Dmigrate.to=-2"},
          {"upgrade +1 -o", "migrate:upgrade|-o|-Dmigrate.to=+1"},
          {"show head", "migrate:show|-Dmigrate.revision=head"},
          {"history base:head", "migrate:history|-Dmigrate.range=base:head"},
          {
            "merge a1 b2 -m 'Both'",
            "migrate:merge|-Dmigrate.message=Both|-Dmigrate.revisions=a1,b2"
          },
          {
            "diff --fail-on-difference --from=current",
            "migrate:diff|-Dmigrate.failOnDifference=true|-Dmigrate.from=current"
          },
          {
            "restore shop-1 --force",
            "migrate:restore|-Dmigrate.force=true|-Dmigrate.backupName=shop-1"
          },
          {
            "backup -Dmigrate.url='jdbc:postgresql://h/a b'",
            "migrate:backup|-Dmigrate.url=jdbc:postgresql://h/a b"
          },
          {"help generate", "migrate:help|-Dgoal=generate|-Ddetail=true"},
        }) {
      Ran ran = run(project, bin, "cd / && " + sh + " \"$PROJECT/migrate\" " + one[0]);
      assertThat(ran.out())
          .as("%s in %s: %s", one[0], shell, ran.err())
          .isEqualTo(project.directory().toRealPath() + "|" + one[1] + "\n");
      assertThat(ran.exit()).isZero();
    }
    for (String wrong :
        List.of("", "generate Add phone", "current head", "-x", "show ''", "generate -m")) {
      Ran ran = run(project, bin, sh + " ./migrate " + wrong);
      assertThat(ran.exit()).as(wrong).isEqualTo(2);
      assertThat(ran.out()).as(wrong).isEmpty();
      assertThat(ran.err()).as(wrong).isNotBlank();
    }
    run(project, bin, "ln -s \"$PROJECT/migrate\" link");
    assertThat(run(project, bin, sh + " ./link heads").out()).endsWith("|migrate:heads\n");
    assertThat(run(project, bin, sh + " ./migrate help").out()).startsWith("usage: migrate GOAL");
  }

  @Test
  @DisplayName("takes the Maven of the project where it has one, in its folder or above")
  void takesTheMavenOfTheProject() throws IOException {
    Project parent = Project.empty("wrapped");
    Files.move(echo(parent, "own").resolve("mvn"), parent.file("mvnw"));
    Project project = parent.child("module");
    Files.createDirectories(project.directory());
    copy("migrate", project);
    assertThat(run(project, echo(parent, "other"), "./migrate heads").out())
        .isEqualTo("own:" + project.directory().toRealPath() + "|migrate:heads\n");
    assertThat(run(project, Path.of("/nowhere"), "./migrate heads").exit()).isZero();
    parent.delete("mvnw");
    Ran none =
        run(
            project,
            Path.of("/nowhere"),
            "mkdir t; ln -s $(command -v dirname) $(command -v cat) t; PATH=$PWD/t ./migrate"
                + " heads");
    assertThat(none.err()).contains("There is no mvn");
    assertThat(none.exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("prints the answer alone, what happens beside it, and ends as Maven does")
  void printsTheAnswerAlone() {
    Project project = project("answers of migrate");
    Ran up = sh(project, "./migrate upgrade 20260106103000");
    assertThat(up.err())
        .contains("Target: ", "2 revisions to apply, from base:")
        .doesNotContain("[INFO]", "BUILD", "Scanning");
    assertThat(up.out()).matches("Done in .*[.] Now at 20260106103000 \\(Create assets\\)[.]\n");

    project.append(
        "src/main/resources/db/migration/V20260112140000__create_assignments_and_maintenance.sql",
        "\nselect 1 / 0;\n");
    Ran failed =
        sh(project, "cd src && ../migrate upgrade > ../out 2> ../err || echo $? > ../exit");
    assertThat(project.read("exit")).isEqualTo("1\n");
    assertThat(failed.exit()).isZero();
    assertThat(project.read("out")).isEmpty();
    assertThat(project.read("err"))
        .contains("\nSCRIPT_FAILED\n", "division by zero", "What to do: ")
        .doesNotContain("[ERROR]", "Help 1", "re-run Maven", "Failed to execute goal");

    Ran current = sh(project, "./migrate current --format=json");
    assertThat(current.out()).startsWith("{\n").endsWith("}\n");
    assertThat(current.err()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"bash", "zsh"})
  @DisplayName("completes goals, revisions and options in")
  void completes(String shell) throws IOException {
    Assumptions.assumeTrue(isThere(shell), shell + " is not installed");
    Project project = project("completion");
    String words =
        """
        eval "$(./migrate completion)"
        ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _migrate; echo "${COMPREPLY[*]}"; }
        ask ./migrate up
        ask ./migrate downgrade 2026010
        ask "$PWD/migrate" show he
        ask ./migrate generate --onl
        ask ./migrate generate x
        """;
    if (shell.equals("zsh")) {
      words = "setopt ksharrays\n" + words; // as bashcompinit sets it for what it calls
    }
    project.write("ask", words);
    Ran ran = run(project, Path.of("/nowhere"), shell + " ./ask");
    assertThat(ran.out().lines().toList())
        .as(ran.err())
        .containsExactly("upgrade", "20260105090000 20260106103000", "head", "--online", "");
  }

  @Test
  @DisplayName("offers every goal, and no option that no goal has")
  void offersWhatThereIs() throws IOException {
    String descriptor;
    try (InputStream in =
        WrapperIT.class.getClassLoader().getResourceAsStream("META-INF/maven/plugin.xml")) {
      descriptor = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
    String script = Files.readString(SCRIPTS.resolve("migrate"));
    List<String> choices = new ArrayList<>();
    var found = Pattern.compile("choices=\"([^\"$]+)\"").matcher(script);
    while (found.find()) {
      choices.add(found.group(1));
    }
    List<String> goals = new ArrayList<>(List.of("completion"));
    var goal = Pattern.compile("<goal>([a-z]+)</goal>").matcher(descriptor);
    while (goal.find()) {
      goals.add(goal.group(1));
    }
    assertThat(choices.get(0).strip().split("\\s+")).containsExactlyInAnyOrderElementsOf(goals);
    for (String option : choices.get(1).strip().split("\\s+")) {
      String name =
          Pattern.compile("-([a-z])")
              .matcher(option.replaceFirst("^--", "").replaceFirst("=.*", ""))
              .replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT));
      assertThat(descriptor).contains("<name>" + name + "</name>");
    }
  }

  @Test
  @DisplayName("and the other scripts are clean for shellcheck")
  void shellcheck() throws IOException {
    Assumptions.assumeTrue(isThere("shellcheck"), "shellcheck is not installed");
    Project project = project("shellcheck");
    for (String name :
        List.of(
            "deploy/deploy",
            "deploy/develop",
            "deploy/healthy",
            "deploy/migrate",
            "deploy/secrets")) {
      copy(name, project);
    }
    Ran ran =
        run(
            project,
            Path.of("/nowhere"),
            "./migrate completion > completion; shellcheck migrate deploy/* && shellcheck -s bash"
                + " completion");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.exit()).isZero();
  }

  private record Ran(String out, String err, int exit) {}

  private static Project project(String name) {
    Project project = Project.sample(name);
    copy("migrate", project);
    return project;
  }

  private static void copy(String name, Project project) {
    try {
      Files.createDirectories(project.file(name).getParent());
      Files.copy(SCRIPTS.resolve(name), project.file(name), StandardCopyOption.COPY_ATTRIBUTES);
      project.file(name).toFile().setExecutable(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A Maven that prints where it is and what it was told, but for the settings of the log. */
  private static Path echo(Project project, String name) throws IOException {
    Path bin = Files.createDirectories(project.file(".mvn/" + name));
    Path mvn = bin.resolve("mvn");
    Files.writeString(
        mvn,
        """
        #!/bin/bash
        printf '%%s' '%s' "$PWD"
        for word; do
          case $word in
            -Dorg.slf4j.*|-Dmaven.logger.*) ;;
            *) printf '|%%s' "$word" ;;
          esac
        done
        echo
        """
            .formatted(name.equals("own") ? "own:" : ""));
    mvn.toFile().setExecutable(true);
    return bin;
  }

  private static boolean isThere(String program) {
    return new File(program).exists()
        || Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, program).canExecute());
  }

  /** With the Maven of this build. */
  private static Ran sh(Project project, String script) {
    Build build =
        project
            .maven()
            .shell(
                project.directory(),
                "echo 0 > .mvn/exit; ( %s\n) > .mvn/out 2> .mvn/err || echo $? > .mvn/exit"
                    .formatted(script));
    assertThat(build.exitCode()).as(build.output()).isZero();
    return ran(project);
  }

  private static Ran run(Project project, Path bin, String script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", script)
            .directory(project.directory().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(project.file(".mvn/out").toFile())
            .redirectError(project.file(".mvn/err").toFile());
    builder.environment().put("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    builder.environment().put("PROJECT", project.directory().toString());
    builder.environment().put("CDPATH", "/tmp:/usr");
    Files.createDirectories(project.file(".mvn"));
    try {
      Process process = builder.start();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError("Not ended: " + script);
      }
      project.write(".mvn/exit", process.exitValue() + "\n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return ran(project);
  }

  private static Ran ran(Project project) {
    return new Ran(
        project.read(".mvn/out"),
        project.read(".mvn/err"),
        Integer.parseInt(project.read(".mvn/exit").strip()));
  }
}
