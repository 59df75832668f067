package dev.migrate.script;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
    Files.createDirectories(temporary.getParent());
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      pending.add(new Pending(temporary, target));
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      return true;
    } catch (FileAlreadyExistsException taken) {
      return false;
    }
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
        move(file.temporary(), file.target());
        published.add(file.target());
      }
      pending.clear();
    } catch (IOException e) {
      for (Path path : published) {
        try {
          Files.deleteIfExists(path);
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
      Files.deleteIfExists(file.temporary());
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Both names are in one folder; some network file systems still cannot promise it.
      Files.move(from, to);
    }
  }
}
