package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.it.Document.Block;
import dev.migrate.it.Document.Trial;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What our pages tell people to type, typed, and what they show, compared. All blocks of a page
 * that run in the same scenario run in the same project, from the top to the bottom.
 *
 * <p>By default the README is tried; all pages with {@code -Dit.documents=all}, as the profile
 * {@code thorough} sets it, or some, with commas between. {@link DocumentsTest} sees to it that no
 * block is left out.
 */
@DisabledOnOs(OS.WINDOWS)
@DisplayName("What a page of ours tells people to type works, and shows what the page shows:")
class DocumentsIT {
  private static final Map<String, Function<String, Project>> SCENARIOS =
      Map.of(
          // A fresh clone after the quick start; it does not lie in the folder of a project.
          "clone",
          DocumentsIT::afterTheQuickStart,
          // The generated project, its database at the head.
          "asset-tracker",
          name -> atHead(Project.generated(name)),
          // Four revisions, a model, an empty database.
          "sample",
          Project::sample,
          // The same, its database at the head.
          "sample at head",
          name -> atHead(Project.sample(name)),
          // The same, all but the last of them applied.
          "at the revision before",
          DocumentsIT::atTheRevisionBefore,
          // Two people have written a revision each, on the same one.
          "two branches",
          DocumentsIT::twoBranches,
          "two unshared branches",
          DocumentsIT::twoBranches,
          // Three revisions, of which the last has a slip of the pen.
          "wrong script",
          DocumentsIT::wrongScript);

  private static ResidentMaven maven;

  @BeforeAll
  static void start() {
    maven = ResidentMaven.start(UnderTest.maven());
  }

  @AfterAll
  static void stop() {
    maven.close();
  }

  static Set<String> scenarios() {
    return SCENARIOS.keySet();
  }

  static Stream<String> pages() {
    List<String> wanted = List.of(System.getProperty("it.documents", "README.md").split(","));
    return Document.all().stream()
        .filter(page -> page.blocks().stream().anyMatch(block -> !runs(block).isEmpty()))
        .map(Document::path)
        .filter(path -> wanted.contains("all") || wanted.contains(path));
  }

  private static List<Trial.Run> runs(Block block) {
    return block.trials().stream()
        .filter(Trial.Run.class::isInstance)
        .map(Trial.Run.class::cast)
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void works(String page) {
    Map<String, Reader> readers = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    try {
      for (Block block : Document.read(page).blocks()) {
        for (Trial.Run run : runs(block)) {
          Reader reader =
              readers.computeIfAbsent(
                  run.scenario(),
                  name -> Reader.of(SCENARIOS.get(name).apply(file(page)), maven.bin()));
          String where = page + ", line " + block.line() + ": ";
          if (run.file().isEmpty()) {
            reader.follow(block, run.fails()).forEach(one -> wrong.add(where + one));
          } else {
            reader.write(block.text(), run.file(), run.after());
          }
        }
      }
    } finally {
      readers.values().forEach(Reader::close);
    }
    assertThat(wrong).isEmpty();
  }

  private static String file(String page) {
    return "page-" + Path.of(page).getFileName().toString().replace(".md", "");
  }

  private static Project atHead(Project project) {
    project.run("migrate:start", "-Dmigrate.startAtHead=true").succeeds();
    return project;
  }

  private static Project atTheRevisionBefore(String name) {
    Project project = Project.sample(name);
    project.run("migrate:upgrade", "-Dmigrate.to=20260112140000").succeeds();
    return project;
  }

  private static Project twoBranches(String name) {
    return Project.small(name)
        .revision("20260101000000", "create table one (id int);", "drop table one;")
        .revision("20260118103000", "create table two (id int);", "drop table two;")
        .revision(
            "20260118114500",
            "-- revises: 20260101000000\ncreate table three (id int);",
            "drop table three;");
  }

  private static Project wrongScript(String name) {
    return Project.small(name)
        .revision("20260101000000", "create table one (id int);", "drop table one;")
        .revision("20260102000000", "create table three (id int);", "drop table three;")
        .revision(
            "20260103000000",
            "create table four (id int);\n\nalter table three\n  add colum x int;\n",
            "drop table four;");
  }

  private static Project afterTheQuickStart(String name) {
    Project clone = Project.empty(name);
    Project made = Project.generated(name);
    try {
      java.nio.file.Files.createDirectories(clone.file("target/quickstart"));
      java.nio.file.Files.move(made.directory(), clone.file("target/quickstart/asset-tracker"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    atHead(clone.child("target/quickstart/asset-tracker"));
    return clone;
  }

  /** Somebody who reads a page, with a terminal beside it. */
  private static final class Reader {
    private final Project project;
    private final Path bin;
    private Path here;

    private Reader(Project project, Path bin) {
      this.project = project;
      this.bin = bin;
      this.here = project.directory();
    }

    static Reader of(Project project, Path bin) {
      project.write(".mvn/docker/docker", StandInDocker.SCRIPT);
      project.file(".mvn/docker/docker").toFile().setExecutable(true);
      return new Reader(project, bin);
    }

    /** Types what a block says; what is not as it should be. */
    List<String> follow(Block block, boolean fails) {
      List<String> wrong = new ArrayList<>();
      List<Shown> commands =
          switch (block.language()) {
            case "console" -> Shown.inConsole(block.text());
            case "table" -> block.text().lines().map(line -> new Shown(line, List.of())).toList();
            case "diff" -> List.of();
            default -> List.of(new Shown(block.text(), List.of()));
          };
      if (block.language().equals("diff")) {
        change(block.text());
      }
      for (int i = 0; i < commands.size(); i++) {
        Shown shown = commands.get(i);
        boolean toFail = fails && i == commands.size() - 1;
        Build build = type(shown.command());
        if ((build.exitCode() != 0) != toFail) {
          wrong.add((toFail ? "should fail: " : "should succeed: ") + build);
        } else {
          shown.difference(build.output()).ifPresent(wrong::add);
        }
      }
      return wrong;
    }

    private Build type(String command) {
      String path = project.file(".mvn/docker") + ":" + bin + ":$PATH";
      Path place = project.file(".mvn/here");
      String script =
          "export PATH=\"%s\"\ncd '%s'\n%s\npwd > '%s'\n".formatted(path, here, command, place);
      Build build = project.maven().shell(project.directory(), script);
      if (build.exitCode() == 0) {
        here = Path.of(project.read(".mvn/here").strip());
      }
      return build;
    }

    private void change(String diff) {
      Readme.Step.Change change = Readme.change(diff.lines().toList());
      String file = project.only(".*" + java.util.regex.Pattern.quote(change.file()));
      String text = project.read(file);
      assertThat(text).contains(change.before());
      project.write(file, text.replace(change.before(), change.after()));
    }

    void write(String text, String file, String after) {
      var glob = FileSystems.getDefault().getPathMatcher("glob:**" + file);
      List<String> found =
          project.files().stream().filter(name -> glob.matches(project.file(name))).toList();
      assertThat(found).as("the files called " + file).hasSize(1);
      String before = project.read(found.get(0));
      int at = before.length();
      if (!after.isEmpty()) {
        assertThat(before).contains(after);
        at = before.indexOf('\n', before.indexOf(after)) + 1;
      }
      project.write(found.get(0), before.substring(0, at) + text + before.substring(at));
    }

    void close() {
      for (String folder : List.of(".", "target/quickstart/asset-tracker")) {
        if (java.nio.file.Files.isDirectory(project.file(folder + "/.migrate"))) {
          project.maven().run(project.file(folder), "migrate:stop").succeeds();
        }
      }
    }
  }
}
