package dev.migrate.adopt;

import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.MigrateException;
import dev.migrate.script.FlywayConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads Flyway's configuration files of a project: {@code flyway.conf} and {@code flyway.toml} in
 * the project, in the home of whoever runs the build or where somebody names them, and {@code
 * FLYWAY_…} environment variables.
 */
public final class FlywayFiles {
  private static final String CONF = "flyway.conf";
  private static final String TOML = "flyway.toml";
  private static final String OF_USER = "flyway.user.toml";
  private static final String PREFIX = "flyway.";
  private static final String ENVIRONMENT = "flyway_environment";

  private final Path root;
  private final List<Path> resources;
  private final FlywayEnvironment around;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param root the project's directory
   * @param resources the folders whose files go into the application
   * @param around where the goal runs
   */
  public FlywayFiles(Path root, List<Path> resources, FlywayEnvironment around) {
    this.root = root;
    this.resources = List.copyOf(resources);
    this.around = around;
  }

  /**
   * @return what was found and not taken, after the others were asked
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * @return what variables such as {@code FLYWAY_TABLE} say; empty when there are none
   */
  public Optional<FlywaySource> variables() {
    FlywaySource source =
        FlywaySource.of("the environment (FLYWAY_…)", Side.TOOLS, PREFIX, ofVariables());
    return Optional.of(source).filter(one -> !one.settings().isEmpty());
  }

  private Map<String, String> ofVariables() {
    return FlywayConfiguration.ofVariables(around.variables());
  }

  /**
   * @return the files that {@code FLYWAY_CONFIG_FILES} names
   */
  public List<String> namedByVariable() {
    return FlywaySettings.items(ofVariables().getOrDefault("flyway.configFiles", ""));
  }

  /**
   * @param named the files that the build names
   * @return those of them that are properties, the one that wins first: the last
   * @throws MigrateException {@code FILE_ACCESS} when one cannot be read
   */
  public List<FlywaySource> named(List<String> named) {
    List<String> last = new ArrayList<>(named);
    Collections.reverse(last);
    return last.stream()
        .map(name -> file(root.resolve(name)))
        .filter(file -> !file.isToml())
        .map(FlywayFiles::ofConf)
        .toList();
  }

  /**
   * @return Flyway's usual files of properties, as far as they are there, the one that wins first
   * @throws MigrateException {@code FILE_ACCESS} when one cannot be read
   */
  public List<FlywaySource> usual() {
    return folders()
        .map(folder -> file(folder.resolve(CONF)))
        .filter(SettingsFile::isThere)
        .map(FlywayFiles::ofConf)
        .toList();
  }

  /**
   * @param named the files that the build names; when none of them is TOML, Flyway's usual ones
   * @param chosen the environment that the command line chooses; or null
   * @return what Flyway's command line reads in TOML, the place that wins first
   * @throws MigrateException {@code FILE_ACCESS} when one cannot be read, {@code INVALID_PARAMETER}
   *     when one is no TOML, or nobody says which of its environments is meant
   */
  public List<FlywaySource> inToml(List<String> named, String chosen) {
    List<SettingsFile> files =
        new ArrayList<>(
            named.stream()
                .map(name -> file(root.resolve(name)))
                .filter(SettingsFile::isToml)
                .toList());
    Collections.reverse(files);
    if (files.isEmpty()) {
      folders()
          .flatMap(folder -> Stream.of(folder.resolve(OF_USER), folder.resolve(TOML)))
          .map(this::file)
          .filter(SettingsFile::isThere)
          .forEach(files::add);
    }
    String ofVariable =
        around.variables().getOrDefault(ENVIRONMENT, around.variables().get("FLYWAY_ENVIRONMENT"));
    FlywayToml toml =
        new FlywayToml(files, chosen == null ? ofVariable : chosen, around.variables());
    List<FlywaySource> sources = toml.sources();
    notes.addAll(toml.notes());
    return sources;
  }

  /** What lies in the project comes before what a person has at home. */
  private Stream<Path> folders() {
    return Stream.of(
            Stream.of(root, root.resolve("conf")), resources.stream(), Stream.of(around.home()))
        .flatMap(places -> places)
        .map(folder -> folder.toAbsolutePath().normalize())
        .distinct();
  }

  private SettingsFile file(Path path) {
    return new SettingsFile(path, root, around.home());
  }

  private static FlywaySource ofConf(SettingsFile file) {
    return FlywaySource.of(
        file.toString(), Side.BUILD, PREFIX, FlywayConfiguration.ofConf(file.text()));
  }
}
