package dev.migrate.goal;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Which module of a reactor a goal has work in. {@code mvn migrate:upgrade} at the root of a
 * project with several modules reaches every one of them; it is meant for those in which the plugin
 * is configured and whose folders hold revisions.
 */
final class Modules {
  private final MavenSession session;
  private final MavenProject project;
  private final String pluginKey;

  Modules(MavenSession session, MavenProject project, String pluginKey) {
    this.session = session;
    this.project = project;
    this.pluginKey = pluginKey;
  }

  /**
   * @param files whether a module has the files that the goal works on, judged by its directory
   * @return whether the work is in other modules than this one
   */
  boolean isElsewhere(Predicate<Path> files) {
    if (project == null || session.getProjects().size() < 2) {
      return false;
    }
    List<MavenProject> homes = homes(files);
    return homes.isEmpty() ? !project.isExecutionRoot() : !homes.contains(project);
  }

  /**
   * @param files as above
   * @return a sentence that says where the goal runs instead
   */
  String whereInstead(Predicate<Path> files) {
    List<MavenProject> homes = homes(files);
    return homes.isEmpty()
        ? "Nothing to do in this module: no module of this build has revisions; run the goal in the"
            + " module that is to have them (mvn -pl <module> …)."
        : "Nothing to do in this module: the plugin is configured, with revisions, in "
            + String.join(", ", homes.stream().map(MavenProject::getArtifactId).toList())
            + ".";
  }

  private List<MavenProject> homes(Predicate<Path> files) {
    List<MavenProject> configured =
        session.getProjects().stream().filter(this::isConfigured).toList();
    List<MavenProject> withFiles =
        configured.stream().filter(one -> files.test(one.getBasedir().toPath())).toList();
    return withFiles.isEmpty() && configured.size() == 1 ? configured : withFiles;
  }

  private boolean isConfigured(MavenProject module) {
    return module.getBuildPlugins().stream().anyMatch(plugin -> plugin.getKey().equals(pluginKey));
  }
}
