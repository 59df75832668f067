package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.adopt.FlywayEnvironment;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What in a Maven build configures Flyway")
class FlywayOfProjectTest {
  @TempDir private Path root;

  private MavenProject project(String artifact, String properties, String plugins)
      throws IOException {
    String pom =
        "<project><artifactId>%s</artifactId><properties>%s</properties><build><plugins>%s</plugins></build></project>"
            .formatted(artifact, properties, plugins);
    try {
      Model model = new MavenXpp3Reader().read(new StringReader(pom));
      MavenProject project = new MavenProject(model);
      project.setFile(root.resolve(artifact).resolve("pom.xml").toFile());
      return project;
    } catch (XmlPullParserException e) {
      throw new IOException(e);
    }
  }

  private static String flyway(String inside) {
    return "<plugin><groupId>org.flywaydb</groupId><artifactId>flyway-maven-plugin</artifactId>"
        + inside
        + "</plugin>";
  }

  private FlywayOfProject.Found find(MavenProject project, String... given) {
    return find(project, Map.of(), given);
  }

  private FlywayOfProject.Found find(
      MavenProject project, Map<String, String> variables, String... given) {
    Properties properties = new Properties();
    for (String one : given) {
      properties.setProperty(one.split("=", 2)[0], one.split("=", 2)[1]);
    }
    return new FlywayOfProject(
            properties, project, root, new FlywayEnvironment(root.resolve("home"), variables))
        .find();
  }

  @Test
  @DisplayName(
      "is its plugin's configuration, overruled by properties and files, as in Flyway's own plugin")
  void order() throws IOException {
    MavenProject project =
        project(
            "a",
            "<flyway.table>of_properties</flyway.table><flyway.sqlMigrationPrefix/>",
            flyway(
                """
                <configuration>
                  <url>jdbc:postgresql://x/y</url><password>geheim</password>
                  <table>of_plugin</table>
                  <schemas><schema>app</schema><schema>audit</schema></schemas>
                  <locations><location>filesystem:sql</location><location>db/x</location></locations>
                  <placeholders><tenant>acme</tenant></placeholders>
                  <pluginConfiguration><baselineMigrationPrefix>BL</baselineMigrationPrefix></pluginConfiguration>
                </configuration>
                <executions><execution><configuration><outOfOrder>true</outOfOrder></configuration></execution></executions>
                """));
    FlywayOfProject.Found found = find(project);
    assertThat(found.settings().value("table")).contains("of_properties");
    assertThat(found.settings().value("sqlMigrationPrefix")).contains("");
    assertThat(found.settings().value("baselineMigrationPrefix")).contains("BL");
    assertThat(found.settings().value("outOfOrder")).contains("true");
    assertThat(found.settings().historySchema()).contains("app");
    assertThat(found.settings().schemas()).containsExactly("app", "audit");
    assertThat(found.settings().locations()).containsExactly("filesystem:sql", "db/x");
    assertThat(found.settings().placeholders()).containsEntry("tenant", "acme");
    assertThat(found.settings().taken().toString()).doesNotContain("geheim", "acme");

    Files.writeString(
        root.resolve("flyway.conf"), "flyway.table=of_file\nflyway.encoding=UTF-16\n");
    assertThat(find(project).settings().value("table")).contains("of_properties");
    assertThat(find(project).settings().value("encoding")).contains("UTF-16");
    Files.writeString(root.resolve("named.conf"), "flyway.table=of_named\n");
    assertThat(find(project, "flyway.configFiles=named.conf").settings().value("table"))
        .contains("of_named");
    Map<String, String> variables =
        Map.of("FLYWAY_TABLE", "of_variable", "FLYWAY_CONFIG_FILES", "named.conf");
    FlywayOfProject.Found all = find(project, variables, "flyway.encoding=UTF-8");
    assertThat(all.settings().value("table")).contains("of_variable");
    assertThat(all.settings().value("encoding")).contains("UTF-8");
    assertThat(all.settings().notTaken())
        .anyMatch(note -> note.contains("before table=of_named of named.conf"))
        .anyMatch(note -> note.contains("before table=of_plugin of flyway-maven-plugin"));
    assertThat(find(project, variables, "flyway.table=of_command_line").settings().value("table"))
        .contains("of_command_line");
  }

  @Test
  @DisplayName("may be that of Flyway's command line, in TOML, which must agree with the POM")
  void commandLine() throws IOException {
    Files.createDirectories(root.resolve("sql"));
    Files.writeString(root.resolve("flyway.toml"), "[flyway]\ntable = 'of_toml'\n");
    Files.writeString(root.resolve("flyway.conf"), "flyway.table=of_conf\n");
    FlywayOfProject.Found found = find(project("a", "", ""));
    assertThat(found.settings().value("table")).contains("of_toml");
    assertThat(found.settings().locations()).containsExactly("filesystem:sql");
    assertThat(found.notes())
        .containsExactly("flyway.conf: Flyway passes it over beside flyway.toml");
    assertThatThrownBy(() -> find(project("a", "", flyway("<configuration/>"))))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e ->
                assertThat(e.problem())
                    .contains("flyway.conf says table=of_conf", "flyway.toml says table=of_toml"));
    assertThat(
            find(project("a", "", flyway("<configuration/>")), "flyway.table=of_toml")
                .settings()
                .value("table"))
        .contains("of_toml");
  }

  @Test
  @DisplayName("is said by an execution, before the plugin's own configuration")
  void execution() throws IOException {
    MavenProject project =
        project(
            "a",
            "",
            flyway(
                "<configuration><table>a</table></configuration><executions><execution>"
                    + "<configuration><table>b</table></configuration></execution></executions>"));
    assertThat(find(project).settings().value("table")).contains("b");
    assertThat(find(project).settings().notTaken()).hasSize(1);
  }

  @Test
  @DisplayName("must not be two executions with two histories")
  void twoExecutions() throws IOException {
    MavenProject project =
        project(
            "a",
            "",
            flyway(
                "<executions><execution><id>a</id><configuration><table>a</table></configuration></execution>"
                    + "<execution><id>b</id><configuration><table>b</table></configuration></execution></executions>"));
    assertThatThrownBy(() -> find(project))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.problem()).contains("several histories: table is a and b");
              assertThat(e.remedy()).contains("-Dflyway.table=a");
            });
  }

  @Test
  @DisplayName("must not be a folder that another module has, too")
  void sharedFolder() throws IOException {
    String ours =
        "<plugin><groupId>dev.migrate</groupId><artifactId>migration-maven-plugin</artifactId>"
            + "<configuration><directory>../db</directory>%s</configuration></plugin>";
    MavenProject a = project("a", "", ours.formatted(""));
    for (MavenProject b :
        List.of(
            project("b", "", ours.formatted("")),
            project(
                "b",
                "",
                flyway(
                    "<configuration><locations><location>filesystem:../db</location></locations></configuration>")))) {
      assertThatThrownBy(
              () ->
                  new ReactorModules(session(a, b), a)
                      .requireOwnFolders(List.of(root.resolve("db"))))
          .hasMessageContaining("the modules a and b");
    }
    MavenProject skipped = project("b", "", ours.formatted("<skip>true</skip>"));
    new ReactorModules(session(a, skipped), a).requireOwnFolders(List.of(root.resolve("db")));
  }

  @SuppressWarnings("deprecation")
  private static MavenSession session(MavenProject... projects) {
    MavenSession session =
        new MavenSession(
            null,
            MavenRepositorySystemUtils.newSession(),
            new DefaultMavenExecutionRequest(),
            new DefaultMavenExecutionResult());
    session.setAllProjects(List.of(projects));
    return session;
  }
}
