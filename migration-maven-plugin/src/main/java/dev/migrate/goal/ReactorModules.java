package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryTable;
import dev.migrate.target.Setting;
import dev.migrate.target.Target;
import dev.migrate.target.TargetRequest;
import dev.migrate.target.TargetResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Multi-module support: finds the modules of a reactor in which a goal has work, and runs it there.
 * Maven runs a goal that needs no project only once, in the first module of the build; the work is
 * where the plugin is configured and revisions or a model lie, so it is handed on to there, and
 * each module's own configuration counts.
 */
final class ReactorModules {
  private static final String OURS = "dev.migrate:migration-maven-plugin";
  private static final String FLYWAY = "org.flywaydb:flyway-maven-plugin";
  private static final String FILESYSTEM = "filesystem:";

  private final MavenSession session;
  private final MavenProject project;
  private final MojoExecution execution;
  private final LifecycleExecutor lifecycle;
  private final BuildPluginManager plugins;

  ReactorModules(
      MavenSession session,
      MavenProject project,
      MojoExecution execution,
      LifecycleExecutor lifecycle,
      BuildPluginManager plugins) {
    this.session = session;
    this.project = project;
    this.execution = execution;
    this.lifecycle = lifecycle;
    this.plugins = plugins;
  }

  /**
   * For a goal that only looks at the build.
   *
   * @param session the build
   * @param project the present module
   */
  ReactorModules(MavenSession session, MavenProject project) {
    this(session, project, null, null, null);
  }

  /**
   * Refuses a folder of scripts that several modules have: each would keep a history of it.
   *
   * @param folders those of the present module
   * @throws MigrateException {@code INVALID_PARAMETER} when one of them is another module's, too
   */
  void requireOwnFolders(List<Path> folders) {
    List<MavenProject> all = session.getAllProjects();
    for (MavenProject other : all == null ? List.<MavenProject>of() : all) {
      if (other.equals(project) || other.getBasedir() == null) {
        continue;
      }
      for (Path folder : foldersOf(other)) {
        if (folders.contains(folder)) {
          throw new MigrateException(
              FailureCode.INVALID_PARAMETER,
              "The folder %s is that of the modules %s and %s, and each would keep a history of it. Nothing was written."
                  .formatted(folder, project.getArtifactId(), other.getArtifactId()),
              "Let one of them own it: configure the plugin in that module alone, or say <skip>true</skip>"
                  + " in the other one.");
        }
      }
    }
  }

  /** What a module says of this plugin or of Flyway's, and not what it says nothing of. */
  private static List<Path> foldersOf(MavenProject module) {
    List<Path> folders = new ArrayList<>();
    Path root = module.getBasedir().toPath();
    for (Plugin plugin : module.getBuildPlugins()) {
      if (!(plugin.getConfiguration() instanceof Xpp3Dom configuration)) {
        continue;
      }
      if (plugin.getKey().equals(OURS) && !"true".equals(text(configuration, "skip"))) {
        for (String one : MigrateMojo.list(text(configuration, "directory"))) {
          folders.add(root.resolve(one).normalize());
        }
      }
      Xpp3Dom locations = configuration.getChild("locations");
      if (plugin.getKey().equals(FLYWAY) && locations != null) {
        for (Xpp3Dom one : locations.getChildren()) {
          if (one.getValue() != null && one.getValue().strip().startsWith(FILESYSTEM)) {
            folders.add(
                root.resolve(one.getValue().strip().substring(FILESYSTEM.length())).normalize());
          }
        }
      }
    }
    return folders;
  }

  private static String text(Xpp3Dom configuration, String name) {
    Xpp3Dom child = configuration.getChild(name);
    return child == null ? null : child.getValue();
  }

  /**
   * @return the modules that a goal asked for on the command line is meant for; none when it is
   *     meant for the present one
   */
  List<MavenProject> elsewhere() {
    boolean asked = execution.getSource() == MojoExecution.Source.CLI;
    if (!asked || project != session.getTopLevelProject() || session.getProjects().size() < 2) {
      return List.of();
    }
    List<MavenProject> homes = session.getProjects().stream().filter(this::hasWork).toList();
    return homes.equals(List.of(project)) ? List.of() : homes;
  }

