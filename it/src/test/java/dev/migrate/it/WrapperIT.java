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
import java.util.Set;
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
        List.of(
            "",
            "upgrad",
            "help nothing",
            "generate Add phone",
            "current head",
            "-x",
            "show ''",
            "generate -m")) {
      Ran ran = run(project, bin, sh + " ./migrate " + wrong);
      assertThat(ran.exit()).as(wrong).isEqualTo(2);
      assertThat(ran.out()).as(wrong).isEmpty();
      assertThat(ran.err()).as(wrong).isNotBlank();
    }
    for (String[] slip :
        new String[][] {
          {"upgrad", "upgrade"},
          {"Dow", "downgrade"},
          {"brnaches", "branches"},
          {"curent", "current"},
          {"verifyy", "verify"},
          {"help diif", "diff"},
          {"st", ""},
          {"nothing", ""},
          {"'x\\n'", ""},
          {"'a b'", ""},
        }) {
      String err = run(project, bin, sh + " ./migrate " + slip[0]).err();
      assertThat(err)
          .as(slip[0])
          .contains("There is no goal '", "migrate help lists what there is");
      assertThat(err.contains("Did you mean migrate " + slip[1] + "?"))
          .as("%s in %s: %s", slip[0], shell, err)
          .isEqualTo(!slip[1].isEmpty());
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

  @ParameterizedTest(name = "in {0}")
  @ValueSource(strings = {"bash", "dash", "zsh", "busybox"})
  @DisplayName("shows what a goal says at once, and of a failure what the goal has said")
  void showsAtOnce(String shell) throws IOException {
    Assumptions.assumeTrue(isThere(shell), shell + " is not installed");
    String sh =
        shell.equals("busybox") ? "busybox sh" : shell.equals("zsh") ? "zsh --emulate sh" : shell;
    Project project = project("progress");
    Path bin = Files.createDirectories(project.file(".mvn/slow"));
    Files.writeString(
        bin.resolve("mvn"),
        """
        #!/bin/bash
        echo '[INFO] backing up' >&2
        read -r go < go
        cat >&2 << 'END'
        [\033[1;31mERROR\033[m] Failed to execute goal a.b:migration-maven-plugin:1:backup (default-cli) on project c: BACKUP

        C:\\new  is full: it says [ERROR] %d
        What to do: wait

        -> [Help 1]
        [ERROR]\040
        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        [ERROR] [Help 1] http://x
        END
        echo '  the answer'
        exit 4
        """);
    assertThat(bin.resolve("mvn").toFile().setExecutable(true)).isTrue();
    // It would wait for ever if nothing came before the end.
    Ran ran =
        run(
            project,
            bin,
            "mkfifo go; ("
                + sh
                + " ./migrate backup 2> err; echo $?) & until grep -s 'backing up' err; do sleep"
                + " 0.05; done; echo > go; wait; cat err >&2");
    assertThat(ran.out()).isEqualTo("backing up\n  the answer\n4\n");
    assertThat(ran.err())
        .isEqualTo(
            """
            backing up
            BACKUP

            C:\\new  is full: it says [ERROR] %d
            What to do: wait
            """);
  }

  @ParameterizedTest(name = "in {0}")
  @ValueSource(strings = {"bash", "dash", "zsh", "busybox"})
  @DisplayName("waits for what a goal says of Ctrl-C, and shows it")
  void waitsForTheLastWord(String shell) throws IOException {
    Assumptions.assumeTrue(isThere(shell), shell + " is not installed");
    Project project = project("last word");
    Path bin = Files.createDirectories(project.file(".mvn/stopped"));
    Files.writeString(
        bin.resolve("mvn"),
        """
        #!/bin/bash
        trap 'kill $!; read -r go < go; echo "[WARNING] Stopped. 1 of 2 is done." >&2; exit 130' INT
        sleep 60 &
        echo at work >&2
        wait
        """);
    assertThat(bin.resolve("mvn").toFile().setExecutable(true)).isTrue();
    String sh =
        shell.equals("busybox") ? "busybox sh" : shell.equals("zsh") ? "zsh --emulate sh" : shell;
    // A group of its own, as at a terminal; and the signal does what it does there.
    Ran ran =
        run(
            project,
            bin,
            "mkfifo go; setsid env --default-signal=INT "
                + sh
                + " -c 'trap : INT; "
                + sh
                + " ./migrate upgrade 2> err; echo $?' & group=$!; until grep -s 'at work' err; do"
                + " sleep 0.05; done; kill -INT -- -$group; echo > go; wait; cat err >&2");
    assertThat(ran.err()).isEqualTo("at work\n[WARNING] Stopped. 1 of 2 is done.\n");
    assertThat(ran.out()).endsWith("130\n");
  }

  @OnEachMaven
  @DisplayName("prints the answer alone, what happens beside it, and ends as Maven does")
  void printsTheAnswerAlone(Maven maven) {
    Project project = project("answers of migrate").with(maven);
    Ran up = sh(project, "./migrate upgrade 20260106103000");
    Ran failed = failing(project);
    assertThat(up.err())
        .contains("Target: ", "2 revisions to apply, from base:")
        .doesNotContain("[INFO]", "BUILD", "Scanning");
    assertThat(up.out()).matches("Done in .*[.] Now at 20260106103000 \\(Create assets\\)[.]\n");
    assertThat(project.read("out")).isEmpty();
    assertThat(project.read("err"))
        .contains("\nSCRIPT_FAILED\n", "division by zero", "What to do: ")
        .doesNotContain("[ERROR]", "Help 1", "re-run Maven", "Failed to execute goal");
    assertThat(project.read("exit")).isEqualTo("1\n");
    assertThat(failed.exit()).isZero();

    Ran quiet = sh(project, "MAVEN_OPTS=-Djansi.noreset=true mvn -q migrate:heads");
    assertThat(quiet.out()).isEqualTo("20260119101500  Add warranty to assets\n");
    assertThat(ofOurs(quiet.err())).isEmpty();
    Ran current = sh(project, "./migrate current --format=json");
    assertThat(current.out()).startsWith("{\n").endsWith("}\n");
    assertThat(ofOurs(current.err())).isEmpty();
  }

  private static Ran failing(Project project) {
    project.append(
        "src/main/resources/db/migration/V20260112140000__create_assignments_and_maintenance.sql",
        "\nselect 1 / 0;\n");
    return sh(project, "cd src && ../migrate upgrade > ../out 2> ../err || echo $? > ../exit");
  }

  /** What is not a warning of a Java that is younger than its Maven. */
  private static List<String> ofOurs(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")).toList();
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
    String descriptor = descriptor();
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
    goals.remove("completion");
    for (String name : List.of("migrate", "migrate.cmd")) {
      var list =
          Pattern.compile("(?:^goals=|MIGRATE_GOALS=)\"?([^\"]+)\"", Pattern.MULTILINE)
              .matcher(Files.readString(SCRIPTS.resolve(name)));
      assertThat(list.find()).as(name).isTrue();
      assertThat(list.group(1).strip().split("\\s+"))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(goals);
    }
    for (String option : choices.get(1).strip().split("\\s+")) {
      String name =
          Pattern.compile("-([a-z])")
              .matcher(option.replaceFirst("^--", "").replaceFirst("=.*", ""))
              .replaceAll(match -> match.group(1).toUpperCase(java.util.Locale.ROOT));
      assertThat(descriptor).contains("<name>" + name + "</name>");
    }
  }

  @Test
  @DisplayName("says on Windows the same, and knows there which options are on or off")
  void saysTheSameOnWindows() throws IOException {
    String windows = Files.readString(SCRIPTS.resolve("migrate.cmd"));
    assertThat(windows.replace("\r\n", ""))
        .as("each line ends as Windows has it")
        .doesNotContain("\n");
    String help = run(project("help"), Path.of("/nowhere"), "./migrate help").out();
    assertThat(
            windows
                .substring(windows.indexOf("\n:usage"))
                .lines()
                .filter(line -> line.startsWith("echo"))
                .map(line -> line.equals("echo.") ? "" : line.substring("echo ".length()))
                .map(line -> line.replaceAll("\\^(.)", "$1")))
        .containsExactlyElementsOf(
            help.lines().filter(line -> !line.contains("completion)")).toList());

    List<String> switches = new ArrayList<>();
    var parameter =
        Pattern.compile(
                "<parameter>\\s*<name>(\\w+)</name>(?:(?!</parameter>).)*?<type>(?:java[.]lang[.]B|b)oolean<",
                Pattern.DOTALL)
            .matcher(descriptor());
    while (parameter.find()) {
      switches.add(
          "--"
              + parameter.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
    }
    switches.remove("--detail"); // of help, which takes no options
    var list = Pattern.compile("MIGRATE_SWITCHES=([^\"]+)\"").matcher(windows);
    assertThat(list.find()).isTrue();
    assertThat(Set.of(list.group(1).split(" "))).isEqualTo(Set.copyOf(switches));
  }

  @Test
  @Thorough
  @DisplayName("says to Maven on Windows what was said to it, as far as Wine is Windows")
  void saysToMavenOnWindows() throws IOException {
    Assumptions.assumeTrue(isThere("wine"), "wine is not installed");
    Project project = project("windows");
    copy("migrate.cmd", project);
    project.write("bin/mvn.cmd", "@echo off\r\necho [%CD%] %*\r\n");
    List<String> expected = new ArrayList<>();
    StringBuilder all = new StringBuilder("@echo off\r\ncd bin\r\n");
    for (String[] one :
        new String[][] {
          {"current", "\"migrate:current\""},
          {
            "generate \"Add phone\" --dry-run --format=json",
            "\"migrate:generate\" \"-Dmigrate.dryRun=true\" \"-Dmigrate.format=json\""
                + " \"-Dmigrate.message=Add phone\""
          },
          {
            "generate \"a & b | (c)\" -o",
            "\"migrate:generate\" \"-o\" \"-Dmigrate.message=a & b | (c)\""
          },
          {"downgrade -2", "\"migrate:downgrade\" \"-Dmigrate.to=-2\""},
          {"upgrade +1 -X", "\"migrate:upgrade\" \"-X\" \"-Dmigrate.to=+1\""},
          {
            "merge a1 b2 -m \"a = b & c\"",
            "\"migrate:merge\" \"-Dmigrate.message=a = b & c\" \"-Dmigrate.revisions=a1,b2\""
          },
          {
            "diff --fail-on-difference=false --from=current",
            "\"migrate:diff\" \"-Dmigrate.failOnDifference=false\" \"-Dmigrate.from=current\""
          },
          {
            "restore shop-1 --force",
            "\"migrate:restore\" \"-Dmigrate.force=true\" \"-Dmigrate.backupName=shop-1\""
          },
          {
            "backup -Dmigrate.url=jdbc:postgresql://h/a \"-Dmigrate.user=b c\"",
            "\"migrate:backup\" \"-Dmigrate.url=jdbc:postgresql://h/a\" \"-Dmigrate.user=b c\""
          },
          {"help generate", "\"migrate:help\" -Dgoal=generate -Ddetail=true"},
          {
            "generate Add \"this & that\"",
            "A message of several words stands in quotes: migrate generate \"Add this & that ...\"."
          },
          {
            "current \"a & echo b\"",
            "migrate current takes nothing without a name: 'a & echo b' is not understood."
          },
          {"upgrade a b", "migrate upgrade takes one of 'a' and 'b'."},
          {"-x", "The goal comes first: migrate -x is not understood. migrate help lists what is."},
          {"generate -m", "-m wants a message behind it."},
          {"upgrade --url", "--url wants a value: --url=..."},
          {"upgrad", "There is no goal 'upgrad'; migrate help lists what there is."},
          {"help nothing", "There is no goal 'nothing'; migrate help lists what there is."},
        }) {
      all.append("call ..\\migrate.cmd ").append(one[0]).append(" 2>&1\r\n");
      expected.add(one[1]);
    }
    project.write("all.cmd", all.toString());
    Ran ran =
        run(
            project,
            Path.of("/nowhere"),
            "export WINEDEBUG=-all WINEPREFIX=$PWD/wine WINEPATH=\"$(winepath -w bin)\"; wine cmd"
                + " /c all.cmd 2> .mvn/wine; wineserver -w; wine cmd /c 'bin\\..\\migrate.cmd'"
                + " upgrade a b; code=$?; wineserver -k; exit $code");
    String folder = project.directory().toRealPath().toString().replace('/', '\\');
    assertThat(
            ran.out()
                .lines()
                .map(String::stripTrailing)
                .map(line -> line.replaceFirst("^\\[Z:" + Pattern.quote(folder) + "\\] ", ""))
                .map(line -> line.replaceAll("\"-D(org[.]slf4j|maven[.]logger)[^\"]*\" *", ""))
                .toList())
        .containsExactlyElementsOf(expected);
    assertThat(ran.exit()).isEqualTo(2);
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

  private static String descriptor() throws IOException {
    try (InputStream in =
        WrapperIT.class.getClassLoader().getResourceAsStream("META-INF/maven/plugin.xml")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
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
