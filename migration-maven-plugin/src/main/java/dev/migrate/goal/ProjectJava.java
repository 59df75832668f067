package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.ForkedJava;
import dev.migrate.script.JavaRunner;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepositoryManager;

/**
 * Finds the Java migrations of a Maven project and the runtime class path on which they run. Its
 * dependencies are resolved only when there are such migrations; whether one that the project names
 * itself has any is seen in the local repository, or in the module of the build that makes it.
 */
final class ProjectJava {
  private static final String RESOURCES = "resources/";
  private static final String USUAL_PLACE = "db/migration";
  private static final String TEST = "test";

  private final MavenProject project;
  private final MavenSession session;
  private final ProjectDependenciesResolver dependencies;

  private ProjectJava(
      MavenProject project, MavenSession session, ProjectDependenciesResolver dependencies) {
    this.project = project;
    this.session = session;
    this.dependencies = dependencies;
  }

  /**
   * @param project where the classes are; null when a goal runs without one
   * @param session the build
   * @param dependencies resolves those of the project
   * @param directories the folders of the scripts, as they are configured
   * @param limit how long a migration may run; zero is for ever
   */
  static JavaRunner of(
      MavenProject project,
      MavenSession session,
      ProjectDependenciesResolver dependencies,
      List<String> directories,
      Duration limit) {
    if (project == null || project.getFile() == null) {
      return JavaRunner.NONE;
    }
    ProjectJava java = new ProjectJava(project, session, dependencies);
    return new ForkedJava(
        Path.of(System.getProperty("java.home")),
        List.of(Path.of(project.getBuild().getOutputDirectory())),
        java.beside(),
        packagePaths(directories),
        java::classPath,
        limit);
  }

  /** Where Flyway looks for classes is where it looks for scripts. */
  private static List<String> packagePaths(List<String> directories) {
    List<String> paths =
        directories.stream()
            .map(one -> one.replace('\\', '/').replaceAll("/+$", ""))
            .filter(one -> one.contains(RESOURCES))
            .map(one -> one.substring(one.indexOf(RESOURCES) + RESOURCES.length()))
            .toList();
    return paths.isEmpty() ? List.of(USUAL_PLACE) : paths;
  }

  private List<Path> beside() {
    List<Path> places = new ArrayList<>();
    for (Dependency one : project.getDependencies()) {
      if (!TEST.equals(one.getScope())) {
        module(one).or(() -> archive(one)).ifPresent(places::add);
      }
    }
    return places;
  }

  private Optional<Path> module(Dependency wanted) {
    List<MavenProject> all = session.getAllProjects();
    return (all == null ? List.<MavenProject>of() : all)
        .stream()
            .filter(
                module ->
                    module.getGroupId().equals(wanted.getGroupId())
                        && module.getArtifactId().equals(wanted.getArtifactId())
                        && module.getVersion().equals(wanted.getVersion()))
            .map(module -> Path.of(module.getBuild().getOutputDirectory()))
            .findFirst();
  }

  private Optional<Path> archive(Dependency wanted) {
    LocalRepositoryManager local = session.getRepositorySession().getLocalRepositoryManager();
    if (local == null || wanted.getVersion() == null || !"jar".equals(wanted.getType())) {
      return Optional.empty();
    }
    String path =
        local.getPathForLocalArtifact(
            new DefaultArtifact(
                wanted.getGroupId(),
                wanted.getArtifactId(),
                wanted.getClassifier(),
                "jar",
                wanted.getVersion()));
    File file = new File(local.getRepository().getBasedir(), path);
    return Optional.of(file).filter(File::isFile).map(File::toPath);
  }

  private List<Path> classPath() {
    try {
      List<Path> path = new ArrayList<>(List.of(Path.of(project.getBuild().getOutputDirectory())));
      for (org.eclipse.aether.graph.Dependency one :
          dependencies
              .resolve(
                  new DefaultDependencyResolutionRequest(project, session.getRepositorySession()))
              .getResolvedDependencies()) {
        if (!TEST.equals(one.getScope())) {
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
