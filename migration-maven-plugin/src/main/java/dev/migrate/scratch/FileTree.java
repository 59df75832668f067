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

/** Recursive operations on folders: copy, delete, change of owner. */
final class FileTree {
  /** With the pauses between, more than ten seconds. */
  private static final int MOST_ATTEMPTS = 2_000;

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
   * of a JVM that has just started, and shares the blocks where the file system can. It works in
   * the copy, so that one that outlives its killed JVM makes no new folder after the old one was
   * swept.
   *
   * @param to the copy, which does not exist yet
   */
  static void copy(Path from, Path to) throws IOException {
    if (Platform.isWindows()) {
      copyHere(from, to);
      return;
    }
    Disk.createFolder(to, Disk.ownerFolder());
    List<String> cp = List.of("cp", "-R", from.toAbsolutePath() + "/.", ".");
    Disk.byProgram(
        to,
        () -> {
          SystemCommand.Result result = SystemCommand.run(to, cp);
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
   * write there for a moment, which is waited for; what is written for longer stays until the next
   * time.
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
      boolean gone = false;
      for (int attempt = 1; !gone && attempt <= MOST_ATTEMPTS; attempt++) {
        try {
          Disk.deleteTree(orphan);
          gone = true;
        } catch (DirectoryNotEmptyException stillWritten) {
          Postmaster.pause();
        }
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
