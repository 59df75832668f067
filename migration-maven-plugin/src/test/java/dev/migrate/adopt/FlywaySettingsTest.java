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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("How Flyway is configured for a project")
class FlywaySettingsTest {
  @TempDir private Path root;

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private FlywayFiles files() {
    return new FlywayFiles(root, List.of(root.resolve("src/main/resources")));
  }

  @Test
  @DisplayName("is read from flyway.conf as Flyway reads it")
  void conf() throws IOException {
    file(
        "flyway.conf",
        "flyway.sqlMigrationPrefix=\nflyway.table = hist \nflyway.password=secret\n"
            + "flyway.locations=filesystem:db/a,\\\n  filesystem:db/b\nflyway.placeholders.x.y=1\n");
    file("conf/flyway.conf", "flyway.table=other\nflyway.outOfOrder=true\n");
    FlywaySettings settings = FlywaySettings.of(files().ofFlyway(List.of()));
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
    FlywayFiles files = files();
    FlywaySettings settings = FlywaySettings.of(files.ofApplication());
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
    assertThatThrownBy(() -> files().ofApplication())
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> assertThat(e.problem()).contains("src/main/resources/application.yml"));
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
  }

  @Test
  @DisplayName("has locations that are folders of the project, or is refused")
  void locations() throws IOException {
    Files.createDirectories(root.resolve("src/main/resources/db/migration"));
    Files.createDirectories(root.resolve("sql"));
    Locations locations = new Locations(root, List.of(Path.of("src/main/resources")));
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
}
