package dev.migrate.scratch;

import dev.migrate.files.Disk;
import dev.migrate.files.ExclusiveLock;
import dev.migrate.files.OpenFile;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Reference count of the processes that use a server: a file for each, locked as long as its
 * process lives, so that whoever was killed counts no more. To be called under the server's {@link
 * ExclusiveLock}.
 *
 * <p>The name of a file, {@code PID-STARTTIME-RANDOM}, tells a shell script the same, more or less.
 */
final class ServerUsers {
  private static final String ME = ProcessHandle.current().pid() + "-" + startTime() + "-";

  private final Path folder;

  ServerUsers(Path folder) {
    this.folder = folder;
  }

  /** One user; closing it ends the use. */
  static final class Registration implements AutoCloseable {
    private final Path file;
    private final OpenFile open;
    private final FileLock lock;

    private Registration(Path file, OpenFile open, FileLock lock) {
      this.file = file;
      this.open = open;
      this.lock = lock;
    }

    @Override
    public void close() {
      try {
        Disk.deleteIfThere(file);
        if (lock.isValid()) {
          lock.release();
        }
        open.close();
      } catch (IOException e) {
        throw ScratchFailure.file("delete", file, e);
      }
    }
  }

  Registration register() {
    Path file = folder.resolve(ME + UUID.randomUUID());
    try {
      FileTree.privateFolder(folder);
      OpenFile open = Disk.openExisting(Disk.createFile(file));
      FileLock lock = open.tryLock();
      if (lock == null) {
        throw new IOException("somebody else has locked it");
      }
      return new Registration(file, open, lock);
    } catch (IOException e) {
      throw ScratchFailure.file("register as a user of the server in", file, e);
    }
  }

  /** Counts the living and forgets the dead. */
  int count() {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      int living = 0;
      for (Path file : all) {
        if (lives(file)) {
          living++;
        }
      }
      return living;
    } catch (IOException e) {
      throw ScratchFailure.file("read", folder, e);
    }
  }

  /**
   * A file of this very process is not opened: closing it would drop the lock of whoever holds it
   * here, perhaps in another class loader.
   */
  private static boolean lives(Path file) throws IOException {
    if (file.getFileName().toString().startsWith(ME)) {
      return true;
    }
    try (OpenFile open = Disk.openExisting(file);
        FileLock lock = open.tryLock()) {
      if (lock == null) {
        return true;
      }
    }
    Disk.deleteIfThere(file);
    return false;
  }

  /** The kernel's idea of when this process began (field 22 of proc(5) stat), 0 elsewhere. */
  private static String startTime() {
    try {
      String stat = Files.readString(Path.of("/proc/self/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    } catch (IOException noProc) {
      return "0";
    }
  }
}
