package dev.migrate.script;

import dev.migrate.files.Disk;
import dev.migrate.files.OpenFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Several files that appear together or not at all: each is written beside its place under a hidden
 * name and synced, and only when all are there do they get their names. What has not got its name
 * when this is closed is removed.
 */
final class AtomicFiles implements AutoCloseable {
  private final List<Pending> pending = new ArrayList<>();

  private record Pending(Path temporary, Path target) {}

  /**
   * Writes a file under its hidden name.
   *
   * @return false if that hidden name is there already
   */
  boolean stage(Path temporary, Path target, byte[] content) throws IOException {
    Disk.createFolders(temporary.getParent());
    try {
      Disk.createFile(temporary);
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
    pending.add(new Pending(temporary, target));
    try (OpenFile open = Disk.openExisting(temporary)) {
      open.write(content);
      open.sync();
    }
    return true;
  }

  /** Gives all of them their names, the last one first; when one cannot have it, none keeps its. */
  void publish() throws IOException {
    List<Path> published = new ArrayList<>();
    try {
      for (int i = pending.size() - 1; i >= 0; i--) {
        Pending file = pending.get(i);
        if (Files.exists(file.target())) {
          throw new FileAlreadyExistsException(file.target().toString());
        }
        Disk.move(file.temporary(), file.target());
        published.add(file.target());
      }
      pending.clear();
    } catch (IOException e) {
      for (Path path : published) {
        try {
          Disk.deleteIfThere(path);
        } catch (IOException other) {
          e.addSuppressed(other);
        }
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Pending file : pending) {
      Disk.deleteIfThere(file.temporary());
    }
  }
}
