package dev.migrate.files;

import com.google.gson.JsonParseException;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Write-ahead journal that makes a change of several files atomic: they change together or not at
 * all, however the process ends. What is going to be done is written down first, in a hidden file
 * of the folder; then it is done; then that file goes. Whoever finds it later, and its process
 * dead, can finish the change from it, any number of times, and whoever reads the folder knows that
 * it is half. While it is there and its process lives, others wait.
 */
public final class Journal {
  private static final String NAME = ".migrate-unfinished";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long PAUSE_MILLIS = 15;

  private final Path root;
  private final Path folder;
  private final Path file;

  /**
   * @param root the project's directory, which messages leave out of paths
   * @param folder the folder that is worked on, which need not be there yet
   */
  public Journal(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
    this.file = folder.resolve(NAME);
  }

  /**
   * Changes files, all of them or none.
   *
   * @param goal which goal does it, and can be run again to finish it
   * @param changes says what is to be done, asked when nobody else is at work on the folder
   * @throws MigrateException {@code FILE_ACCESS} when a file cannot be written; then nothing has
   *     changed, or the message says how to finish it. {@code UNFINISHED_CHANGE} when an earlier
   *     change was interrupted
   */
  public void change(String goal, Supplier<List<FileChange>> changes) {
    List<Path> created = new ArrayList<>();
    addMissing(folder, created);
    try {
      Disk.createFolders(folder);
      claim(goal);
    } catch (IOException e) {
      throw undone(folder, created, e);
    }
    perform(written(goal, changes, created), created);
  }

  /**
   * Finishes what an earlier run of a goal had begun.
   *
   * @return the files that it has changed; empty when there is nothing to finish
   * @throws MigrateException {@code UNFINISHED_CHANGE} when another goal has to finish it, or a
   *     file was changed since
   */
  public Optional<List<Path>> finish(String goal) {
    Optional<JournalEntry> left = left();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    if (!left.get().goal().equals(goal)) {
      throw unfinished(left.get());
    }
    requireUntouched(left.get());
    perform(left.get(), List.of());
    return Optional.of(left.get().steps().stream().map(FileStep::path).toList());
  }

  /**
   * Waits until nobody changes the folder any more.
   *
   * @throws MigrateException {@code UNFINISHED_CHANGE} when somebody was interrupted at it
   */
  public void requireFinished() {
    left()
        .ifPresent(
            intent -> {
              throw unfinished(intent);
            });
  }

  /**
   * @return whether somebody changes the folder, or was interrupted at it
   */
  public boolean isInUse() {
    return read()
        .filter(intent -> intent.isBegun() || ProcessIdentity.lives(intent.process()))
        .isPresent();
  }

