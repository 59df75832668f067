package dev.migrate.script;

import dev.migrate.files.Journal;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The folders of the migration scripts of a project. All folders are searched with their
 * sub-folders; new files go to the first of each kind.
 *
 * @param root the project's directory, which messages leave out of paths
 * @param upgrades the folders of the upgrade scripts, at least one
 * @param downgrades the folders of the downgrade scripts, at least one
 * @param conventions how the scripts are named and written
 */
public record RevisionFolders(
    Path root, List<Path> upgrades, List<Path> downgrades, ScriptConventions conventions) {
  /** Copies what it is given and makes relative paths absolute, from the root. */
  public RevisionFolders {
    Path base = root.toAbsolutePath().normalize();
    root = base;
    upgrades = absolute(base, upgrades);
    downgrades = absolute(base, downgrades);
    if (upgrades.isEmpty() || downgrades.isEmpty()) {
      throw new IllegalArgumentException("at least one folder of each kind is needed");
    }
    Objects.requireNonNull(conventions, "conventions");
  }

  /**
   * Folders of scripts with Flyway's usual names.
   *
   * @param root the project's directory
   * @param upgrades the folders of the upgrade scripts
   * @param downgrades the folders of the downgrade scripts
   */
  public RevisionFolders(Path root, List<Path> upgrades, List<Path> downgrades) {
    this(root, upgrades, downgrades, ScriptConventions.FLYWAY);
  }

  private static List<Path> absolute(Path base, List<Path> paths) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path path : paths) {
      found.add(base.resolve(path).normalize());
    }
    return List.copyOf(found);
  }

  /**
   * @param root the project's directory
   * @return the folders that are used when nothing is configured
   */
  public static RevisionFolders of(Path root) {
    return new RevisionFolders(
        root,
        List.of(Path.of("src", "main", "resources", "db", "migration")),
        List.of(Path.of("src", "main", "resources", "db", "undo")));
  }

  /**
   * @param other the folder of another project
   * @return the folders that are used there when nothing is configured, with scripts named as here
   */
  public RevisionFolders at(Path other) {
    RevisionFolders usual = of(other);
    return new RevisionFolders(other, usual.upgrades, usual.downgrades, conventions);
  }

  /**
   * @return where new upgrade scripts go
   */
  public Path upgrade() {
    return upgrades.get(0);
  }

  /**
   * @return where new downgrade scripts go
   */
  public Path downgrade() {
    return downgrades.get(0);
  }

  /**
   * @return how several of these files are changed together
   */
  public Journal journal() {
    return new Journal(root, upgrade());
  }

  /**
   * @param path a file or folder
   * @return how messages name it: from the project's directory where it lies inside
   */
  public String display(Path path) {
    String text = path.toString();
    String separator = root.getFileSystem().getSeparator();
    String inside = root + separator;
    if (text.startsWith(inside) && !text.contains(separator + ".")) {
      return text.substring(inside.length());
    }
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(root) && !absolute.equals(root)
        ? root.relativize(absolute).toString()
        : absolute.toString();
  }
}
