package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * Shows Flyway exactly the revisions it is to know, and everything else in the folders
 * (repeatables, callbacks, script configurations) as it is.
 *
 * @param folders where the scripts are
 * @param shown the upgrade scripts that Flyway may see; other files named V… and B… stay hidden
 * @param nonTransactional those of them whose header says {@code transaction: none}
 * @param repeatables whether files named R… are shown
 */
public record FlywayResources(
    List<Path> folders, Set<Path> shown, Set<Path> nonTransactional, boolean repeatables)
    implements ResourceProvider {
  /** Copies what it is given. */
  public FlywayResources {
    folders = List.copyOf(folders);
    shown = Set.copyOf(shown);
    nonTransactional = Set.copyOf(nonTransactional);
  }

  /**
   * @param folders where the scripts are
   * @param revisions the revisions that Flyway may see
   * @param repeatables whether it may see repeatable migrations
   * @return these
   */
  public static FlywayResources showing(
      List<Path> folders, List<RevisionFile> revisions, boolean repeatables) {
    List<Script> scripts = revisions.stream().map(RevisionFile::upgrade).toList();
    return new FlywayResources(
        folders,
        scripts.stream().map(Script::path).collect(Collectors.toSet()),
        scripts.stream()
            .filter(script -> !script.transactional())
            .map(Script::path)
            .collect(Collectors.toSet()),
        repeatables);
  }

  @Override
  public LoadableResource getResource(String name) {
    for (Path folder : folders) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return new FileResource(folder, file);
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
    List<LoadableResource> found = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> isNamed(file.getFileName().toString(), prefix, suffixes))
            .filter(file -> shown.contains(file) || !isHidden(file))
            .forEach(file -> found.add(new FileResource(folder, file)));
      } catch (IOException e) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "The folder %s cannot be read: %s.".formatted(folder, e.getMessage()),
            "Check that it exists and that you may read it.",
            e);
      }
    }
    return found;
  }

  private static boolean isNamed(String name, String prefix, String[] suffixes) {
    return name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith);
  }

  private boolean isHidden(Path file) {
    String name = file.getFileName().toString();
    return name.matches("[VB][0-9].*") || (!repeatables && name.startsWith("R__"));
  }

  /**
   * A script on disk, read as UTF-8, once: what runs is what its checksum was made of, even when
   * somebody saves the file between the two.
   */
  public static final class FileResource extends LoadableResource {
    private final Path folder;
    private final Path file;
    private String text;

    /**
     * @param folder the folder that names are relative to
     * @param file a script in it
     */
    public FileResource(Path folder, Path file) {
      this.folder = folder;
      this.file = file;
    }

    @Override
    public Reader read() {
      if (text == null) {
        text = text();
      }
      return new StringReader(text);
    }

    private String text() {
      try {
        String read = Files.readString(file, StandardCharsets.UTF_8);
        return read.startsWith("\uFEFF") ? read.substring(1) : read;
      } catch (IOException e) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "The file %s cannot be read: %s.".formatted(file, e.getMessage()),
            "Check that it is UTF-8 text and that you may read it.",
            e);
      }
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
