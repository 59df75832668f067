package dev.migrate.goal;

import dev.migrate.adopt.FlywayEnvironment;
import dev.migrate.adopt.FlywayFiles;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.adopt.FlywaySource;
import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.adopt.SpringFiles;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Collects Flyway's configuration in a Maven build: its Maven plugin, properties, configuration
 * files and Spring's.
 */
final class FlywayOfProject {
  private static final String PREFIX = "flyway.";
  private static final String PLUGIN = "org.flywaydb:flyway-maven-plugin";
  private static final String IN_POM = "flyway-maven-plugin in the POM";

  private final Properties given;
  private final MavenProject project;
  private final Path root;
  private final FlywayEnvironment around;

  /**
   * @param given the properties of the command line
   * @param project the project; null when there is none
   * @param root its directory
   * @param around where the goal runs
   */
  FlywayOfProject(Properties given, MavenProject project, Path root, FlywayEnvironment around) {
    this.given = given;
    this.project = project;
    this.root = root;
    this.around = around;
  }

  /**
   * @param settings what counts
   * @param notes what was found besides
   */
  record Found(FlywaySettings settings, List<String> notes) {}

  /** In the order in which Flyway's own plugin, its command line and Spring read them. */
  Found find() {
    List<Xpp3Dom> configurations = configurations();
    FlywayFiles files = new FlywayFiles(root, resources(), around);
    SpringFiles spring = new SpringFiles(root, resources(), around);
    List<String> named = configFiles(configurations, files);
    List<FlywaySource> toml = files.inToml(named, given.getProperty(PREFIX + "environment"));
    List<FlywaySource> sources = new ArrayList<>();
    sources.add(FlywaySource.of("the command line", Side.COMMAND_LINE, PREFIX, text(given)));
    files.variables().ifPresent(sources::add);
    sources.addAll(files.named(named));
    if (project != null) {
      sources.add(
          FlywaySource.of(
              "the POM's properties", Side.BUILD, PREFIX, text(project.getProperties())));
    }
    configurations.forEach(one -> sources.add(new FlywaySource(IN_POM, Side.BUILD, settings(one))));
    List<String> notes = new ArrayList<>();
    for (FlywaySource usual : files.usual()) {
      if (toml.isEmpty() || !configurations.isEmpty()) {
        sources.add(usual);
      } else {
        notes.add(usual.origin() + ": Flyway passes it over beside " + toml.get(0).origin());
      }
    }
    sources.addAll(toml);
    sources.addAll(spring.sources());
    notes.addAll(files.notes());
    notes.addAll(spring.notes());
    return new Found(FlywaySettings.of(withFolderOfClient(sources, toml)), notes);
  }

  /** Where nobody says a location, Flyway's command line looks into sql. */
  private List<FlywaySource> withFolderOfClient(
      List<FlywaySource> sources, List<FlywaySource> toml) {
    boolean said = sources.stream().anyMatch(one -> one.settings().containsKey("locations"));
    boolean usual =
        resources().stream().anyMatch(one -> Files.isDirectory(one.resolve("db/migration")));
    if (toml.isEmpty() || said || usual || !Files.isDirectory(root.resolve("sql"))) {
      return sources;
    }
    return Stream.concat(
            sources.stream(),
            Stream.of(
                new FlywaySource(
                    "Flyway's command line, when nobody says any",
                    Side.CLIENT,
                    Map.of("locations", "filesystem:sql"))))
        .toList();
  }

  /**
   * @return the folders whose files go on the class path of the project
   */
  List<Path> resources() {
    List<Path> folders = new ArrayList<>();
    if (project != null && project.getBuild() != null) {
      for (Resource resource : project.getBuild().getResources()) {
        folders.add(root.resolve(resource.getDirectory()));
      }
    }
    if (folders.isEmpty()) {
      folders.add(root.resolve("src/main/resources"));
    }
    return List.copyOf(folders);
  }

  /** Those of its executions, of which one may say more than the plugin's own, and that. */
  private List<Xpp3Dom> configurations() {
    Plugin plugin = project == null ? null : project.getPlugin(PLUGIN);
    if (plugin == null && project != null && project.getPluginManagement() != null) {
      plugin = project.getPluginManagement().getPluginsAsMap().get(PLUGIN);
    }
    if (plugin == null) {
      return List.of();
    }
    List<Xpp3Dom> ofExecutions =
        plugin.getExecutions().stream()
            .map(PluginExecution::getConfiguration)
            .filter(Xpp3Dom.class::isInstance)
            .map(Xpp3Dom.class::cast)
            .toList();
    refuseSeveralHistories(ofExecutions);
    return Stream.concat(
            ofExecutions.stream(), Stream.ofNullable((Xpp3Dom) plugin.getConfiguration()))
        .toList();
  }

  /** Two executions with two histories are two projects to us. */
  private static void refuseSeveralHistories(List<Xpp3Dom> executions) {
    for (String name : List.of("table", "defaultSchema", "schemas", "locations")) {
      List<String> values =
          executions.stream()
              .map(FlywayOfProject::settings)
              .map(settings -> settings.get(name))
              .filter(value -> value != null)
              .distinct()
              .toList();
      if (values.size() > 1) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "The executions of flyway-maven-plugin in the POM keep several histories: %s is %s. Nothing was written."
                .formatted(name, String.join(" and ", values)),
            "Say which one this plugin takes over, with -Dflyway.%s=%s; the other goes into a module of its own."
                .formatted(name, values.get(0)));
      }
    }
  }

  /** Of several who name files, the first counts, as in Flyway's own plugin. */
  private List<String> configFiles(List<Xpp3Dom> configurations, FlywayFiles files) {
    String name = PREFIX + "configFiles";
    return Stream.of(
            files.namedByVariable(),
            MigrateMojo.list(given.getProperty(name)),
            MigrateMojo.list(project == null ? null : project.getProperties().getProperty(name)),
            configurations.stream()
                .map(one -> one.getChild("configFiles"))
                .filter(one -> one != null)
                .flatMap(one -> Arrays.stream(one.getChildren()))
                .map(FlywayOfProject::value)
                .distinct()
                .toList())
        .filter(one -> !one.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  /** Lists are elements in an element, and so are placeholders. */
  private static Map<String, String> settings(Xpp3Dom configuration) {
    Map<String, String> settings = new TreeMap<>();
    for (Xpp3Dom child : configuration.getChildren()) {
      if (child.getName().equals("placeholders")) {
        for (Xpp3Dom one : child.getChildren()) {
          settings.put("placeholders." + one.getName(), value(one));
        }
      } else if (child.getName().equals("pluginConfiguration")) {
        settings.putAll(settings(child));
      } else if (child.getChildCount() > 0) {
        settings.put(
            child.getName(),
            String.join(
                ",", Arrays.stream(child.getChildren()).map(FlywayOfProject::value).toList()));
      } else {
        settings.put(child.getName(), value(child));
      }
    }
    return settings;
  }

  private static String value(Xpp3Dom element) {
    return element.getValue() == null ? "" : element.getValue().strip();
  }

  private static Map<String, String> text(Properties properties) {
    Map<String, String> text = new TreeMap<>();
    for (String name : properties.stringPropertyNames()) {
      text.put(name, properties.getProperty(name));
    }
    return text;
  }
}
