package dev.migrate.script;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Flyway resource provider that shows Flyway exactly the scripts it is to know, and everything else
 * that was found in the folders (callbacks, script configurations) as it is. It never looks into a
 * folder itself: what Flyway sees is the very list from which the plan was made.
 *
 * @param folders where the scripts are
 * @param found the files that were found there
 * @param shown the migrations among them that Flyway may see; others stay hidden
 * @param nonTransactional those whose header says {@code transaction: none}
 * @param conventions how they are named and written
 */
public record FlywayResources(
    List<Path> folders,
    Set<Path> found,
    Set<Path> shown,
    Set<Path> nonTransactional,
    ScriptConventions conventions)
    implements ResourceProvider {
  /** Copies what it is given. */
  public FlywayResources {
    folders = List.copyOf(folders);
    found = Collections.unmodifiableSet(new LinkedHashSet<>(found));
    shown = Set.copyOf(shown);
    nonTransactional = Set.copyOf(nonTransactional);
  }

  /**
   * @param files what was found in the folders
   * @param revisions the revisions that Flyway may see
   * @param repeatables whether it may see the repeatable migrations
   * @return these
   */
  public static FlywayResources showing(
      RevisionFiles files, List<RevisionFile> revisions, boolean repeatables) {
    List<Script> scripts = new ArrayList<>();
    revisions.forEach(revision -> scripts.add(revision.upgrade()));
    if (repeatables) {
      scripts.addAll(files.repeatables());
    }
    return new FlywayResources(
        files.folders().upgrades(),
        new LinkedHashSet<>(files.found()),
        scripts.stream().map(Script::path).collect(Collectors.toSet()),
        nonTransactional(scripts),
        files.folders().conventions());
  }

  /**
   * @param script any script
   * @return it alone, with the configuration that lies beside it
   */
  static FlywayResources of(Script script) {
    Set<Path> found = new LinkedHashSet<>(List.of(script.path()));
    Path configuration = ScriptConfiguration.of(script.path());
    if (Files.isRegularFile(configuration)) {
      found.add(configuration);
    }
    return new FlywayResources(
        List.of(script.path().getParent()),
        found,
        Set.of(script.path()),
        nonTransactional(List.of(script)),
        script.conventions());
  }

  private static Set<Path> nonTransactional(List<Script> scripts) {
    return scripts.stream()
        .filter(script -> !script.transactional())
        .map(Script::path)
        .collect(Collectors.toSet());
  }

  @Override
  public LoadableResource getResource(String name) {
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (found.contains(file)) {
        return new FileResource(folder, file, conventions.encoding());
      }
      if (name.endsWith(".conf") && nonTransactional.contains(script(folder, name))) {
        return new Text(name, "executeInTransaction=false");
      }
    }
    return null;
  }

  private static Path script(Path folder, String configuration) {
    return folder.resolve(configuration.substring(0, configuration.length() - ".conf".length()));
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    List<LoadableResource> resources = new ArrayList<>();
    for (Path file : found) {
      String name = file.getFileName().toString();
      if (isNamed(name, prefix, suffixes)
          && (shown.contains(file) || conventions.isCallback(name))) {
        resources.add(new FileResource(folderOf(file), file, conventions.encoding()));
      }
    }
    return resources;
  }

  private Path folderOf(Path file) {
    return folders.stream().filter(file::startsWith).findFirst().orElse(file.getParent());
  }

  /** As Flyway itself compares: the prefix exactly, the suffix in whatever capitals. */
  private static boolean isNamed(String name, String prefix, String[] suffixes) {
    return name.startsWith(prefix)
        && Stream.of(suffixes)
            .anyMatch(
                suffix ->
                    name.length() > prefix.length() + suffix.length()
                        && name.regionMatches(
                            true, name.length() - suffix.length(), suffix, 0, suffix.length()));
  }

  /**
   * A script on disk, read once: what runs is what its checksum was made of, even when somebody
   * saves the file between the two.
   */
  public static final class FileResource extends LoadableResource {
    private final Path folder;
    private final Path file;
    private final Charset encoding;
    private String text;

    /**
     * @param folder the folder that names are relative to
     * @param file a script in it
     * @param encoding its alphabet
     */
    public FileResource(Path folder, Path file, Charset encoding) {
      this.folder = folder;
      this.file = file;
      this.encoding = encoding;
    }

    @Override
    public Reader read() {
      if (text == null) {
        text = text();
      }
      return new StringReader(text);
    }

    private String text() {
      return ScriptText.read(file, getRelativePath(), encoding).text();
    }

    @Override
    public String getAbsolutePath() {
      return file.toAbsolutePath().toString();
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return getAbsolutePath();
    }

    @Override
    public String getFilename() {
      return file.getFileName().toString();
    }

    @Override
    public String getRelativePath() {
      return folder.relativize(file).toString().replace('\\', '/');
    }
  }

  /** A script configuration that stands in the script's own header. */
  private static final class Text extends LoadableResource {
    private final String name;
    private final String text;

    Text(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