  /** What somebody who lives no more has begun. */
  private Optional<JournalEntry> left() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<JournalEntry> now = read();
      if (now.isEmpty() || !ProcessIdentity.lives(now.get().process())) {
        return now.filter(JournalEntry::isBegun);
      }
      if (System.nanoTime() > end) {
        throw new MigrateException(
            FailureCode.LOCKED,
            "Another run of mvn migrate:%s has been changing %s for %d minutes."
                .formatted(now.get().goal(), display(folder), PATIENCE.toMinutes()),
            "Look for a Maven process that is stopped or hangs, and end it.");
      }
      pause();
    }
  }

  private Optional<JournalEntry> read() {
    try {
      return Files.exists(file)
          ? Optional.of(JournalEntry.parse(Files.readString(file), root))
          : Optional.empty();
    } catch (NoSuchFileException doneMeanwhile) {
      return Optional.empty();
    } catch (JsonParseException | NullPointerException | IllegalArgumentException odd) {
      throw new MigrateException(
          FailureCode.UNFINISHED_CHANGE,
          "%s says that a change of files was interrupted, and cannot be read; somebody has edited it."
              .formatted(display(file)),
          "Bring the scripts to a state that you trust, from Git for one, and delete that file.",
          odd);
    } catch (IOException e) {
      throw FileFailures.cannotRead(display(file), e);
    }
  }

  /** Makes the folder ours: two links to one name cannot be made. */
  private void claim(String goal) throws IOException {
    for (Path abandoned : TemporaryName.abandoned(file)) {
      Disk.deleteIfThere(abandoned);
    }
    Path hidden = TemporaryName.of(file);
    try {
      Disk.write(hidden, new JournalEntry(goal, ProcessIdentity.signature(), List.of()).text(root));
      while (true) {
        requireFinished();
        removeAbandonedClaim();
        try {
          Disk.moveToFree(hidden, file);
          return;
        } catch (FileAlreadyExistsException somebodyWasFaster) {
          pause();
        }
      }
    } finally {
      Disk.deleteIfThere(hidden);
    }
  }

  private void removeAbandonedClaim() throws IOException {
    Optional<JournalEntry> now = read();
    if (now.isPresent() && !now.get().isBegun() && !ProcessIdentity.lives(now.get().process())) {
      Disk.deleteIfThere(file);
    }
  }

  /** Until this is done, nothing has happened. */
  private JournalEntry written(
      String goal, Supplier<List<FileChange>> changes, List<Path> created) {
    try {
      List<FileStep> steps = new ArrayList<>();
      for (FileChange change : changes.get()) {
        addMissing(change.path().getParent(), created);
        steps.add(step(change));
      }
      JournalEntry intent = new JournalEntry(goal, ProcessIdentity.signature(), steps);
      Disk.replace(file, intent.text(root));
      return intent;
    } catch (IOException | RuntimeException e) {
      try {
        Disk.deleteIfThere(file);
      } catch (IOException other) {
        e.addSuppressed(other);
        throw half(goal, file, e);
      }
      throw e instanceof RuntimeException ours ? ours : undone(file, created, (IOException) e);
    }
  }

  private FileStep step(FileChange change) {
    try {
      return FileStep.of(change);
    } catch (IOException e) {
      throw FileFailures.cannotWrite(display(change.path()), e);
    }
  }

  private void perform(JournalEntry intent, List<Path> created) {
    for (FileStep step : intent.steps()) {
      try {
        step.perform();
      } catch (IOException e) {
        throw takenBack(intent, step.path(), created, e);
      }
    }
    try {
      // Should a power failure bring it back, finishing it will find everything done.
      Disk.deleteIfThere(file);
    } catch (IOException e) {
      throw half(intent.goal(), file, e);
    }
  }

  private MigrateException takenBack(
      JournalEntry intent, Path writing, List<Path> created, IOException e) {
    try {
      List<FileStep> backwards = new ArrayList<>(intent.steps());
      Collections.reverse(backwards);
      for (FileStep step : backwards) {
        step.takeBack();
      }
      Disk.deleteIfThere(file);
    } catch (IOException other) {
      e.addSuppressed(other);
      return half(intent.goal(), writing, e);
    }
    return undone(writing, created, e);
  }

  private MigrateException half(String goal, Path writing, Exception cause) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "%s cannot be written: %s. The change of files is begun, and not at its end."
            .formatted(display(writing), FileFailures.reason(cause)),
        "Make room, or give this account the right to write there; then run mvn migrate:%s again, which finishes it."
            .formatted(goal),
        cause);
  }

  /** Folders that were made for nothing go, too. */
  private MigrateException undone(Path writing, List<Path> created, IOException e) {
    List<Path> deepestFirst = new ArrayList<>(created);
    deepestFirst.sort(Comparator.reverseOrder());
    for (Path made : deepestFirst) {
      try {
        Disk.deleteIfThere(made);
      } catch (IOException other) {
        e.addSuppressed(other);
      }
    }
    return FileFailures.cannotWrite(display(writing), e);
  }

  /** The folders that will have to be created. */
  private static void addMissing(Path folder, List<Path> missing) {
    for (Path one = folder; one != null && !Files.exists(one); one = one.getParent()) {
      if (!missing.contains(one)) {
        missing.add(one);
      }
    }
  }

  private void requireUntouched(JournalEntry intent) {
    for (FileStep step : intent.steps()) {
      try {
        if (!step.fits()) {
          throw new MigrateException(
              FailureCode.UNFINISHED_CHANGE,
              "mvn migrate:%s was interrupted while it changed files, and %s was changed by somebody else since."
                  .formatted(intent.goal(), display(step.path())),
              "Bring the file back as it was and run the goal again; or bring all files back, from Git for one, and delete %s."
                  .formatted(display(file)));
        }
      } catch (IOException e) {
        throw FileFailures.cannotRead(display(step.path()), e);
      }
    }
  }

  private MigrateException unfinished(JournalEntry intent) {
    return new MigrateException(
        FailureCode.UNFINISHED_CHANGE,
        "mvn migrate:%s was interrupted while it changed files in %s: a part of them is as it was, a part as it will be."
            .formatted(intent.goal(), display(folder)),
        "Run mvn migrate:%s again, which finishes it.".formatted(intent.goal()));
  }

  private String display(Path path) {
    return path.startsWith(root) && !path.equals(root)
        ? root.relativize(path).toString()
        : path.toString();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrateException(
          FailureCode.LOCKED,
          "Interrupted while waiting for another run that changes files.",
          "Run the goal again; nothing is lost.",
          e);
    }
  }
}
