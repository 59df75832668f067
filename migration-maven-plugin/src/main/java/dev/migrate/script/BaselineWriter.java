package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.files.FileFailures;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.SquashPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a baseline file in the place of the files that it replaces, and moves these into an
 * archive: all at once, as one change.
 */
public final class BaselineWriter {
  /** The folder of upgrade scripts in an archive. */
  public static final String UPGRADES = "migration";

  /** The folder of downgrade scripts in an archive. */
  public static final String DOWNGRADES = "undo";

  private final RevisionFiles files;
  private final RevisionFolders folders;
  private final Path archives;

  /**
   * @param files the revisions of the project
   * @param archives the folder of all archives
   * @throws MigrateException {@code INVALID_PARAMETER} when it lies where scripts are looked for
   */
  public BaselineWriter(RevisionFiles files, Path archives) {
    this.files = files;
    this.folders = files.folders();
    this.archives = folders.root().resolve(archives).normalize();
    Stream.concat(folders.upgrades().stream(), folders.downgrades().stream())
        .filter(folder -> this.archives.startsWith(folder) || folder.startsWith(this.archives))
        .findFirst()
        .ifPresent(
            folder -> {
              throw new MigrateException(
                  FailureCode.INVALID_PARAMETER,
                  "The archive %s and the folder %s lie in each other, so that archived files would be found as revisions."
                      .formatted(folders.display(this.archives), folders.display(folder)),
                  "Name another folder with -Dmigrate.archiveDirectory=….");
            });
  }

  /**
   * @param squash what is replaced
   * @param message what the baseline says of itself
   * @param now when it is written
   * @return the baseline as a revision
   */
  public Revision revision(SquashPlan squash, String message, Instant now) {
    RevisionId id = squash.upTo().id();
    return new Revision(
        id,
        message,
        List.of(),
        List.of(),
        squash.labels(),
        now.truncatedTo(ChronoUnit.SECONDS),
        folders.display(path(id, message)),
        true);
  }

  /**
   * @param body its SQL
   * @return the whole file
   */
  public byte[] text(Revision baseline, String body) {
    return HeaderWriter.baseline(baseline, folders.display(archive(baseline.id())), body);
  }

  /**
   * @param id the version of a baseline
   * @return the folder of its archive
   */
  public Path archive(RevisionId id) {
    return archives.resolve(id.toString());
  }

  /**
   * Replaces the files.
   *
   * @param squash what is replaced
   * @param text its whole file
   * @param guard a callback that stops databases that stand in the middle
   * @return the file of the baseline
   * @throws MigrateException {@code FILE_ACCESS} when something cannot be written, or the archive
   *     is there with another content
   */
  public Path write(SquashPlan squash, Revision baseline, byte[] text, byte[] guard) {
    Path target = path(squash.upTo().id(), baseline.message());
    folders.journal().change("squash", () -> changes(squash, target, text, guard));
    return target;
  }

  private List<FileChange> changes(SquashPlan squash, Path target, byte[] text, byte[] guard) {
    RevisionId id = squash.upTo().id();
    Map<Path, Path> moved = moved(squash);
    requireFree(archive(id), moved);
    List<FileChange> changes = new ArrayList<>();
    moved.forEach((file, copy) -> changes.add(new FileChange.Replace(copy, content(file))));
    changes.add(new FileChange.Replace(target, encoded(text, target)));
    changes.add(new FileChange.Replace(guardOf(id), encoded(guard, guardOf(id))));
    for (BaselineFile unfinished : files.baselines()) {
      Path path = unfinished.script().path();
      if (unfinished.version().equals(id) && !path.equals(target)) {
        changes.add(new FileChange.Remove(path));
      }
    }
    moved.keySet().forEach(file -> changes.add(new FileChange.Remove(file)));
    return changes;
  }

  /**
   * Removes what is in the archive and in its old place, too.
   *
   * @return how many files
   */
  public int finish() {
    folders
        .journal()
        .change(
            "squash",
            () -> files.leftovers().stream().<FileChange>map(FileChange.Remove::new).toList());
    return files.leftovers().size();
  }

  private byte[] encoded(byte[] text, Path file) {
    return folders.conventions().encoded(text, folders.display(file));
  }

  private Path path(RevisionId id, String message) {
    return folders
        .upgrade()
        .resolve(
            folders.conventions().name(MigrationFileName.Kind.BASELINE, id.toString(), message));
  }

  private Path guardOf(RevisionId id) {
    return folders
        .upgrade()
        .resolve(folders.conventions().callback("beforeMigrate", "baseline_" + id));
  }

  /** What is moved, and where to. Versions are unique, so names are. */
  private Map<Path, Path> moved(SquashPlan squash) {
    Map<Path, Path> moved = new LinkedHashMap<>();
    Path archive = archive(squash.upTo().id());
    for (RevisionFile file : files.get(squash.replaced())) {
      move(moved, file.upgrade().path(), archive.resolve(UPGRADES));
      file.downgrade().ifPresent(script -> move(moved, script.path(), archive.resolve(DOWNGRADES)));
      if (file.revision().baseline()) {
        move(moved, guardOf(file.id()), archive.resolve(UPGRADES));
      }
    }
    return moved;
  }

  private static void move(Map<Path, Path> moved, Path file, Path folder) {
    for (Path path : List.of(file, Path.of(file + ".conf"))) {
      if (Files.exists(path)) {
        moved.put(path, folder.resolve(path.getFileName()));
      }
    }
  }

  private void requireFree(Path archive, Map<Path, Path> moved) {
    if (!Files.exists(archive)) {
      return;
    }
    moved.forEach(
        (file, copy) -> {
          if (!Files.exists(copy) || !Arrays.equals(content(file), content(copy))) {
            throw new MigrateException(
                FailureCode.FILE_ACCESS,
                "The archive %s is there already, and its %s is not the file that would go there."
                    .formatted(folders.display(archive), archive.relativize(copy).toString()),
                "Look what it is, and move it away.");
          }
        });
  }

  private byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailures.cannotRead(folders.display(file), e);
    }
  }
}
