package dev.migrate.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * One idempotent step of a journalled change: a file with its content before and after. Can be
 * done, or taken back, any number of times.
 */
record FileStep(Path path, Optional<byte[]> before, Optional<byte[]> after) {

  static FileStep of(FileChange change) throws IOException {
    Path path = change.path();
    if (change instanceof FileChange.Create create) {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(path.toString());
      }
      return new FileStep(path, Optional.empty(), Optional.of(create.content()));
    }
    return new FileStep(
        path,
        content(path),
        change instanceof FileChange.Replace replace
            ? Optional.of(replace.content())
            : Optional.empty());
  }

  void perform() throws IOException {
    give(after);
  }

  void takeBack() throws IOException {
    give(before);
  }

  /** Whether nobody else has changed the file since. */
  boolean fits() throws IOException {
    Optional<byte[]> now = content(path);
    return same(now, before) || same(now, after);
  }

  private void give(Optional<byte[]> wanted) throws IOException {
    if (same(content(path), wanted)) {
      return;
    }
    if (wanted.isPresent()) {
      Disk.createFolders(path.getParent());
      Disk.replace(path, wanted.get());
    } else {
      Disk.deleteIfThere(path);
    }
  }

  private static Optional<byte[]> content(Path path) throws IOException {
    return Files.exists(path) ? Optional.of(Files.readAllBytes(path)) : Optional.empty();
  }

  private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
    return Arrays.equals(one.orElse(null), other.orElse(null));
  }
}
