package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ResourceLock("what Spring needs, which the first build copies or downloads")
@DisplayName("The archetype")
class ArchetypeIT {
  private static final Path RESOURCES =
      Path.of(System.getProperty("basedir", ""))
          .toAbsolutePath()
          .resolveSibling("asset-archetype/src/main/resources/archetype-resources");

  @Test
  @DisplayName("generates every file that it has, those with a dot in front included")
  void generatesEveryFile() throws IOException {
    try (Stream<Path> paths = Files.walk(RESOURCES)) {
      List<String> expected =
          paths
              .filter(Files::isRegularFile)
              .map(path -> RESOURCES.relativize(path).toString().replace('\\', '/'))
              .map(name -> name.replaceFirst("^(src/\\w+/java)/", "$1/it/example/asset_tracker/"))
              .filter(name -> !name.startsWith(".flavours/gitlab"))
              .map(name -> name.replaceFirst("^\\.flavours/github/", ""))
              .sorted()
              .toList();
      // What cannot be downloaded anywhere yet comes along.
      String own = ".mvn/repository/dev/migrate/";
      List<String> files = Project.generated("files").files();
      assertThat(files.stream().filter(name -> !name.startsWith(own)))
          .contains(".gitignore", ".env", ".github/workflows/verify.yml", "deploy/deploy")
          .containsExactlyElementsOf(expected);
      assertThat(files.stream().filter(name -> name.startsWith(own)))
          .map(name -> name.replaceFirst(".*/", "").replace(UnderTest.version(), "VERSION"))
          .containsExactly(
              "migrate-parent-VERSION.pom",
              "migration-maven-plugin-VERSION.jar",
              "migration-maven-plugin-VERSION.pom");
    }
  }

  @Test
  @DisplayName("leaves what has its own # and $ as it is, and fills in names where they belong")
  void filtersWhatIsToBeFiltered() {
    Project project = Project.generated("filtered");
    assertThat(project.read("src/main/database/schema.sql"))
        .contains("~ '^[A-Z]{2,4}-[0-9]{4,}$'", "language plpgsql as $$");
    assertThat(project.read("compose.yaml"))
        .contains("image: ${POSTGRES_IMAGE:-postgres}:${POSTGRES_VERSION}");
    assertThat(project.read("compose.prod.yaml"))
        .contains("image: asset-tracker:", "SPRING_DATASOURCE_USERNAME: asset_tracker\n");
    assertThat(project.read(".env")).contains("POSTGRES_VERSION=18", "DATABASE=asset_tracker");
    assertThat(project.read("README.md"))
        .startsWith("# Asset tracker\n")
        .contains("\n## Deployment\n", "target/asset-tracker-1.0-SNAPSHOT.jar")
        .doesNotContain("#[[", "]]#");
    assertThat(project.read("pom.xml"))
        .contains(
            "<groupId>it.example</groupId>",
            "<artifactId>asset-tracker</artifactId>",
            "<postgresVersion>18</postgresVersion>",
            UnderTest.version())
        .doesNotContain("@project");
    assertThat(List.of("deploy/deploy", "deploy/develop", "deploy/secrets", "migrate"))
        .allSatisfy(script -> assertThat(project.file(script)).isExecutable());
  }

