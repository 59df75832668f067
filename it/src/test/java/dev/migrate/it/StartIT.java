package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A build that needs a database from its beginning to its end")
class StartIT {
  private static final String ADDRESS = "target/database/address.properties";
  private static final String HEAD = "20260119101500";

  private static final String PLUGIN =
      """
      <plugin>
      <groupId>dev.migrate</groupId>
      <artifactId>migration-maven-plugin</artifactId>
      <version>%s</version>
      <executions>
        <execution>
          <id>database</id>
          <goals><goal>start</goal></goals>
          <phase>initialize</phase>
          <configuration>
            <startAtHead>true</startAtHead>
            <addressFile>%s</addressFile>
          </configuration>
        </execution>
        <execution>
          <id>somebody-who-uses-it</id>
          <goals><goal>current</goal></goals>
          <phase>generate-sources</phase>
          <configuration>
            <url>${migrate.embedded.url}</url>
            <user>${migrate.embedded.user}</user>
            <password>${migrate.embedded.password}</password>
          </configuration>
        </execution>
        <execution>
          <id>end-of-database</id>
          <goals><goal>stop</goal></goals>
          <phase>post-integration-test</phase>
          <configuration><skip>${migrate.embedded.wasRunning}</skip></configuration>
        </execution>
      </executions>
      </plugin>
      """
          .formatted(UnderTest.version(), ADDRESS);

  @Test
  @DisplayName("finds it at the head and by its address, and stops only what it has started")
  void findsItAtTheHeadAndStopsOnlyWhatItHasStarted() throws SQLException, IOException {
    Project project = Project.sample("start").write("pom.xml", Project.pom("start", PLUGIN));

    project
        .run("verify")
        .succeeds()
        .says("Target: postgresql://postgres@127.0.0.1:", "Current: " + HEAD);
    Database own = address(project);
    assertThatThrownBy(own::connect)
        .as("the build has started it")
        .isInstanceOf(SQLException.class);
    if (Files.getFileStore(project.file(ADDRESS)).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(project.file(ADDRESS)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    for (String build : List.of("generate-resources", "initialize nonsense:goal")) {
      project.run(build.split(" "));
      assertThatThrownBy(address(project)::connect)
          .as("mvn %s ends before the goal that stops the server", build)
          .isInstanceOf(SQLException.class);
    }

    project.run("migrate:downgrade", "-Dmigrate.to=base").succeeds().says("Now at base");
    project.run("migrate:start").succeeds();
    project
        .run("verify")
        .succeeds()
        .says("It ran before this build, and goes on.", "Current: " + HEAD);
    Database shared = address(project);
    assertThat(shared.applied()).as("it was running before the build").hasSize(4);
    project.run("migrate:stop").succeeds().says("Stopped");
    assertThatThrownBy(shared::connect).isInstanceOf(SQLException.class);
  }

  private static Database address(Project project) throws IOException {
    Properties address = new Properties();
    address.load(new StringReader(project.read(ADDRESS)));
    assertThat(address).containsOnlyKeys("url", "user", "password");
    return new Database(
        address.getProperty("url"), address.getProperty("user"), address.getProperty("password"));
  }
}
