package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@WithDatabase
@Thorough
@DisplayName("A build with Java migrations")
class JavaBuildIT {
  private static final String VERSIONS =
      """
      <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-core</artifactId><version>%1$s</version></dependency>
      <dependency><groupId>org.flywaydb</groupId><artifactId>flyway-database-postgresql</artifactId><version>%1$s</version></dependency>
      """
          .formatted("13.12.0");

  private static String module(String name, String inside) {
    return """
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <parent><groupId>it.example</groupId><artifactId>grown</artifactId><version>1</version></parent>
      <artifactId>%s</artifactId>
      <properties>
        <maven.compiler.release>17</maven.compiler.release>
        <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
      </properties>
      %s
    </project>
    """
        .formatted(name, inside);
  }

  private static String plugin(String name, String version) {
    return "<plugin><artifactId>maven-%s-plugin</artifactId><version>%s</version></plugin>"
        .formatted(name, version);
  }

  /** A migration that runs one statement, with what else its class says. */
  private static String migration(String name, String members, String sql) {
    return """
    package db.migration;
    import org.flywaydb.core.api.migration.*;
    public class %s extends BaseJavaMigration {
      %s
      @Override public void migrate(Context context) throws Exception {
        String tenant = context.getConfiguration().getPlaceholders().get("tenant");
        try (var statement = context.getConnection().createStatement()) {
          statement.execute("%s");
        }
      }
    }
    """
        .formatted(name, members, sql);
  }

  @Test
  @DisplayName("runs those of the project and of another module, and takes them for what is there")
  void modules(Database database) {
    Project project = Project.empty("java-migrations");
    project
        .write(
            "pom.xml",
            Project.pom("grown", "")
                .replace(
                    "<plugins></plugins>",
                    "<pluginManagement><plugins>"
                        + Project.plugin("")
                        + plugin("compiler", "3.14.1")
                        + plugin("resources", "3.4.0")
                        + "</plugins></pluginManagement>")
                .replace(
                    "</project>",
                    "<modules><module>lib</module><module>app</module></modules></project>"))
        .write("lib/pom.xml", module("lib", "<dependencies>" + VERSIONS + "</dependencies>"))
        .write(
            "lib/src/main/java/db/migration/V4__Of_library.java",
            migration(
                "V4__Of_library",
                "@Override public boolean canExecuteInTransaction() { return false; }",
                "vacuum person"))
        .write(
            "app/pom.xml",
            module(
                "app",
                "<dependencies><dependency><groupId>it.example</groupId><artifactId>lib</artifactId><version>1</version></dependency></dependencies>"
                    + "<build><plugins>"
                    + Project.plugin(
                        "<model>m.sql</model><placeholders><tenant>acme</tenant></placeholders>")
                    + "</plugins></build>"))
        .write(
            "app/src/main/resources/db/migration/V1__person.sql",
            "create table person (id int primary key);")
        .write(
            "app/src/main/java/db/migration/V2__Tenant.java",
            migration(
                "V2__Tenant",
                "@Override public Integer getChecksum() { return 42; }",
                "alter table person add tenant text default '\" + tenant + \"'"))
        .write(
            "app/src/main/resources/db/migration/V3__view.sql",
            "create view tenants as select tenant from person;")
        .write(
            "app/src/main/java/db/migration/R__Count.java",
            migration(
                "R__Count",
                "@Override public Integer getChecksum() { return 1; }",
                "create or replace view counted as select count(*) as n from person"));
    Project app = project.with(database.targetOf(project.maven()));
    app.run("compile", "migrate:init", "migrate:upgrade", "-Dmigrate.backup=never")
        .succeeds()
        .says(
            "Found: 2 revisions (0 with a downgrade), 3 Java migrations",
            "in Java: 2 Tenant (db.migration.V2__Tenant)");
    assertThat(project.read("app/m.sql"))
        .contains("'acme'", "made in Java, by db.migration.R__Count, which runs last");
    assertThat(
            database.query(
                "select concat_ws(' ', version, type, description, checksum) from flyway_schema_history where type = 'JDBC' order by installed_rank"))
        .containsExactly("2 JDBC Tenant 42", "4 JDBC Of library", "JDBC Count 1");
    app.run("compile", "migrate:check", "migrate:lint", "migrate:diff", "migrate:generate")
        .succeeds()
        .says("There is no difference");
  }
}
