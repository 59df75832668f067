package dev.migrate.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.it.Document.Block;
import dev.migrate.it.Document.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
  private static final Map<String, Function<String, Stage>> SCENARIOS =
      Map.ofEntries(
          // A fresh clone after the quick start; it does not lie in the folder of a project.
          entry("clone", name -> Stage.of(afterTheQuickStart(name))),
          // The generated project, its database at the head, on a server that runs.
          entry("asset-tracker", name -> Stage.of(atHead(Project.generated(name))).withServer()),
          // Four revisions, a model, an empty database.
          entry("sample", name -> Stage.of(Project.sample(name))),
          // The same, its database at the head.
          entry("sample at head", name -> Stage.of(atHead(Project.sample(name)))),
          // The same, all but the last of them applied.
          entry("at the revision before", name -> Stage.of(atTheRevisionBefore(name))),
          // Two people have written a revision each, on the same one.
          entry("two branches", name -> Stage.of(twoBranches(name))),
          entry("two unshared branches", name -> Stage.of(twoBranches(name))),
          // Three revisions, of which the last has a slip of the pen.
          entry("wrong script", name -> Stage.of(wrongScript(name))),
          // The sample, and an empty database on a server of the reader's.
          entry("with a server", name -> Stage.of(Project.sample(name)).withServer()),
          // The same, the database at the head.
          entry(
              "with a server, at head",
              name -> Stage.of(atHead(Project.sample(name))).withServer()),
          // A backup, and databases that are empty.
          entry("with a backup", DocumentsIT::withBackup),
          // The database has applied a revision whose files are gone.
          entry("files gone", DocumentsIT::filesGone),
          // A revision without a transaction has stopped half-way.
          entry("half-way", DocumentsIT::halfWay),
          // A database that has applied a part of what was squashed.
          entry("amid a baseline", DocumentsIT::amidBaseline),
          // A table with a column that is to be filled.
          entry("items", name -> Stage.of(items(name))),
          // A folder of migrations that golang-migrate ran.
          entry("from golang-migrate", DocumentsIT::fromGolangMigrate));

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

  private static Project items(String name) {
    return Project.small(name)
        .revision(
            "20260101000000",
            "create table item (id int primary key, name text not null, label text);",
            "drop table item;");
  }

  private static Stage withBackup(String name) {
    Project project = atTheRevisionBefore(name);
    project.run("migrate:backup").succeeds();
    String backup = project.only("backups/.*[.]manifest[.]json").replaceAll(".*/|[.].*", "");
    Stage stage = Stage.of(project).withServer();
    return stage
        .running(
            "drop database migrate with (force)",
            "create database migrate",
            "create database shop_look")
        .reading("shop-20260301T020000Z", backup);
  }

  private static Stage filesGone(String name) {
    Project project = atHead(Project.sample(name));
    project.delete(project.only(".*/V20260119101500__.*"));
    project.delete(project.only(".*/U20260119101500__.*"));
    return Stage.of(project).reading("<that revision>", "20260112140000");
  }

  private static Stage halfWay(String name) {
    Project project =
        Project.small(name)
            .revision("20260101000000", "create table one (id int);", "drop table one;")
            .revision(
                "20260102000000",
                "-- transaction: none\ncreate table two (id int);\nselect 1 / 0;\n",
                "drop table two;");
    project.run("migrate:upgrade").fails();
    return Stage.of(project).reading("<the failed revision>", "20260102000000");
  }

  private static Stage amidBaseline(String name) {
    String baseline = "20260112140000";
    Stage stage =
        Stage.of(atHead(Project.sample(name))).withServer().running("create database amid");
    Project project = stage.project();
    String amid = "-Dmigrate.url=" + stage.address("amid");
    project.run("migrate:upgrade", "-Dmigrate.to=20260105090000", amid).succeeds();
    project.run("migrate:squash", "-Dmigrate.to=" + baseline).succeeds();
    return stage
        .reading("<the baseline>", baseline + " '" + amid + "'")
        .reading("<its archive>", "src/main/resources/db/archive/" + baseline);
  }

  private static Stage fromGolangMigrate(String name) {
    return Stage.of(
        Project.small(name)
            .write("db/migrations/1_one.up.sql", "create table one (id int);\n")
            .write("db/migrations/1_one.down.sql", "drop table one;\n")
            .write("db/migrations/2_two.up.sql", "alter table one add two text;\n")
            .write("db/migrations/2_two.down.sql", "alter table one drop two;\n"));
  }

  /**
   * Where a page is tried: a project, and what the reader has in the place of what a page can only
   * make up, such as the address of a database.
   *
   * @param project the project
   * @param words what the page says, and what is typed for it
   */
  private record Stage(Project project, Map<String, String> words) {
    private static final String ADDRESS = "target/reader.properties";

    static Stage of(Project project) {
      return new Stage(project, Map.of());
    }

    Stage reading(String word, String typed) {
      Map<String, String> all = new LinkedHashMap<>(words);
      all.put(word, typed);
      return new Stage(project, all);
    }

    /** Any database of a page is the one of the project, and its server runs until the end. */
    Stage withServer() {
      project.run("migrate:start", "-Dmigrate.addressFile=" + ADDRESS).succeeds();
      URI address = URI.create(server().getProperty("url").replace("jdbc:", ""));
      String login =
          "--host=127.0.0.1 --port=%d --username=%s"
              .formatted(address.getPort(), server().getProperty("user"));
      String password = "PGPASSWORD='" + server().getProperty("password") + "' ";
      return reading("createdb --host=drill", password + "createdb " + login)
          .reading("jdbc:postgresql://drill/shop", address("shop"))
          .reading("jdbc:postgresql://localhost/shop_look", address("shop_look"))
          .reading("jdbc:postgresql://localhost/]]#${database}#[[", address("migrate"))
          .reading("jdbc:postgresql://db.example.org/app", address("migrate"))
          .reading("postgresql://app@db.example.org:5432/app", address("migrate"))
          .reading("postgresql://db/app", address("migrate"));
    }

    String address(String database) {
      return server()
          .getProperty("url")
          .replace("jdbc:", "")
          .replace(
              "//",
              "//%s:%s@".formatted(server().getProperty("user"), server().getProperty("password")))
          .replaceFirst("[^/]*$", database);
    }

    Stage running(String... statements) {
      Properties server = server();
      try (Connection connection =
              DriverManager.getConnection(
                  server.getProperty("url").replaceFirst("/migrate\\b", "/postgres"),
                  server.getProperty("user"),
                  server.getProperty("password"));
          Statement statement = connection.createStatement()) {
        for (String one : statements) {
          statement.execute(one);
        }
        return this;
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }

    private Properties server() {
      Properties properties = new Properties();
      try (var in = java.nio.file.Files.newBufferedReader(project.file(ADDRESS))) {
        properties.load(in);
        return properties;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String typed(String command) {
      String typed = command;
      for (Map.Entry<String, String> word : words.entrySet()) {
        typed = typed.replace(word.getKey(), word.getValue());
      }
      return typed;
    }
  }

  /** Somebody who reads a page, with a terminal beside it. */
  private static final class Reader {
    private final Stage stage;
    private final Project project;
    private final Path bin;
    private Path here;

    private Reader(Stage stage, Path bin) {
      this.stage = stage;
      this.project = stage.project();
      this.bin = bin;
      this.here = project.directory();
    }

    static Reader of(Stage stage, Path bin) {
      stage.project().write(".mvn/docker/docker", StandInDocker.SCRIPT);
      stage.project().file(".mvn/docker/docker").toFile().setExecutable(true);
      return new Reader(stage, bin);
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
          "export PATH=\"%s\"\ncd '%s'\n%s\npwd > '%s'\n"
              .formatted(path, here, stage.typed(command), place);
      Build build = project.maven().shell(project.directory(), script);
      if (build.exitCode() == 0) {
        here = Path.of(project.read(".mvn/here").strip());
      }
      return build;
    }

    private void change(String diff) {
      for (String hunk : diff.split("(?m)^(?=--- )")) {
        Readme.Step.Change change = Readme.change(hunk.lines().toList());
        String file = project.only(".*" + java.util.regex.Pattern.quote(change.file()));
        String text = project.read(file);
        assertThat(text).contains(change.before());
        project.write(file, text.replace(change.before(), change.after()));
      }
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
