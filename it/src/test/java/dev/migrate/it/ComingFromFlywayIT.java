package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A project that Flyway has served")
class ComingFromFlywayIT {
  private static final String FLYWAY =
      """
      <plugin>
        <groupId>org.flywaydb</groupId>
        <artifactId>flyway-maven-plugin</artifactId>
        <version>12.4.0</version>
        <configuration>
          <sqlMigrationPrefix></sqlMigrationPrefix>
          <sqlMigrationSeparator>-</sqlMigrationSeparator>
          <locations><location>filesystem:sql</location></locations>
          <schemas><schema>app</schema></schemas>
          <placeholders><tenant>acme</tenant></placeholders>
        </configuration>
      </plugin>
      """;

  @Test
  @DisplayName("is taken over with the settings in its POM, which every goal knows then")
  void takenOver() {
    Project project =
        Project.empty("coming-from-flyway")
            .write(
                "pom.xml",
                Project.pom(
                    "grown", "<!-- kept -->" + FLYWAY + Project.plugin("<model>m.sql</model>")))
            .write("sql/001-people.sql", "create table people (t text default '${tenant}');")
            .write("sql/002-cities.sql", "create table cities (id int not null);");
    project
        .run("migrate:init")
        .succeeds()
        .says(
            "Found: 2 revisions",
            "from flyway-maven-plugin in the POM",
            "Written into pom.xml: <directory>sql</directory>",
            "Released up to 002");
    assertThat(project.read("pom.xml"))
        .contains("<!-- kept -->", "<sqlMigrationPrefix/>", "<historySchema>app</historySchema>");
    assertThat(project.read("m.sql")).contains("CREATE TABLE app.people", "'acme'");
    project
        .run("migrate:upgrade", "migrate:check", "migrate:verify", "migrate:generate")
        .succeeds()
        .says("2 revisions to apply", "There is no difference");
  }
}
