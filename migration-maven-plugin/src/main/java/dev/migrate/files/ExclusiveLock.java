package dev.migrate.files;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A mutual-exclusion lock over threads and processes, on a lock file.
 *
 * <p>File locks belong to the whole process, and closing any channel of a file drops them all. So
 * threads of one JVM must queue before they open the file, and they may come from class loaders
 * that share no static field (Maven makes a realm per plugin and build). What they do share is the
 * table of interned strings: the monitor is the interned name of the lock file.
 */
public final class ExclusiveLock {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 15;

  private final Path file;

  /**
   * @param file the lock file, in a folder that exists; it is created and never deleted
   */
  public ExclusiveLock(Path file) {
    this.file = file;
  }

  /**
   * Does something while nobody else holds this lock.
   *
   * @param <T> what comes of it
   * @param action what to do
   * @return what came of it
   * @throws MigrateException when another process keeps the lock for minutes, or the file system
   *     cannot lock
   */
  public <T> T hold(Supplier<T> action) {
    try {
      Path folder = file.toAbsolutePath().getParent().toRealPath();
      String monitor = ExclusiveLock.class.getName() + ":" + folder.resolve(file.getFileName());
      synchronized (monitor.intern()) {
        try (OpenFile open = Disk.open(file);
            FileLock lock = waitFor(open)) {
          if (!lock.isValid()) {
            throw new IOException("lock lost");
          }
          return action.get();
        }
      }
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "Cannot lock %s: %s.".formatted(file, e),
          "Make sure that the folder exists, that you may write to it and that the disk is not"
              + " full.",
          e);
    }
  }

  private FileLock waitFor(OpenFile open) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      FileLock lock = open.tryLock();
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() > end) {
        throw new MigrateException(
            FailureCode.LOCKED,
            "Another process has held " + file + " for " + PATIENCE.toMinutes() + " minutes.",
            "Look for a Maven process that is stopped or hangs, and end it.");
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MigrateException(
            FailureCode.LOCKED,
            "Interrupted while waiting for " + file + ".",
            "Run the goal again; nothing is lost.",
            e);
      }
    }
  }
}
