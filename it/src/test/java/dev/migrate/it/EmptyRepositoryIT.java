package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;

/**
 * A machine whose local repository has never seen the plugin, which nobody can download yet. What
 * is on Maven Central comes from the real local repository, as in all tests here.
 */
@DisplayName("On a machine that has never seen the plugin")
class EmptyRepositoryIT {
  @OnEachMaven
  @DisplayName(
      "the generated project works with what lies in it, or in the repository of a property")
  void theGeneratedProjectWorks(Maven maven) throws IOException {
    Project project = Project.generated("colleague's clone").with(maven);
    Path local =
        Files.createDirectories(project.file("../local-of-" + project.directory().getFileName()));
    Project colleague = project.with(project.maven().withOptions("-Dmaven.repo.local=" + local));
    assertThat(
            colleague
                .run("-q", "migrate:heads")
                .succeeds()
                .output()
                .lines()
                // Of a Java that is younger than its Maven.
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: ")))
        .containsExactly("20260316083000  Index what lists look for");
    assertThat(plugin(local)).isNotEmpty();

    // Elsewhere: a repository of the company's.
    Path shared = project.file("shared repository");
    Files.move(project.file(".mvn/repository"), shared);
    forget(local);
    colleague.run("migrate:heads").fails().says("migration-maven-plugin");
    forget(local);
    colleague.run("migrate:heads", "-Dmigrate.repository=" + shared.toUri()).succeeds();
    assertThat(plugin(local)).isNotEmpty();
  }

  private static List<Path> plugin(Path local) throws IOException {
    Path folder = local.resolve("dev/migrate");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }

  private static void forget(Path local) throws IOException {
    if (Files.exists(local.resolve("dev/migrate"))) {
      Files.move(
          local.resolve("dev/migrate"),
          Files.createTempDirectory(local, "forgotten").resolve("migrate"),
          StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