  @ParameterizedTest(name = "{0}:{1}")
  @CsvSource({
    "com.acme,        inventory,     com.acme.inventory,              inventory",
    "com.acme,        my-assets,     com.acme.my_assets,              my_assets",
    "Com.3M.new,      My.Assets-2,   com._3m.new_.my.assets_2,        my_assets_2",
    "acme,            2fast,         acme._2fast,                     _2fast",
    "org.enum-corp,   postgres,      org.enum_corp.postgres,          postgres_db",
  })
  @DisplayName("derives a package and a database from unusual names, and Maven accepts the project")
  void derivesNames(String groupId, String artifactId, String packageName, String database) {
    Project parent = Project.empty("names");
    parent.run(Project.archetype(groupId, artifactId, "-Dci=none")).succeeds();
    Path project = parent.file(artifactId);
    assertThat(project.resolve("src/main/java/" + packageName.replace('.', '/')))
        .isDirectoryContaining("glob:**Application.java");
    assertThat(parent.read(artifactId + "/.env")).contains("DATABASE=" + database + "\n");
    for (String file :
        List.of(
            "deploy/roles.sql",
            "src/main/database/schema.sql",
            "src/main/resources/application-dev.yaml")) {
      assertThat(parent.read(artifactId + "/" + file))
          .as("roles belong to a server, on which there may be other projects")
          .contains(database + "_app")
          .doesNotContain("asset_tracker");
    }
    parent
        .maven()
        .run(project, "migrate:history", "-Dmigrate.filesOnly=true")
        .succeeds()
        .says("Building " + artifactId + " 1.0-SNAPSHOT", "[pending, head]")
        .saysNothingOf("[WARNING]");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "artifactId, my assets, The artifactId 'my assets' cannot be used",
        "artifactId, .., The artifactId '..' cannot be used",
        "groupId, com/acme, The groupId 'com/acme' cannot be used",
        "package, com.acme.int, The package 'com.acme.int' cannot be used",
        "package, com.acme.1st, The package 'com.acme.1st' cannot be used",
        "package, java.acme, The package 'java.acme' cannot be used",
        "database, My-DB, The database name 'My-DB' cannot be used",
        "database, template1, The database name 'template1' cannot be used",
        "database, a123456789b123456789c123456789d123456789e123456789f123456789g123, The database"
            + " name",
        "postgresVersion, 12, The PostgreSQL version '12' is not supported",
        "ci, travis, The CI flavour 'travis' is unknown",
      })
  @DisplayName(
      "refuses, in batch mode as well, and touches nothing, neither folder nor parent POM:")
  void refusesAndTouchesNothing(String property, String value, String sentence) {
    Project parent = Project.empty("refused").write("inventory/notes.txt", "mine\n");
    parent.write("pom.xml", Project.pom("parent", ""));
    Map<String, String> before = contents(parent);

    parent
        .run(Project.archetype("com.acme", "inventory", "-D" + property + "=" + value))
        .fails()
        .says(sentence);
    assertThat(contents(parent)).isEqualTo(before);
  }

  @Test
  @DisplayName("refuses, and touches nothing, where the POM around it can have no modules")
  void refusesWhereThereCanBeNoModules() {
    String jar = Project.pom("parent", "").replace("<packaging>pom</packaging>", "");
    Project parent = Project.empty("jar").write("pom.xml", jar);
    Map<String, String> before = contents(parent);

    parent
        .run(Project.archetype("com.acme", "inventory"))
        .fails()
        .says("is not of packaging pom and so can have no modules: run this in another folder");
    assertThat(contents(parent)).isEqualTo(before);
  }

  @Test
  @DisplayName("becomes a module of the project around it, and keeps its own parent")
  void becomesAModule() {
    Project parent = Project.empty("module").write("pom.xml", Project.pom("parent", ""));
    parent.run(Project.archetype("com.acme", "inventory", "-Dci=none")).succeeds();
    assertThat(parent.read("pom.xml")).contains("<module>inventory</module>");
    assertThat(parent.read("inventory/pom.xml"))
        .contains("<artifactId>spring-boot-starter-parent</artifactId>")
        .doesNotContain("<artifactId>parent</artifactId>");
    parent.run("validate").succeeds().says("inventory");
    parent.child("inventory").run("migrate:history").succeeds().says("20260316083000", "head]");
  }

  @Test
  @DisplayName("takes the files of the wanted CI servers, and leaves files that were there before")
  void takesTheWantedFlavour() {
    Project parent =
        Project.empty("flavours")
            .write("inventory/.gitlab-ci.yml", "mine\n")
            .write("inventory/README.md", "mine\n");
    parent.run(Project.archetype("com.acme", "inventory", "-Dci=both")).succeeds();
    assertThat(parent.read("inventory/.gitlab-ci.yml")).isEqualTo("mine\n");
    assertThat(parent.read("inventory/README.md")).isEqualTo("mine\n");
    assertThat(parent.files())
        .contains("inventory/.github/workflows/verify.yml")
        .noneMatch(name -> name.contains(".flavours"));

    parent.run(Project.archetype("com.acme", "other", "-Dci=gitlab")).succeeds();
    assertThat(parent.files())
        .contains("other/.gitlab-ci.yml")
        .noneMatch(name -> name.startsWith("other/.github"));
  }

  private static Map<String, String> contents(Project project) {
    return project.files().stream().collect(Collectors.toMap(Function.identity(), project::read));
  }
}
