package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.failure.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.Resource;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.scanner.Scanner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The walk through a folder of scripts")
class FolderWalkTest {
  private static final String[] SUFFIXES = {".sql"};

  @TempDir private Path directory;
  private Project project;

  @BeforeEach
  void start() throws IOException {
    project = new Project(directory.resolve("project"));
    Files.createDirectories(project.root().resolve("up"));
  }

  private Path up(String name) {
    return project.root().resolve("up").resolve(name);
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, target);
  }

  /** Flyway's own scanner of the same folder, as any Flyway without this plugin looks at it. */
  private ResourceProvider flyway() {
    FluentConfiguration configuration =
        Flyway.configure(FolderWalkTest.class.getClassLoader())
            .locations("filesystem:" + project.root().resolve("up"));
    return new Scanner<>(JavaMigration.class, configuration, configuration.getLocations());
  }

  private static TreeSet<String> names(ResourceProvider provider, String prefix) {
    TreeSet<String> names = new TreeSet<>();
    provider.getResources(prefix, SUFFIXES).stream()
        .map(Resource::getRelativePath)
        .forEach(names::add);
    return names;
  }

  private void agreesWithFlyway(String... versions) {
    RevisionFiles files = project.read();
    assertThat(files.all())
        .extracting(file -> file.id().toString())
        .containsExactlyInAnyOrder(versions);
    FlywayResources ours = FlywayResources.showing(files, files.all(), true);
    assertThat(names(ours, "V")).isEqualTo(names(flyway(), "V"));
    assertThat(names(ours, "R")).isEqualTo(names(flyway(), "R"));
    assertThat(names(ours, "beforeMigrate")).isEqualTo(names(flyway(), "beforeMigrate"));
  }

  @Test
  @DisplayName("finds what Flyway finds: behind links, in sub-folders, with any suffix and name")
  void agrees() throws IOException {
    project
        .file("up/V1__a.sql", "select 1;")
        .file("up/V2__b.SQL", "select 1;")
        .file("up/V3__c.Sql", "select 1;")
        .file("up/V4__with space, ümläut and 表.sql", "select 1;")
        .file("up/deep/er/V5__e.sql", "select 1;")
        .file("up/R__view.SqL", "select 1;")
        .file("up/beforeMigrate.SQL", "select 1;")
        .file("up/.hidden/V6__f.sql", "select 1;")
        .file("common/V7__g.sql", "select 1;")
        .file("common/R__shared.sql", "select 1;")
        .file("single/eight.txt", "select 1;");
    link(up("common"), project.root().resolve("common"));
    link(up("V8__h.sql"), project.root().resolve("single/eight.txt"));
    agreesWithFlyway("1", "2", "3", "4", "5", "7", "8");
  }

  @Test
  @DisplayName("goes through a folder that is a link itself")
  void folderIsLink() throws IOException {
    Files.delete(project.root().resolve("up"));
    project.file("elsewhere/V1__a.sql", "select 1;").file("elsewhere/x/V2__b.sql", "select 1;");
    link(project.root().resolve("up"), project.root().resolve("elsewhere"));
    agreesWithFlyway("1", "2");
  }

  @Test
  @DisplayName("lets Flyway see a script configuration behind a link, and none of a header's")
  void configuration() throws IOException {
    project
        .file("common/V1__a.sql", "select 1;")
        .file("common/V1__a.sql.conf", "executeInTransaction=false")
        .file("up/V2__b.sql", "-- transaction: none", "", "select 1;");
    link(up("common"), project.root().resolve("common"));
    RevisionFiles files = project.read();
    FlywayResources ours = FlywayResources.showing(files, files.all(), true);
    assertThat(ours.getResource("common/V1__a.sql.conf")).isNotNull();
    assertThat(ours.getResource("V2__b.sql.conf")).isNotNull();
    assertThat(ours.getResource("V3__c.sql.conf")).isNull();
  }

  @Test
  @DisplayName("shows Flyway no file that has come since")
  void latecomer() {
    project.file("up/V1__a.sql", "select 1;");
    RevisionFiles files = project.read();
    project.file("up/V+2__late.sql", "select 1;").file("up/beforeMigrate.sql", "select 1;");
    FlywayResources ours = FlywayResources.showing(files, files.all(), true);
    assertThat(names(ours, "")).containsExactly("V1__a.sql");
  }

  @Test
  @DisplayName("names a link that leads back, one that leads nowhere, and what is no file")
  void badLinks() throws Exception {
    project.file("up/V1__a.sql", "select 1;");
    link(up("x/again"), project.root().resolve("up"));
    assertThat(Project.problem(FailureCode.FILE_ACCESS, project::read))
        .startsWith("The link " + Path.of("up", "x", "again") + " leads back to a folder");
    Files.delete(up("x/again"));
    link(up("shared"), Path.of("..", "submodule"));
    assertThat(Project.problem(FailureCode.FILE_ACCESS, project::read))
        .startsWith(Path.of("up", "shared") + " is a link to " + Path.of("..", "submodule"));
    Files.delete(up("shared"));
    Process fifo = new ProcessBuilder("mkfifo", up("V2__pipe.sql").toString()).start();
    assumeTrue(fifo.waitFor() == 0, "a system with named pipes");
    assertThat(Project.problem(FailureCode.FILE_ACCESS, project::read))
        .isEqualTo(Path.of("up", "V2__pipe.sql") + " is named like a script and is no file.");
  }

  @Test
  @DisplayName("names both ways to one file that two links lead to, as Flyway takes none of them")
  void twoWays() throws IOException {
    project.file("common/V1__a.sql", "select 1;").file("common/R__v.sql", "select 1;");
    link(up("one"), project.root().resolve("common"));
    link(up("two"), project.root().resolve("common"));
    assertThat(project.problem())
        .isEqualTo(
            "%s and %s are one file, reached through a link."
                .formatted(Path.of("up", "one", "R__v.sql"), Path.of("up", "two", "R__v.sql")));
  }

  @Test
  @DisplayName("names two files whose versions are one, however they are spelled")
  void spelling() {
    for (String other : List.of("V01__b.sql", "V1.0__b.sql", "V1_0__b.sql", "V001.SQL")) {
      Project two = new Project(directory.resolve(other));
      two.file("up/V1__a.sql", "select 1;").file("up/" + other, "select 2;");
      assertThat(two.problem()).contains("Two files have the id", "V1__a.sql", other);
    }
  }

  @Test
  @DisplayName("names two repeatable migrations that Flyway takes for one")
  void repeatables() {
    project.file("up/a/R__v.sql", "select 1;").file("up/b/R__v.sql", "select 2;");
    assertThat(project.problem())
        .contains(Path.of("up", "a", "R__v.sql").toString(), Path.of("up", "b", "R__v.sql") + "");
  }

  @Test
  @DisplayName("counts every SQL file that nothing runs")
  void others() {
    project
        .file("up/V1__a.sql", "select 1;")
        .file("up/afterEachMigrate__log.sql", "select 1;")
        .file("up/0001_create.sql", "select 1;")
        .file("up/Vacuum.SQL", "select 1;")
        .file("up/RX__y.sql", "select 1;")
        .file("up/beforeMigrateX.sql", "select 1;")
        .file("up/notes.txt", "");
    assertThat(project.read().others())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("0001_create.sql", "RX__y.sql", "Vacuum.SQL", "beforeMigrateX.sql");
  }

  @Test
  @DisplayName(
      "reads names as Flyway does: 20,000 made-up ones, of which none is run by Flyway alone")
  void namesAsFlyway() {
    Random random = new Random(20260118);
    ResourceNameParser parser =
        new ResourceNameParser(Flyway.configure(FolderWalkTest.class.getClassLoader()));
    List<Function<Random, String>> parts =
        List.of(
            r -> pick(r, "V", "R", "B", "U", "v", "r", "", "RV", "beforeMigrate", "afterMigrate"),
            r ->
                pick(
                    r, "", "1", "01", "1.2", "1_2", "1.", "_1", "+1", "-1", " 1", "1 ", "٣",
                    "1..2"),
            r -> pick(r, "__", "_", "", "___", "-", " "),
            r -> pick(r, "", "a", "a b", "a__b", "ü", "a\nb", "a.sql", "表"),
            r -> pick(r, ".sql", ".SQL", ".Sql", ".sql.conf", ".sq", "", "sql"));
    List<String> disagreed = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String name = parts.stream().map(part -> part.apply(random)).reduce("", String::concat);
      boolean shown = Stream.of("V", "R", "B").anyMatch(prefix -> isFlyways(parser, name, prefix));
      boolean ours =
          ScriptConventions.FLYWAY
                  .parse(name)
                  .filter(one -> one.kind() != MigrationFileName.Kind.DOWNGRADE)
                  .isPresent()
              || ScriptConventions.FLYWAY.hasOddVersion(name); // is refused
      if (shown != ours) {
        disagreed.add(name);
      }
    }
    assertThat(disagreed.stream().distinct()).isEmpty();
  }

  @Test
  @DisplayName("refuses a version that Flyway reads and a revision cannot have")
  void oddVersions() {
    for (String name : List.of("V+1__a.sql", "V-1__a.sql", "V1.٣__a.sql", "V٣.SQL")) {
      Project odd = new Project(directory.resolve(name));
      odd.file("up/" + name, "select 1;");
      assertThat(odd.problem()).contains(name, "the digits 0 to 9 alone");
    }
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Whether Flyway finds a migration under this name when it asks for those of a prefix. */
  private static boolean isFlyways(ResourceNameParser parser, String name, String prefix) {
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    if (!name.startsWith(prefix)
        || !lower.endsWith(".sql")
        || name.length() <= prefix.length() + ".sql".length()) {
      return false;
    }
    ResourceName parsed = parser.parse(name);
    try {
      return parsed.isValid()
          && parsed.getPrefix().equals(prefix)
          && (prefix.equals("R") || parsed.getVersion() != null);
    } catch (FlywayException notAVersion) {
      return false;
    }
  }

  @Test
  @DisplayName("names the folder that it may not look into")
  void unreadableFolder() throws Exception {
    project.file("up/V1__a.sql", "select 1;").file("up/secret/V2__b.sql", "select 1;");
    Path secret = up("secret");
    assumeTrue(
        new ProcessBuilder("chmod", "000", secret.toString()).start().waitFor() == 0
            && !Files.isReadable(secret),
        "an account that is not allowed everything");
    try {
      assertThat(Project.problem(FailureCode.FILE_ACCESS, project::read))
          .isEqualTo(
              "The folder " + Path.of("up", "secret") + " cannot be read: permission denied.");
    } finally {
      new ProcessBuilder("chmod", "755", secret.toString()).start().waitFor();
    }
  }

  @Test
  @DisplayName("gives Flyway the text of a file as UTF-8, whatever its name")
  void text() throws IOException {
    project.bytes("up/V1__a.SQL", "-- ü\nselect 1;".getBytes(StandardCharsets.UTF_8));
    RevisionFiles files = project.read();
    try (java.io.Reader reader =
        FlywayResources.showing(files, files.all(), true)
            .getResources("V", SUFFIXES)
            .iterator()
            .next()
            .read()) {
      java.io.StringWriter text = new java.io.StringWriter();
      reader.transferTo(text);
      assertThat(text.toString()).isEqualTo("-- ü\nselect 1;");
    }
  }
}
