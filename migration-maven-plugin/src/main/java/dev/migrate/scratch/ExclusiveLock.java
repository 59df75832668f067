package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One at a time, over threads and processes.
 *
 * <p>File locks belong to the whole process, and closing any channel of a file drops them all. So
 * threads of one JVM must queue before they open the file, and they may come from class loaders
 * that share no static field (Maven makes a realm per plugin and build). What they do share is the
 * table of interned strings: the monitor is the interned name of the lock file.
 */
final class ExclusiveLock {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 15;

  private final Path file;

  /**
   * @param file the lock file, in a folder that exists; it is created and never deleted
   */
  ExclusiveLock(Path file) {
    this.file = file;
  }

  /**
   * Does something while nobody else holds this lock.
   *
   * @throws MigrateException when another process keeps the lock for minutes, or the file system
   *     cannot lock
   */
  <T> T hold(Supplier<T> action) {
    try {
      Path folder = file.toAbsolutePath().getParent().toRealPath();
      String monitor = ExclusiveLock.class.getName() + ":" + folder.resolve(file.getFileName());
      synchronized (monitor.intern()) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = waitFor(channel)) {
          if (!lock.isValid()) {
            throw new IOException("lock lost");
          }
          return action.get();
        }
      }
    } catch (IOException e) {
      throw Failure.file("lock", file, e);
    }
  }

  private FileLock waitFor(FileChannel channel) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      FileLock lock = channel.tryLock();
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
        throw Failure.interrupted("waiting for " + file);
      }
    }
  }
}
