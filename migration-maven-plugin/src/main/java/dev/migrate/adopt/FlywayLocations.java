package dev.migrate.adopt;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Converts Flyway's {@code locations} ({@code classpath:db/migration}, {@code filesystem:…}) into
 * folders of a Maven project.
 */
public final class FlywayLocations {
  private static final String CLASSPATH = "classpath:";
  private static final String FILESYSTEM = "filesystem:";

  private final Path root;
  private final List<Path> resources;

  /**
   * @param root the project's directory
   * @param resources the folders whose files go on its class path
   */
  public FlywayLocations(Path root, List<Path> resources) {
    this.root = root.toAbsolutePath().normalize();
    this.resources =
        resources.stream().map(folder -> this.root.resolve(folder).normalize()).toList();
  }

  /**
   * @param folders those that are there, from the project's directory
   * @param notes what is not there, and makes no difference
   */
  public record Found(List<String> folders, List<String> notes) {
    /** Copies what it is given. */
    public Found {
      folders = List.copyOf(folders);
      notes = List.copyOf(notes);
    }
  }

  /**
   * @param settings how Flyway is configured
   * @return where its scripts lie; no folder when nobody has named one and the usual one is not
   *     there
   * @throws MigrateException {@code INVALID_PARAMETER} when a location is no folder of this project
   */
  public Found of(FlywaySettings settings) {
    boolean said = settings.value("locations").isPresent();
    Set<String> folders = new LinkedHashSet<>();
    List<String> notes = new ArrayList<>();
    for (String location : settings.locations()) {
      List<Path> found = folders(location);
      if (found.isEmpty() && said) {
        if (location.startsWith(FILESYSTEM)) {
          notes.add("the location %s: there is no such folder".formatted(location));
        } else {
          throw elsewhere(location, settings.origin("locations"));
        }
      }
      found.forEach(folder -> folders.add(display(folder)));
    }
    if (folders.isEmpty() && said) {
      throw refused(
          "None of Flyway's locations (%s, %s) is a folder of this project."
              .formatted(String.join(", ", settings.locations()), settings.origin("locations")),
          "Correct them, or name the folder of the scripts with -Dmigrate.directory=….");
    }
    return new Found(List.copyOf(folders), notes);
  }

  private List<Path> folders(String location) {
    if (location.contains("*") || location.contains("?")) {
      throw refused(
          "Flyway's location %s is a pattern, and folders are named one by one here."
              .formatted(location),
          "Name them with -Dmigrate.directory=…, with commas between.");
    }
    if (location.startsWith(FILESYSTEM)) {
      Path folder = root.resolve(location.substring(FILESYSTEM.length())).normalize();
      return Files.isDirectory(folder) ? List.of(folder) : List.of();
    }
    String path =
        location.startsWith(CLASSPATH) ? location.substring(CLASSPATH.length()) : location;
    if (path.matches("[a-z0-9]{2,}:.*")) {
      throw refused(
          "Flyway's location %s is no folder of this project.".formatted(location),
          "Keep the scripts in the project, and name their folder with -Dmigrate.directory=….");
    }
    String inside = path.startsWith("/") ? path.substring(1) : path;
    return resources.stream()
        .map(folder -> folder.resolve(inside).normalize())
        .filter(Files::isDirectory)
        .toList();
  }

  private MigrateException elsewhere(String location, String origin) {
    return refused(
        "Flyway's location %s (%s) is in none of the project's resources (%s): it lies on the class path of a dependency, or of nothing. Nothing was written."
            .formatted(
                location,
                origin,
                String.join(", ", resources.stream().map(this::display).toList())),
        "Unpack what the dependency brings into a folder of this project and name all folders with"
            + " -Dmigrate.directory=…, or correct the location.");
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_PARAMETER, problem, remedy);
  }

  private String display(Path folder) {
    return root.relativize(folder).toString().replace('\\', '/');
  }
}
