package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;

/**
 * Recursive listing of a folder of scripts. It lists the files below it, through links as Flyway
 * does, except hidden ones and those in hidden folders. What it cannot look into may hold a
 * revision, so that is an error and never passed over.
 */
final class FolderWalk extends SimpleFileVisitor<Path> {
  private final Path folder;
  private final Function<Path, String> display;
  private final List<Path> files = new ArrayList<>();

  private FolderWalk(Path folder, Function<Path, String> display) {
    this.folder = folder;
    this.display = display;
  }

  /**
   * @param folder where to look; it may be a link itself
   * @param display how messages name a path
   * @return the files, sorted by path
   * @throws MigrateException {@code FILE_ACCESS} that names the folder, the file or the link that
   *     cannot be followed
   */
  static List<Path> files(Path folder, Function<Path, String> display) {
    FolderWalk walk = new FolderWalk(folder, display);
    try {
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + display.apply(folder), e);
    }
    walk.files.sort(Comparator.naturalOrder());
    return walk.files;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    return !directory.equals(folder) && isHidden(directory)
        ? FileVisitResult.SKIP_SUBTREE
        : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    if (isHidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (attributes.isSymbolicLink()) {
      throw unusable(
          "%s is a link to %s, which does not exist, so it is not known what lies behind it."
              .formatted(display.apply(file), Files.readSymbolicLink(file)),
          "Bring back what it leads to (a submodule that is not checked out, a volume that is not"
              + " mounted), or remove the link.",
          null);
    }
    if (!attributes.isRegularFile()
        && ScriptConventions.FLYWAY.hasSuffix(file.getFileName().toString())) {
      throw unusable(
          "%s is named like a script and is no file.".formatted(display.apply(file)),
          "Remove it, or put a file in its place.",
          null);
    }
    if (attributes.isRegularFile()) {
      files.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  /** The hidden files of another writer come and go while we look. */
  @Override
  public FileVisitResult visitFileFailed(Path path, IOException failure) {
    if (isHidden(path) && !path.equals(folder)) {
      return FileVisitResult.CONTINUE;
    }
    if (failure instanceof FileSystemLoopException) {
      throw unusable(
          "The link %s leads back to a folder that it lies in, so there is no end of what lies"
                  .formatted(display.apply(path))
              + " behind it.",
          "Remove the link, or let it lead elsewhere.",
          failure);
    }
    throw FileFailures.cannotRead(
        (failure instanceof NoSuchFileException ? "" : "The folder ") + display.apply(path),
        failure);
  }

  private static MigrateException unusable(String problem, String remedy, IOException cause) {
    return new MigrateException(FailureCode.FILE_ACCESS, problem, remedy, cause);
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
