package dev.migrate.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A process that ends, or a disk that refuses, at one operation on the files below a folder. After
 * the end nothing below that folder changes any more, whatever is still being cleaned up.
 */
public final class LastOperation implements DiskListener {
  private static final Set<DiskOperation.Deed> NEEDS_SPACE =
      Set.of(
          DiskOperation.Deed.CREATE,
          DiskOperation.Deed.WRITE,
          DiskOperation.Deed.SYNC,
          DiskOperation.Deed.COPY,
          DiskOperation.Deed.LINK,
          DiskOperation.Deed.CREATE_FOLDER,
          DiskOperation.Deed.PROGRAM);

  private final Path root;
  private final int number;
  private final Moment moment;
  private final List<String> operations = new ArrayList<>();
  private boolean ended;
  private boolean halts;

  /** When it happens. */
  public enum Moment {
    /** The process ends before the operation. */
    BEFORE,
    /** The process ends when half of the bytes are written. */
    HALF,
    /** The process ends after the operation. */
    AFTER,
    /** From the operation on there is no space. */
    FULL,
    /** From the operation on nothing can be changed at all. */
    READ_ONLY,
    /** Nothing happens. */
    NEVER
  }

  /** The end of a process. Nothing catches it. */
  public static final class Ended extends Error {
    private static final long serialVersionUID = 1L;

    Ended(String where) {
      super(where);
    }
  }

  private LastOperation(Path root, int number, Moment moment) {
    this.root = root;
    this.number = number;
    this.moment = moment;
    Disk.watch(this);
  }

  /**
   * Runs something undisturbed.
   *
   * @return the operations below the folder
   */
  public static List<String> countedIn(Path root, Runnable work) {
    LastOperation counting = new LastOperation(root, 0, Moment.NEVER);
    ProcessIdentity.signAsAnother();
    try {
      work.run();
      return List.copyOf(counting.operations);
    } finally {
      counting.restart();
    }
  }

  /**
   * Runs something until its moment has come.
   *
   * @param root the folder
   * @param number at which operation below it, from 1
   * @param moment when
   * @param work what
   * @return why it ended; null when it came to its end
   */
  public static Throwable of(Path root, int number, Moment moment, Runnable work) {
    LastOperation last = new LastOperation(root, number, moment);
    ProcessIdentity.signAsAnother();
    try {
      work.run();
      return null;
    } catch (RuntimeException e) {
      // What other threads make of the end does not matter: it is one.
      return last.hasEnded() ? new Ended(e.toString()) : e;
    } catch (Ended e) {
      return e;
    } finally {
      last.restart();
    }
  }

  /** Lets the whole JVM halt at that operation, as SIGKILL would. */
  public static void haltAt(Path root, int number, Moment moment) {
    new LastOperation(root, number, moment).halts = true;
  }

  @Override
  public synchronized int before(DiskOperation operation, int bytes) throws IOException {
    if (!operation.path().startsWith(root)) {
      return bytes;
    }
    if (ended) {
      throw new Ended("after the end: " + operation);
    }
    operations.add(operation.deed() + " " + root.relativize(operation.path()));
    int now = operations.size();
    if (moment == Moment.FULL && now >= number && NEEDS_SPACE.contains(operation.deed())) {
      throw new FileSystemException(operation.path().toString(), null, "No space left on device");
    }
    if (moment == Moment.READ_ONLY && now >= number) {
      throw new FileSystemException(operation.path().toString(), null, "Read-only file system");
    }
    if (now == number && moment == Moment.BEFORE) {
      throw end(operation);
    }
    return now == number && moment == Moment.HALF ? bytes / 2 : bytes;
  }

  @Override
  public synchronized void after(DiskOperation operation) {
    boolean here = operation.path().startsWith(root) && operations.size() == number;
    if (here && !ended && (moment == Moment.AFTER || moment == Moment.HALF)) {
      throw end(operation);
    }
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  private Ended end(DiskOperation operation) {
    if (halts) {
      Runtime.getRuntime().halt(137);
    }
    ended = true;
    return new Ended(moment + " " + operation);
  }

  /** From now on everything is as usual, in a process that begins. */
  private void restart() {
    Disk.watch(DiskListener.NONE);
    ProcessIdentity.signAsItself();
  }
}
