package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The archetype")
class ArchetypeIT {

  @Test
  @DisplayName("generates every file, those with a dot in front included")
  void generatesEveryFile() {
    assertThat(Project.generated("files").files())
        .containsExactly(
            ".editorconfig",
            ".gitignore",
            ".mvn/maven.config",
            "README.md",
            "pom.xml",
            "src/main/database/schema.sql",
            "src/main/resources/db/migration/V20260105090000__create_locations_and_people.sql",
            "src/main/resources/db/migration/V20260106103000__create_assets.sql",
            "src/main/resources/db/migration/V20260112140000__create_assignments_and_maintenance.sql",
            "src/main/resources/db/migration/V20260119101500__add_warranty_to_assets.sql",
            "src/main/resources/db/undo/U20260105090000__create_locations_and_people.sql",
            "src/main/resources/db/undo/U20260106103000__create_assets.sql",
            "src/main/resources/db/undo/U20260112140000__create_assignments_and_maintenance.sql",
            "src/main/resources/db/undo/U20260119101500__add_warranty_to_assets.sql");
  }

  @Test
  @DisplayName("leaves the SQL as it is, and filters its own version into the POM")
  void filtersOnlyThePom() {
    Project project = Project.generated("filtered");
    assertThat(project.read("src/main/database/schema.sql"))
        .contains("~ '^[A-Z]{2,4}-[0-9]{4,}$'", "language plpgsql as $$");
    assertThat(project.read("pom.xml"))
        .contains(
            "<groupId>it.example</groupId>",
            "<artifactId>asset-tracker</artifactId>",
            "<version>" + UnderTest.version() + "</version>")
        .doesNotContain("@project");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory", "my.assets"})
  @DisplayName("generates a project that Maven accepts, whatever it is called")
  void generatesAProjectThatMavenAccepts(String artifactId) {
    Project parent = Project.empty(artifactId);
    parent.run(Project.archetype("com.acme.it", artifactId)).succeeds();
    parent
        .maven()
        .run(parent.file(artifactId), "validate", "--strict-checksums")
        .succeeds()
        .says("com.acme.it:" + artifactId)
        .saysNothingOf("[WARNING]");
  }
}
