package dev.migrate.goal;

import dev.migrate.adopt.FlywayFiles;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.adopt.FlywaySource;
import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
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

/** Everything in a Maven build that configures Flyway for a project. */
final class FlywayOfProject {
  private static final String PREFIX = "flyway.";
  private static final String PLUGIN = "org.flywaydb:flyway-maven-plugin";
  private static final String IN_POM = "flyway-maven-plugin in the POM";

  private final Properties given;
  private final MavenProject project;
  private final Path root;

  /**
   * @param given the properties of the command line
   * @param project the project; null when there is none
   * @param root its directory
   */
  FlywayOfProject(Properties given, MavenProject project, Path root) {
    this.given = given;
    this.project = project;
    this.root = root;
  }

  /**
   * @param settings what counts
   * @param notes what was found besides
   */
  record Found(FlywaySettings settings, List<String> notes) {}

  Found find() {
    List<FlywaySource> sources = new ArrayList<>();
    FlywaySource commandLine =
        FlywaySource.of("the command line", Side.COMMAND_LINE, PREFIX, text(given));
    List<Xpp3Dom> configurations = configurations();
    FlywayFiles files = new FlywayFiles(root, resources());
    List<String> named = configFiles(configurations);
    List<String> notes = new ArrayList<>();
    List<String> toml = files.inToml(named);
    if (!toml.isEmpty()) {
      if (commandLine.settings().isEmpty()) {
        throw new MigrateException(
            FailureCode.NOT_SUPPORTED,
            "%s configures Flyway in TOML, which this plugin does not read. Nothing was written."
                .formatted(toml.get(0)),
            "Say what it says of scripts and history on the command line, by Flyway's names:"
                + " -Dflyway.locations=filesystem:… -Dflyway.table=… (whatever it has of those);"
                + " init writes it into the POM.");
      }
      notes.add(toml.get(0) + ": TOML is not read; what the command line says counts");
    }
    sources.add(commandLine);
    sources.addAll(files.ofFlyway(named));
    if (project != null) {
      sources.add(
          FlywaySource.of(
              "the POM's properties", Side.BUILD, PREFIX, text(project.getProperties())));
    }
    configurations.forEach(one -> sources.add(new FlywaySource(IN_POM, Side.BUILD, settings(one))));
    sources.addAll(files.ofApplication());
    notes.addAll(files.notes());
    return new Found(FlywaySettings.of(sources), notes);
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

  /** The plugin's, then those of its executions, which only one of them may contradict. */
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
            Stream.ofNullable((Xpp3Dom) plugin.getConfiguration()), ofExecutions.stream())
        .toList();
  }

  /** Two executions with two histories are two projects to us. */
  private static void refuseSeveralHistories(List<Xpp3Dom> executions) {
    for (String name : List.of("table", "defaultSchema", "locations")) {
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

  private static List<String> configFiles(List<Xpp3Dom> configurations) {
    return configurations.stream()
        .map(one -> one.getChild("configFiles"))
        .filter(one -> one != null)
        .flatMap(one -> Arrays.stream(one.getChildren()))
        .map(Xpp3Dom::getValue)
        .filter(one -> one != null)
        .map(String::strip)
        .toList();
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