  /**
   * Refuses to guess between several modules.
   *
   * @param homes the modules that a goal could be meant for
   * @throws MigrateException {@code INVALID_PARAMETER} when they are several
   */
  void requireOne(List<MavenProject> homes) {
    if (homes.size() > 1) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "Several modules of this build have revisions: %s."
              .formatted(
                  homes.stream()
                      .map(MavenProject::getArtifactId)
                      .collect(Collectors.joining(", "))),
          "Say which one is meant: mvn -pl :%s migrate:%s …"
              .formatted(homes.get(0).getArtifactId(), execution.getGoal()));
    }
  }

  /**
   * Refuses to move one history by the revisions of several modules: the first would migrate there,
   * and the second would find revisions that it does not know.
   *
   * @param homes the modules that a goal is meant for
   * @throws MigrateException {@code INVALID_PARAMETER} when two of them have the same target and
   *     the same history table
   */
  void requireOwnHistories(List<MavenProject> homes) {
    Map<List<String>, MavenProject> owners = new HashMap<>();
    for (MavenProject home : homes) {
      MavenProject other =
          place(home)
              .map(
                  place ->
                      List.of(
                          place,
                          configured(home, "historySchema").orElse(""),
                          configured(home, "historyTable").orElse(HistoryTable.DEFAULT_NAME)))
              .map(history -> owners.putIfAbsent(history, home))
              .orElse(null);
      if (other != null) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "The modules %s and %s of this build have revisions of their own, and one target is given"
                    .formatted(other.getArtifactId(), home.getArtifactId())
                + " for both: neither was migrated.",
            "Say which one is meant: mvn -pl :%s migrate:%s …; or give each module its own url, or its"
                    .formatted(other.getArtifactId(), execution.getGoal())
                + " own historySchema or historyTable, in its POM.");
      }
    }
  }

  /** What the command line says, else the module's POM. */
  private Optional<String> configured(MavenProject module, String parameter) {
    String given = session.getUserProperties().getProperty("migrate." + parameter);
    if (given != null) {
      return Optional.of(given);
    }
    return module.getBuildPlugins().stream()
        .filter(plugin -> plugin.getKey().equals(execution.getPlugin().getKey()))
        .map(Plugin::getConfiguration)
        .filter(Xpp3Dom.class::isInstance)
        .map(configuration -> ((Xpp3Dom) configuration).getChild(parameter))
        .filter(child -> child != null && child.getValue() != null)
        .map(child -> child.getValue().strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  /** Of the target, however its address is written; none when each module has one of its own. */
  private Optional<String> place(MavenProject module) {
    TargetRequest request =
        configured(module, "url")
            .map(url -> TargetRequest.of(new Setting(url, "the url of " + module.getArtifactId())))
            .orElseGet(TargetRequest::none);
    return new TargetResolver(System::getenv).resolve(request).map(Target::place);
  }

  /**
   * Runs the goal in another module, configured as that module configures it.
   *
   * @param module which one
   */
  void runIn(MavenProject module) throws MojoFailureException, MojoExecutionException {
    MavenSession inModule = session.clone();
    inModule.setCurrentProject(module);
    Plugin plugin = execution.getPlugin();
    String task = plugin.getId() + ":" + execution.getGoal();
    try {
      for (MojoExecution one :
          lifecycle.calculateExecutionPlan(inModule, task).getMojoExecutions()) {
        plugins.executeMojo(inModule, one);
      }
    } catch (MojoFailureException | MojoExecutionException e) {
      throw e;
    } catch (Exception e) {
      throw new MojoExecutionException(
          "The goal cannot be run in the module " + module.getArtifactId(), e);
    }
  }

  private boolean hasWork(MavenProject module) {
    return module.getBuildPlugins().stream()
        .filter(plugin -> plugin.getKey().equals(execution.getPlugin().getKey()))
        .anyMatch(
            plugin ->
                Files.exists(path(module, plugin, "directory", ProjectMojo.DEFAULT_DIRECTORY))
                    || Files.exists(path(module, plugin, "model", SchemaMojo.DEFAULT_MODEL)));
  }

  private static Path path(
      MavenProject module, Plugin plugin, String parameter, String defaultValue) {
    String configured = defaultValue;
    if (plugin.getConfiguration() instanceof Xpp3Dom configuration
        && configuration.getChild(parameter) != null
        && !configuration.getChild(parameter).getValue().contains("://")) {
      configured = configuration.getChild(parameter).getValue();
    }
    return module.getBasedir().toPath().resolve(configured.split(",")[0].strip());
  }
}
