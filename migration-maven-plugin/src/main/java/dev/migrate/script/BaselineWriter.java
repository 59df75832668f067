package dev.migrate.script;

import static java.util.stream.Collectors.joining;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.OpenFile;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.Squash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts a baseline in the place of the files that it replaces. These are copied to the archive
 * first, all at once; then the baseline appears; then, with the script of the last replaced
 * revision, it begins to count; and the others are removed. Whenever this is interrupted, every
 * file is in one of both places, the project is as it was or as it will be, and running it again
 * finishes it.
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
  public Revision revision(Squash squash, String message, Instant now) {
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
   * @param baseline the baseline
   * @param body its SQL
   * @return the whole file
   */
  public byte[] text(Revision baseline, String body) {
    return HeaderText.baseline(baseline, folders.display(archive(baseline.id())), body);
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
   * @param baseline the baseline
   * @param text its whole file
   * @param guard a callback that stops databases that stand in the middle
   * @return the file of the baseline
   * @throws MigrateException {@code FILE_ACCESS} when something cannot be written, or the archive
   *     is there with another content
   */
  public Path write(Squash squash, Revision baseline, byte[] text, byte[] guard) {
    RevisionId id = squash.upTo().id();
    Map<Path, Path> moved = moved(squash);
    Path target = path(id, baseline.message());
    try {
      archive(id, moved);
      for (BaselineFile unfinished : files.baselines()) {
        if (unfinished.version().equals(id)) {
          Disk.delete(unfinished.script().path());
        }
      }
      Disk.deleteIfThere(guardOf(id));
      try (AtomicFiles fresh = new AtomicFiles()) {
        stage(fresh, guardOf(id), guard);
        stage(fresh, target, text);
        fresh.publish();
      }
    } catch (IOException e) {
      throw FileFailures.cannotWrite(folders.display(target), e);
    }
    List<Path> old = new ArrayList<>(moved.keySet());
    old.sort(Comparator.comparing(path -> !path.equals(files.get(id).upgrade().path())));
    remove(old);
    return target;
  }

  /**
   * Removes what an earlier run has archived and could not remove any more.
   *
   * @return how many files
   */
  public int finish() {
    remove(files.leftovers());
    return files.leftovers().size();
  }

  private Path path(RevisionId id, String message) {
    return folders.upgrade().resolve("B" + id + "__" + FileName.slug(message) + ".sql");
  }

  private Path guardOf(RevisionId id) {
    return folders.upgrade().resolve("beforeMigrate__baseline_" + id + ".sql");
  }

  /** What is moved, and where to. Versions are unique, so names are. */
  private Map<Path, Path> moved(Squash squash) {
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

  private void archive(RevisionId id, Map<Path, Path> moved) throws IOException {
    Path archive = archive(id);
    if (Files.exists(archive)) {
      requireSame(archive, moved);
      return;
    }
    Path unfinished = archives.resolve("." + id + ".tmp");
    Disk.deleteTree(unfinished);
    Disk.createFolders(unfinished.resolve(UPGRADES));
    Disk.createFolders(unfinished.resolve(DOWNGRADES));
    for (Map.Entry<Path, Path> one : moved.entrySet()) {
      Path copy = unfinished.resolve(archive.relativize(one.getValue()));
      Disk.copy(one.getKey(), copy);
      try (OpenFile open = Disk.openExisting(copy)) {
        open.sync();
      }
    }
    Disk.move(unfinished, archive);
  }

  private void requireSame(Path archive, Map<Path, Path> moved) throws IOException {
    for (Map.Entry<Path, Path> one : moved.entrySet()) {
      if (!Files.exists(one.getValue()) || Files.mismatch(one.getKey(), one.getValue()) >= 0) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "The archive %s is there already, and its %s is not the file that would go there."
                .formatted(folders.display(archive), archive.relativize(one.getValue()).toString()),
            "Look what it is, and move it away.");
      }
    }
  }

  private void stage(AtomicFiles files, Path target, byte[] content) throws IOException {
    Path hidden = target.resolveSibling("." + target.getFileName() + ".tmp");
    Disk.deleteIfThere(hidden);
    files.stage(hidden, target, content);
  }

  private void remove(List<Path> old) {
    for (Path path : old) {
      try {
        Disk.deleteIfThere(path);
      } catch (IOException e) {
        throw new MigrateException(
            FailureCode.FILE_ACCESS,
            "The baseline is written and the old files are archived, but %s cannot be removed: %s."
                .formatted(folders.display(path), e.getMessage()),
            "Remove by hand: "
                + old.stream().filter(Files::exists).map(folders::display).collect(joining(", "))
                + ".",
            e);
      }
    }
  }
}
