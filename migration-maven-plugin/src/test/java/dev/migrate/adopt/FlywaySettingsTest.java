package dev.migrate.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("How Flyway is configured for a project")
class FlywaySettingsTest {
  @TempDir private Path folder;
  private Path root;

  @BeforeEach
  void project() throws IOException {
    root = Files.createDirectories(folder.resolve("project"));
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Path> resources() {
    return List.of(root.resolve("src/main/resources"));
  }

  private FlywayEnvironment around(String... variables) {
    Map<String, String> all = new TreeMap<>();
    for (String one : variables) {
      all.put(one.split("=", 2)[0], one.split("=", 2)[1]);
    }
    return new FlywayEnvironment(root.resolve("../home"), all);
  }

  private FlywayFiles files(String... variables) {
    return new FlywayFiles(root, resources(), around(variables));
  }

  private SpringFiles application(String... variables) {
    return new SpringFiles(root, resources(), around(variables));
  }

  private FlywaySettings toml(String chosen, String... variables) {
    return FlywaySettings.of(files(variables).inToml(List.of(), chosen));
  }

  private static void isRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
              assertThat(e.problem() + " " + e.remedy()).contains(words);
            });
  }

  @Test
  @DisplayName("is read from flyway.conf as Flyway reads it")
  void conf() throws IOException {
    file(
        "flyway.conf",
        "flyway.sqlMigrationPrefix=\nflyway.table = hist \nflyway.password=secret\n"
            + "flyway.locations=filesystem:db/a,\\\n  filesystem:db/b\nflyway.placeholders.x.y=1\n");
    file("conf/flyway.conf", "flyway.table=other\nflyway.outOfOrder=true\n");
    FlywaySettings settings = FlywaySettings.of(files().usual());
    assertThat(settings.value("sqlMigrationPrefix")).contains("");
    assertThat(settings.value("table")).contains("hist");
    assertThat(settings.locations()).containsExactly("filesystem:db/a", "filesystem:db/b");
    assertThat(settings.placeholders()).containsExactly(Map.entry("x.y", "1"));
    assertThat(settings.taken().toString()).doesNotContain("secret").contains("flyway.conf");
    assertThat(settings.notTaken())
        .anyMatch(note -> note.contains("table=hist of flyway.conf counts, before table=other"));
  }

  @Test
  @DisplayName("is read from an application's YAML and properties, however names are written")
  void spring() throws IOException {
    file(
        "src/main/resources/application.yml",
        """
        app: {schema: sales}
        spring:
          flyway:
            locations:
              - classpath:db/migration
              - classpath:db/{vendor}
            default-schema: ${app.schema}
            table: ${HISTORY:hist}
            sqlMigrationPrefix: ""
            url: ${DATABASE_URL}
            placeholders:
              tenant: acme
              key: ${SECRET_KEY}
        ---
        spring:
          config.activate.on-profile: dev
          flyway.locations: classpath:db/dev
        """);
    file("src/main/resources/application-test.properties", "spring.flyway.table=t\n");
    SpringFiles files = application();
    FlywaySettings settings = FlywaySettings.of(files.sources());
    assertThat(settings.locations())
        .containsExactly("classpath:db/migration", "classpath:db/postgresql");
    assertThat(settings.historySchema()).contains("sales");
    assertThat(settings.value("table")).contains("hist");
    assertThat(settings.value("sqlMigrationPrefix")).contains("");
    assertThat(settings.placeholders()).containsOnlyKeys("tenant");
    assertThat(files.notes())
        .anyMatch(note -> note.contains("profile dev"))
        .anyMatch(note -> note.contains("application-test.properties"))
        .anyMatch(note -> note.contains("spring.flyway.placeholders.key"))
        .noneMatch(note -> note.contains("DATABASE_URL"));
    file("src/main/resources/application.yml", "a: [");
    isRefused(() -> application().sources(), "src/main/resources/application.yml");
  }

  @Test
  @DisplayName("is read from flyway.toml, in which tables and lists are what they are elsewhere")
  void inToml() throws IOException {
    file(
        "flyway.toml",
        """
        id = "1"
        [flyway]
        locations = ["filesystem:db/a", "filesystem:db/b"]
        sqlMigrationPrefix = ""
        outOfOrder = true
        placeholderPrefix = "${"
        defaultSchema = "${env.APP_SCHEMA}"
        table = "hist"   # not the usual one
        tablespace = "${vault.x}"
        [flyway.placeholders]
        tenant = "acme"
        "odd name" = "1"
        [environments.prod]
        url = "jdbc:postgresql://x/y"
        password = "geheim"
        schemas = ["app", "audit"]
        [environments.prod.flyway]
        table = "prod_hist"
        """);
    file("flyway.user.toml", "[flyway]\ntable = \"mine\"\nmixed = true\n");
    FlywayFiles files = files("APP_SCHEMA=sales");
    FlywaySettings settings = FlywaySettings.of(files.inToml(List.of(), null));
    assertThat(settings.locations()).containsExactly("filesystem:db/a", "filesystem:db/b");
    assertThat(settings.value("sqlMigrationPrefix")).contains("");
    assertThat(settings.value("outOfOrder")).contains("true");
    assertThat(settings.value("placeholderPrefix")).contains("${");
    assertThat(settings.historySchema()).contains("sales");
    assertThat(settings.schemas()).containsExactly("sales", "app", "audit");
    assertThat(settings.value("table")).contains("prod_hist");
    assertThat(settings.placeholders())
        .containsOnly(Map.entry("tenant", "acme"), Map.entry("odd name", "1"));
    assertThat(settings.taken().toString())
        .contains("flyway.toml, environment prod: ", "table=prod_hist")
        .doesNotContain("geheim", "acme", "jdbc:");
    assertThat(settings.notTaken())
        .anyMatch(note -> note.contains("before table=mine of flyway.user.toml"))
        .anyMatch(note -> note.startsWith("mixed=true of flyway.user.toml"));
    assertThat(files.notes()).singleElement().asString().startsWith("tablespace of flyway.toml");
  }

  @Test
  @DisplayName("of several environments is that which somebody chooses, where they differ")
  void environments() throws IOException {
    String two =
        "[environments.dev]\nurl=\"a\"\n%s[environments.prod]\nurl=\"b\"\nschemas=[\"app\"]\n%s";
    file("flyway.toml", two.formatted("schemas=[\"dev\"]\n", ""));
    isRefused(
        () -> toml(null),
        "flyway.toml has the environments dev, prod",
        "differ in schemas",
        "-Dflyway.environment=dev");
    assertThat(toml("prod").historySchema()).contains("app");
    assertThat(toml(null, "flyway_environment=dev").historySchema()).contains("dev");
    assertThat(toml("prod", "FLYWAY_ENVIRONMENT=dev").historySchema()).contains("app");
    isRefused(() -> toml("test"), "no environment test", "it has dev, prod");

    file("flyway.toml", two.formatted("schemas=[\"dev\"]\n", "[flyway]\nenvironment=\"prod\"\n"));
    assertThat(toml(null).taken()).containsExactly("flyway.toml, environment prod: schemas=app");
    file("flyway.user.toml", "[flyway]\nenvironment=\"dev\"\n");
    assertThat(toml(null).historySchema()).contains("dev");
    Files.delete(root.resolve("flyway.user.toml"));

    file("flyway.toml", two.formatted("schemas=[\"app\"]\n", "[flyway]\ntable=\"h\"\n"));
    assertThat(toml(null).taken()).containsExactly("flyway.toml: table=h");
    file("flyway.toml", two.formatted("", "[environments.default]\nschemas=[\"d\"]\n"));
    assertThat(toml(null).historySchema()).contains("d");
  }

  @Test
  @DisplayName("is not guessed from a file that is no TOML")
  void noToml() throws IOException {
    for (String wrong : List.of("[flyway", "a = 1\na = 2\n", "x")) {
      file("flyway.toml", wrong);
      isRefused(() -> toml(null), "flyway.toml cannot be read", "line", "Mend the file");
    }
  }

  @Test
  @DisplayName("is read from the home of a person and from the environment, as Flyway does")
  void around() throws IOException {
    file("../home/flyway.conf", "flyway.table=home\nflyway.encoding=ISO-8859-1\n");
    file("flyway.conf", "flyway.table=project\n");
    FlywaySettings settings = FlywaySettings.of(files().usual());
    assertThat(settings.value("table")).contains("project");
    assertThat(settings.taken().toString()).contains("~/flyway.conf: encoding=ISO-8859-1");
    file("../home/flyway.toml", "[flyway]\ntable='home'\nencoding='x'\n");
    file("flyway.toml", "[flyway]\ntable='project'\n");
    assertThat(toml(null).taken())
        .containsExactly("flyway.toml: table=project", "~/flyway.toml: encoding=x");

    FlywaySource variables =
        files(
                "FLYWAY_TABLE=v",
                "FLYWAY_PLACEHOLDERS_TENANT=acme",
                "FLYWAY_PASSWORD=geheim",
                "PATH=/")
            .variables()
            .orElseThrow();
    assertThat(variables.settings())
        .containsOnly(Map.entry("table", "v"), Map.entry("placeholders.tenant", "acme"));
    assertThat(files("PATH=/").variables()).isEmpty();
    file("src/main/resources/application.properties", "spring.flyway.table=p\n");
    assertThat(FlywaySettings.of(application("SPRING_FLYWAY_TABLE=v").sources()).value("table"))
        .contains("v");
  }

  @Test
  @DisplayName("is what the last of the files says that somebody names")
  void named() throws IOException {
    file("a.conf", "flyway.table=a\nflyway.schemas=${APP_NOT_SET}x\n");
    file("b.conf", "flyway.table=b\n");
    file("c.toml", "[flyway]\ntable='c'\nencoding='c'\n");
    file("d.toml", "[flyway]\ntable='d'\n");
    List<String> all = List.of("a.conf", "c.toml", "b.conf", "d.toml");
    FlywaySettings conf = FlywaySettings.of(files().named(all));
    assertThat(conf.value("table")).contains("b");
    assertThat(conf.value("schemas")).contains("x");
    FlywaySettings toml = FlywaySettings.of(files().inToml(all, null));
    assertThat(toml.value("table")).contains("d");
    assertThat(toml.value("encoding")).contains("c");
    assertThatThrownBy(() -> files().named(List.of("gone.conf")))
        .isInstanceOfSatisfying(
            MigrateException.class, e -> assertThat(e.problem()).contains("gone.conf"));
  }

  @Test
  @DisplayName("needs somebody to say which counts, where the build and the application differ")
  void twoFlyways() {
    FlywaySource build =
        new FlywaySource("the POM", Side.BUILD, Map.of("table", "a", "locations", "db/migration"));
    FlywaySource application =
        new FlywaySource(
            "application.yml",
            Side.APPLICATION,
            Map.of("table", "b", "locations", "classpath:db/migration/"));
    assertThatThrownBy(() -> FlywaySettings.of(List.of(build, application)))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER);
              assertThat(e.problem())
                  .contains("the POM says table=a", "application.yml says table=b");
              assertThat(e.remedy()).contains("-Dflyway.table=");
            });
    FlywaySource said =
        new FlywaySource("the command line", Side.COMMAND_LINE, Map.of("table", "b"));
    FlywaySettings settings = FlywaySettings.of(List.of(said, build, application));
    assertThat(settings.value("table")).contains("b");
    assertThat(settings.notTaken()).hasSize(1);

    FlywaySource client = new FlywaySource("flyway.toml", Side.CLIENT, Map.of("table", "c"));
    isRefused(
        () -> FlywaySettings.of(List.of(build, client)),
        "the POM says table=a",
        "flyway.toml says table=c");
    FlywaySource environment =
        new FlywaySource("the environment", Side.TOOLS, Map.of("table", "e"));
    assertThat(FlywaySettings.of(List.of(environment, build, client)).value("table")).contains("e");
    isRefused(
        () -> FlywaySettings.of(List.of(environment, build, application)),
        "the environment says table=e",
        "application.yml says table=b");
  }

  @Test
  @DisplayName("says of what it does not take why")
  void notTaken() {
    FlywaySettings settings =
        FlywaySettings.of(
            List.of(
                new FlywaySource(
                    "x",
                    Side.BUILD,
                    Map.of(
                        "callbacks", "com.acme.Hook", "mixed", "false", "cleanDisabled", "true"))));
    assertThat(settings.notTaken()).hasSize(1);
    assertThat(settings.notTaken().get(0)).startsWith("callbacks=com.acme.Hook of x: ");
    for (String one :
        List.of(
            "baselineVersion=7",
            "baselineDescription=old",
            "baselineOnMigrate=true",
            "ignoreMigrationPatterns=*:missing",
            "group=true",
            "initSql=set role x",
            "scriptPlaceholderPrefix=FP",
            "detectEncoding=true",
            "errorOverrides=x",
            "skipExecutingMigrations=true",
            "validateOnMigrate=false",
            "executeInTransaction=false")) {
      String[] parts = one.split("=");
      assertThat(
              FlywaySettings.of(
                      List.of(new FlywaySource("x", Side.BUILD, Map.of(parts[0], parts[1]))))
                  .notTaken())
          .singleElement()
          .asString()
          .startsWith(one + " of x: ");
    }
    assertThat(
            FlywaySettings.of(
                    List.of(
                        new FlywaySource(
                            "x",
                            Side.BUILD,
                            Map.of("validateOnMigrate", "true", "executeInTransaction", "true"))))
                .notTaken())
        .isEmpty();
  }

  @Test
  @DisplayName("has locations that are folders of the project, or is refused")
  void locations() throws IOException {
    Files.createDirectories(root.resolve("src/main/resources/db/migration"));
    Files.createDirectories(root.resolve("sql"));
    FlywayLocations locations = new FlywayLocations(root, List.of(Path.of("src/main/resources")));
    assertThat(locations.of(saying("classpath:db/migration,filesystem:sql")).folders())
        .containsExactly("src/main/resources/db/migration", "sql");
    assertThat(locations.of(saying("db/migration,filesystem:gone")).notes()).hasSize(1);
    assertThat(locations.of(FlywaySettings.of(List.of())).folders())
        .containsExactly("src/main/resources/db/migration");
    for (String wrong :
        new ArrayList<>(
            List.of(
                "classpath:com/acme/shared", "s3:bucket/x", "classpath:db/*", "filesystem:no"))) {
      assertThatThrownBy(() -> locations.of(saying(wrong)))
          .as(wrong)
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER));
    }
    assertThatThrownBy(() -> locations.of(saying("classpath:com/acme/shared")))
        .hasMessageContaining("dependency");
  }

  private static FlywaySettings saying(String locations) {
    return FlywaySettings.of(
        List.of(new FlywaySource("x", Side.BUILD, Map.of("locations", locations))));
  }

  @Test
  @DisplayName("names its database and its user, and no password in whatever form it is written")
  void database() {
    for (String url :
        List.of(
            "jdbc:postgresql://db:5433/shop?password=geheim",
            "jdbc:postgresql://ann:geheim@db:5433/shop",
            "jdbc:postgresql://ann:ge@heim@db:5433/shop?user=ann&password=geheim")) {
      FlywaySettings found =
          FlywaySettings.of(
              List.of(source("one", url), source("two", url.replace("shop", "other"))));
      assertThat(found.database()).contains("jdbc:postgresql://db:5433/shop");
      assertThat(found.user()).contains("shopper");
      assertThat(String.join(" ", found.notTaken()) + found.taken())
          .contains("jdbc:postgresql://db:5433/other")
          .doesNotContain("heim");
    }
    assertThat(FlywaySettings.of(List.of()).database()).isEmpty();
  }

  private static FlywaySource source(String origin, String url) {
    return new FlywaySource(
        origin,
        FlywaySource.Side.BUILD,
        Map.of("url", url, "user", "shopper", "password", "geheim"));
  }
}
