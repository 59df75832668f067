package dev.migrate.scratch;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import dev.migrate.files.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;

/** Whole folders: copied, swept, given to somebody. */
final class FileTree {
  private FileTree() {}

  /**
   * Creates a folder, and those above it, that only its owner may enter.
   *
   * @return the folder
   */
  static Path privateFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Disk.createFolders(folder.toAbsolutePath().getParent());
    return Disk.createFolders(folder, Disk.ownerFolder());
  }

  /**
   * Copies a folder. A cluster is a thousand small files, for which {@code cp} needs half the time
   * of a JVM that has just started, and shares the blocks where the file system can.
   *
   * @param to the copy, which does not exist yet
   */
  static void copy(Path from, Path to) throws IOException {
    if (Platform.isWindows()) {
      copyHere(from, to);
      return;
    }
    List<String> cp =
        List.of("cp", "-R", from.toAbsolutePath().toString(), to.toAbsolutePath().toString());
    Disk.byProgram(
        to,
        () -> {
          Command.Result result = Command.run(to.toAbsolutePath().getParent(), cp);
          if (!result.ok()) {
            throw new IOException(result.output());
          }
        });
  }

  static void copyHere(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Disk.createFolder(to.resolve(from.relativize(folder).toString()), Disk.ownerFolder());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Disk.copy(file, to.resolve(from.relativize(file).toString()), COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * Deletes folders that a killed process left unfinished. A program that it had started may still
   * write there for a moment; then the rest stays until the next time.
   *
   * @param parent where they are
   * @param prefix how their names begin
   */
  static void sweep(Path parent, String prefix) throws IOException {
    List<Path> orphans;
    try (var children = Files.list(parent)) {
      orphans = children.filter(path -> path.getFileName().toString().startsWith(prefix)).toList();
    }
    for (Path orphan : orphans) {
      try {
        Disk.deleteTree(orphan);
      } catch (DirectoryNotEmptyException stillWritten) {
        continue;
      }
    }
  }

  /** Gives every file of a folder, and the folder, to a numbered user. */
  static void chown(Path folder, int uid, int gid) throws IOException {
    Consumer<Path> give =
        path -> {
          try {
            Disk.give(path, uid, gid);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    try (var paths = Files.walk(folder)) {
      paths.forEach(give);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
