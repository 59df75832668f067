package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.ForkedJava;
import dev.migrate.script.JavaRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.graph.Dependency;

/**
 * The Java migrations of a Maven project, with the class path that its application has. Its
 * dependencies are looked for only when there are such migrations.
 */
final class ProjectJava {
  private static final String RESOURCES = "resources/";
  private static final String USUAL_PLACE = "db/migration";

  /** Nobody waits for ever for a process that does not end. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private ProjectJava() {}

  /**
   * @param project where the classes are; null when a goal runs without one
   * @param directory the folders of the scripts, as they are configured
   */
  static JavaRunner of(
      MavenProject project,
      String directory,
      ProjectDependenciesResolver dependencies,
      RepositorySystemSession session) {
    if (project == null || project.getFile() == null) {
      return JavaRunner.NONE;
    }
    Path classes = Path.of(project.getBuild().getOutputDirectory());
    return new ForkedJava(
        Path.of(System.getProperty("java.home")),
        List.of(classes),
        packagePath(directory),
        () -> classPath(project, classes, dependencies, session),
        LIMIT);
  }

  /** Where Flyway looks for classes is where it looks for scripts. */
  private static String packagePath(String directory) {
    String first = directory.split(",")[0].strip().replace('\\', '/').replaceAll("/+$", "");
    int at = first.indexOf(RESOURCES);
    return at < 0 ? USUAL_PLACE : first.substring(at + RESOURCES.length());
  }

  private static List<Path> classPath(
      MavenProject project,
      Path classes,
      ProjectDependenciesResolver dependencies,
      RepositorySystemSession session) {
    try {
      List<Path> path = new ArrayList<>(List.of(classes));
      for (Dependency one :
          dependencies
              .resolve(new DefaultDependencyResolutionRequest(project, session))
              .getResolvedDependencies()) {
        if (!"test".equals(one.getScope())) {
          path.add(one.getArtifact().getFile().toPath());
        }
      }
      return path;
    } catch (DependencyResolutionException e) {
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "The Java migrations cannot be run, because the project's dependencies do not resolve: %s."
              .formatted(e.getMessage()),
          "Make the project build first (mvn compile).",
          e);
    }
  }
}
