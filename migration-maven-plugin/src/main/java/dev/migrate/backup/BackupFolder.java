package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.OpenFile;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of backups. A backup appears in it at once and complete: its data is written under a
 * hidden name, synced and renamed, and its manifest after it in the same way.
 */
public final class BackupFolder {
  private static final String PARTIAL = ".partial";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Path folder;

  /**
   * @param folder the folder, which need not exist yet
   */
  public BackupFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What stands in the folder.
   *
   * @param backups the complete backups, newest first
   * @param broken manifests that cannot be used, and why
   * @param strangers data files without a manifest
   */
  public record Content(List<Manifest> backups, List<String> broken, List<Path> strangers) {
    /** Copies what it is given. */
    public Content {
      backups = List.copyOf(backups);
      broken = List.copyOf(broken);
      strangers = List.copyOf(strangers);
    }
  }

  /** A file that is being written, locked so that nobody else takes it for abandoned. */
  record Partial(String name, Path path, Path data, OpenFile open) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      open.close();
      Disk.deleteIfThere(path);
    }
  }

  /**
   * @return what is there
   * @throws MigrateException {@code FILE_ACCESS} when the folder cannot be read
   */
  public Content content() {
    List<Manifest> backups = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    List<Path> strangers = new ArrayList<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.startsWith(".")) {
        continue;
      }
      if (name.endsWith(ManifestFile.EXTENSION)) {
        try {
          backups.add(checked(ManifestFile.read(file)));
        } catch (MigrateException e) {
          broken.add(e.problem());
        }
      } else if (isData(name)) {
        strangers.add(file);
      }
    }
    strangers.removeIf(
        file -> backups.stream().anyMatch(one -> one.file().equals(file.getFileName().toString())));
    backups.sort(
        Comparator.comparing(Manifest::createdAt).thenComparing(Manifest::name).reversed());
    return new Content(backups, broken, strangers);
  }

  private static boolean isData(String name) {
    return Stream.of(Manifest.Layout.values()).anyMatch(one -> name.endsWith(one.extension()));
  }

  private Manifest checked(Manifest manifest) {
    Path data = data(manifest);
    try {
      long size = Files.size(data);
      if (size != manifest.bytes()) {
        throw new MigrateException(
            FailureCode.BACKUP_DAMAGED,
            "The backup %s has %d bytes where its manifest says %d."
                .formatted(data, size, manifest.bytes()),
            "Take another backup of the list that mvn migrate:backups shows.");
      }
      return manifest;
    } catch (NoSuchFileException e) {
      throw new MigrateException(
          FailureCode.BACKUP_DAMAGED,
          "The backup %s is gone; only its manifest is left.".formatted(data),
          "Take another backup of the list that mvn migrate:backups shows.",
          e);
    } catch (IOException e) {
      throw failure("read", data, e);
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw failure("read", folder, e);
    }
  }

  /**
   * @param name the name of a backup, or of its file; {@code latest} is the newest of the target,
   *     or of the one database that the folder has backups of
   * @param target the database that it is wanted for
   * @return the backup
   * @throws MigrateException {@code BACKUP_NOT_FOUND} when there is none, or {@code latest} could
   *     be one of several databases, {@code BACKUP_DAMAGED} when its file is gone or has another
   *     size, or {@code latest} could be one that cannot be used
   */
  public Manifest find(String name, Target target) {
    if (name.equals("latest")) {
      return latest(target);
    }
    String plain = Path.of(name).getFileName().toString();
    for (Manifest.Layout layout : Manifest.Layout.values()) {
      if (plain.endsWith(layout.extension())) {
        plain = plain.substring(0, plain.length() - layout.extension().length());
        break;
      }
    }
    Path file = folder.resolve(plain + ManifestFile.EXTENSION);
    if (!Files.exists(file)) {
      throw notFound("no backup \"%s\"".formatted(name));
    }
    return checked(ManifestFile.read(file));
  }

  /** The newest may be the one that cannot be read: an older one is never taken in its place. */
  private Manifest latest(Target target) {
    Content content = content();
    if (!content.broken().isEmpty()) {
      throw new MigrateException(
          FailureCode.BACKUP_DAMAGED,
          "It cannot be told which backup in %s is the latest, because not all of them can be used: %s"
              .formatted(folder, String.join(" ", content.broken())),
          "Say which one you mean with -Dmigrate.backupName=<name>; mvn migrate:backups shows them"
              + " all.");
    }
    List<Manifest> newestFirst = content.backups();
    Optional<Manifest> own =
        newestFirst.stream().filter(one -> one.place().equals(target.place())).findFirst();
    if (own.isPresent()) {
      return own.get();
    }
    Manifest newest = newestFirst.stream().findFirst().orElseThrow(() -> notFound("no backup"));
    Set<String> places = new TreeSet<>();
    newestFirst.forEach(one -> places.add(one.place()));
    if (places.size() > 1) {
      throw new MigrateException(
          FailureCode.BACKUP_NOT_FOUND,
          "There is no backup of %s in %s, and those of others are of several databases: %s."
              .formatted(target, folder, String.join(", ", places)),
          "Say which one you mean with -Dmigrate.backupName=%s, or another that mvn migrate:backups"
                  .formatted(newest.name())
              + " shows.");
    }
    return newest;
  }

  private MigrateException notFound(String what) {
    return new MigrateException(
        FailureCode.BACKUP_NOT_FOUND,
        "There is %s in %s.".formatted(what, folder),
        "Look at what there is with mvn migrate:backups, or give the folder with"
            + " -Dmigrate.backupDirectory.");
  }

  /**
   * @param manifest a backup of this folder
   * @return the file with its data
   */
  public Path data(Manifest manifest) {
    return folder.resolve(manifest.file());
  }

  /** Creates the file for a new backup under a hidden name, and removes what killed ones left. */
  Partial begin(String database, Instant created, Manifest.Layout layout) {
    try {
      if (!Files.isDirectory(folder)) {
        create();
      }
      sweep();
      String stem = database.replaceAll("[^A-Za-z0-9_-]", "_") + "-" + STAMP.format(created);
      for (int i = 1; ; i++) {
        String name = i == 1 ? stem : stem + "-" + i;
        Path data = folder.resolve(name + layout.extension());
        if (Files.exists(folder.resolve(name + ManifestFile.EXTENSION)) || Files.exists(data)) {
          continue;
        }
        Optional<Partial> partial = claim(name, data);
        if (partial.isPresent()) {
          return partial.get();
        }
      }
    } catch (IOException e) {
      throw failure("write to", folder, e);
    }
  }

  /** A folder that others know has its rights and its .gitignore already. */
  private void create() throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    Disk.createFolders(parent);
    for (Map.Entry<Path, Path> left : Disk.abandonedIn(parent).entrySet()) {
      if (left.getValue().getFileName().equals(folder.getFileName())) {
        Disk.deleteTree(left.getKey());
      }
    }
    Path hidden = Disk.hidden(parent.resolve(folder.getFileName()));
    try {
      Disk.createFolder(hidden, Disk.ownerFolder());
      // What is in a database is nobody's business in Git.
      Disk.write(hidden.resolve(".gitignore"), "*\n");
      Disk.move(hidden, folder);
    } catch (IOException e) {
      Disk.deleteTree(hidden);
      if (!Files.isDirectory(folder)) { // somebody else was faster otherwise
        throw e;
      }
    }
  }

  /** The file is locked before it has the name by which others know it. */
  private Optional<Partial> claim(String name, Path data) throws IOException {
    Path path = folder.resolve("." + data.getFileName() + PARTIAL);
    Path fresh = Disk.createFile(Disk.hidden(data), Disk.ownerFile());
    OpenFile open = Disk.openExisting(fresh);
    boolean ours = false;
    try {
      open.lock();
      Disk.moveToFree(fresh, path);
      ours = true;
      return Optional.of(new Partial(name, path, data, open));
    } catch (FileAlreadyExistsException somebodyWasFaster) {
      return Optional.empty();
    } finally {
      if (!ours) {
        open.close();
        Disk.deleteIfThere(fresh);
      }
    }
  }

  /**
   * Makes a written backup appear: data first, then the manifest that makes it one. That is staged
   * before, so that data without a manifest can be told from what somebody has put there.
   */
  void publish(Partial partial, Manifest manifest) {
    Path target = folder.resolve(manifest.name() + ManifestFile.EXTENSION);
    try {
      partial.open().sync();
      Path hidden = Disk.stage(target, ManifestFile.write(manifest), Disk.ownerFile());
      try {
        Disk.move(partial.path(), partial.data());
        Disk.appear(hidden, target);
      } catch (IOException e) {
        // Data whose manifest cannot be written is no backup, and would only fill the disk further.
        for (Path path : List.of(target, partial.data(), hidden)) {
          delete(path, e);
        }
        throw e;
      }
    } catch (IOException e) {
      throw failure("write to", folder, e);
    }
  }

  private static void delete(Path path, IOException cause) {
    try {
      Disk.deleteIfThere(path);
    } catch (IOException other) {
      cause.addSuppressed(other);
    }
  }

  /** Writes a manifest anew, such as one that says that the backup was verified. */
  void write(Manifest manifest) throws IOException {
    Path target = folder.resolve(manifest.name() + ManifestFile.EXTENSION);
    Disk.replace(target, ManifestFile.write(manifest), Disk.ownerFile());
  }

  /**
   * Deletes what has had its time.
   *
   * @param rotation how many and how old backups may be
   * @param database of which database
   * @param now the present
   * @return what was deleted
   */
  List<Manifest> rotate(BackupRotation rotation, String database, Instant now) {
    List<Manifest> own =
        content().backups().stream().filter(one -> one.database().equals(database)).toList();
    List<Manifest> expired = rotation.expired(own, now);
    for (Manifest one : expired) {
      try {
        remove(one);
      } catch (IOException e) {
        throw failure("delete", data(one), e);
      }
    }
    return expired;
  }

  /**
   * What is half gone must be no backup, and no data that somebody may have put there, either: the
   * manifest goes last, under a hidden name that tells the next one what else was to go.
   */
  private void remove(Manifest one) throws IOException {
    Path manifest = folder.resolve(one.name() + ManifestFile.EXTENSION);
    Path going = Disk.hidden(manifest);
    try {
      Disk.move(manifest, going);
    } catch (NoSuchFileException somebodyElseRemovesIt) {
      return;
    }
    try {
      Disk.deleteIfThere(data(one));
      Disk.deleteIfThere(going);
    } catch (IOException e) {
      if (Files.exists(data(one))) {
        putBack(going, manifest, e);
      }
      throw e;
    }
  }

  private static void putBack(Path from, Path to, IOException cause) {
    try {
      Disk.move(from, to);
    } catch (IOException other) {
      cause.addSuppressed(other);
    }
  }

  /** How much fits on the disk of the folder. */
  long freeBytes() {
    Path existing = folder.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return Files.getFileStore(existing).getUsableSpace();
    } catch (IOException e) {
      throw failure("look at", existing, e);
    }
  }

  /** The last backup of a database, from which the size of the next can be told. */
  Optional<Manifest> last(String database, BackupEngine engine) {
    return content().backups().stream()
        .filter(one -> one.database().equals(database) && one.engine() == engine)
        .findFirst();
  }

  Path path() {
    return folder;
  }

  /** Removes the hidden files of processes that are no more, and data that never was a backup. */
  private void sweep() throws IOException {
    for (Map.Entry<Path, Path> left : Disk.abandonedIn(folder).entrySet()) {
      String name = left.getValue().getFileName().toString();
      if (isLocked(left.getKey())) {
        continue; // by a process on another machine
      }
      if (name.endsWith(ManifestFile.EXTENSION) && !Files.exists(left.getValue())) {
        String stem = name.substring(0, name.length() - ManifestFile.EXTENSION.length());
        for (Manifest.Layout layout : Manifest.Layout.values()) {
          Disk.deleteIfThere(folder.resolve(stem + layout.extension()));
        }
      }
      Disk.deleteIfThere(left.getKey());
    }
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.startsWith(".") && name.endsWith(PARTIAL) && !isLocked(file)) {
        Disk.deleteIfThere(file);
      }
    }
  }

  private static boolean isLocked(Path file) throws IOException {
    try (OpenFile open = Disk.openExisting(file);
        FileLock lock = open.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException ours) {
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  static MigrateException failure(String what, Path path, IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "Cannot %s %s: %s.".formatted(what, path, e.getMessage()),
        "Check the rights and the free space there, or give another folder with"
            + " -Dmigrate.backupDirectory.",
        e);
  }
}
