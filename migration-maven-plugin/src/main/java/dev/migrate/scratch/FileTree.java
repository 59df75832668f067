package dev.migrate.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/** Whole folders: copied, deleted, given to somebody. */
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
    Files.createDirectories(folder.toAbsolutePath().getParent());
    return Files.createDirectories(folder, ownerOnly(folder));
  }

  /** How to create a folder that only its owner may enter. */
  static FileAttribute<?>[] ownerOnly(Path where) {
    return attributes(where, "rwx------");
  }

  /** How to create a file that only its owner may read. */
  static FileAttribute<?>[] ownerFile(Path where) {
    return attributes(where, "rw-------");
  }

  private static FileAttribute<?>[] attributes(Path where, String permissions) {
    return where.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Copies a cluster: about a thousand small files, so that creating them is what takes the time.
   * Permissions are those of a fresh cluster, only for the owner.
   */
  static void copy(Path from, Path to) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectory(to.resolve(from.relativize(folder).toString()), ownerOnly(to));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    FileAttribute<?>[] mode = ownerFile(to);
    try {
      files.parallelStream()
          .forEach(file -> copyFile(file, to.resolve(from.relativize(file).toString()), mode));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void copyFile(Path from, Path to, FileAttribute<?>[] mode) {
    try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel out =
            FileChannel.open(
                to, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
      long size = in.size();
      for (long done = 0; done < size; ) {
        done += in.transferTo(done, size - done, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with all it holds; one that vanishes meanwhile is fine. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Gives every file of a folder, and the folder, to a numbered user. */
  static void chown(Path folder, int uid, int gid) throws IOException {
    Consumer<Path> give =
        path -> {
          try {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
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
