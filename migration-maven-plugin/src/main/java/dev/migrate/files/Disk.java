package dev.migrate.files;

import dev.migrate.files.DiskOperation.Deed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Facade of the file system: the one door through which anything creates, writes, moves or removes
 * a file, one operation at a time. Each of them can be the last one of a process, and tests try
 * that.
 */
public final class Disk {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private static volatile DiskListener watch = DiskListener.NONE;

  private Disk() {}

  /** Something that changes the disk. */
  @FunctionalInterface
  public interface Change {
    /**
     * Does it.
     *
     * @throws IOException when the disk refuses
     */
    void run() throws IOException;
  }

  static DiskListener watch() {
    return watch;
  }

  /** Has somebody else hear of every operation. */
  static void watch(DiskListener other) {
    watch = other;
  }

  static void act(Deed deed, Path path, Change change) throws IOException {
    DiskOperation operation = new DiskOperation(deed, path);
    watch.before(operation, 0);
    change.run();
    watch.after(operation);
  }

  /**
   * @return how to create a file that only its owner may read; Windows protects a user's folders by
   *     itself
   */
  public static FileAttribute<?>[] ownerFile() {
    return permissions("rw-------");
  }

  /**
   * @return how to create a folder that only its owner may enter
   */
  public static FileAttribute<?>[] ownerFolder() {
    return permissions("rwx------");
  }

  private static FileAttribute<?>[] permissions(String text) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Creates a folder and those above it, as far as they are not there.
   *
   * @param attributes of what is created
   * @return the folder
   * @throws IOException when the disk refuses, or there is a file
   */
  public static Path createFolders(Path folder, FileAttribute<?>... attributes) throws IOException {
    if (!Files.isDirectory(folder)) {
      if (folder.toAbsolutePath().getParent() != null) {
        createFolders(folder.toAbsolutePath().getParent(), attributes);
      }
      act(Deed.CREATE_FOLDER, folder, () -> Files.createDirectories(folder, attributes));
    }
    return folder;
  }

  /**
   * Creates a folder that is not there yet.
   *
   * @param attributes how it is created
   * @return the folder
   * @throws IOException when the disk refuses, or it is there
   */
  public static Path createFolder(Path folder, FileAttribute<?>... attributes) throws IOException {
    act(Deed.CREATE_FOLDER, folder, () -> Files.createDirectory(folder, attributes));
    return folder;
  }

  /**
   * A folder among the system's temporary files that only this account may enter. Those of the same
   * kind that processes of this account have left, and that live no more, go.
   *
   * @param kind what it is for; part of its name
   * @return a new folder
   * @throws IOException when the disk refuses
   */
  public static Path createTemporaryFolder(String kind) throws IOException {
    Path named = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve(kind);
    List<Path> abandoned = TemporaryName.abandoned(named);
    Path folder = createFolder(TemporaryName.of(named), ownerFolder());
    for (Path left : abandoned) {
      // That of another account would not go, and is not ours to judge.
      if (Files.getOwner(left, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder))) {
        deleteTree(left);
      }
    }
    return folder;
  }

  /**
   * A file beside another one that only this account may read, and that is gone soon. Those of the
   * same kind that processes have left go, if these live no more.
   *
   * @param beside the file that it belongs to
   * @param kind what it is for; part of its name
   * @return a new, empty file
   * @throws IOException when the disk refuses
   */
  public static Path createTemporaryFileBeside(Path beside, String kind) throws IOException {
    Path named = beside.resolveSibling(beside.getFileName() + "." + kind);
    for (Path abandoned : TemporaryName.abandoned(named)) {
      deleteIfThere(abandoned);
    }
    return createFile(TemporaryName.of(named), ownerFile());
  }

  /**
   * Where a program writes what it says: to the end of a file.
   *
   * @param file the file; created when it is not there
   * @return for {@link ProcessBuilder#redirectOutput}
   * @throws IOException when the disk refuses
   */
  public static ProcessBuilder.Redirect appending(Path file) throws IOException {
    if (!Files.exists(file)) {
      createFile(file);
    }
    return ProcessBuilder.Redirect.appendTo(file.toFile());
  }

  /**
   * @param folder where
   * @param prefix how its name begins
   * @param suffix how it ends
   * @return a new, empty file that only its owner may read
   * @throws IOException when the disk refuses
   */
  public static Path createTemporaryFile(Path folder, String prefix, String suffix)
      throws IOException {
    List<Path> made = new ArrayList<>();
    act(
        Deed.CREATE,
        folder,
        () -> made.add(Files.createTempFile(folder, prefix, suffix, ownerFile())));
    return made.get(0);
  }

  /**
   * Creates an empty file that is not there yet.
   *
   * @param attributes how it is created
   * @return the file
   * @throws IOException when the disk refuses, or it is there
   */
  public static Path createFile(Path file, FileAttribute<?>... attributes) throws IOException {
    act(Deed.CREATE, file, () -> Files.createFile(file, attributes));
    return file;
  }

  /**
   * Opens a file to write to, from its beginning.
   *
   * @param file the file; created when it is not there
   * @return the file, to be closed
   * @throws IOException when the disk refuses
   */
  public static OpenFile open(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        createFile(file);
      } catch (FileAlreadyExistsException somebodyWasFaster) {
        return openExisting(file);
      }
    }
    return openExisting(file);
  }

  /**
   * Opens a file that is there to write to, from its beginning.
   *
   * @return the file, to be closed
   * @throws IOException when the disk refuses, or it is not there
   */
  public static OpenFile openExisting(Path file) throws IOException {
    return new OpenFile(file, FileChannel.open(file, StandardOpenOption.WRITE));
  }

  /**
   * Writes a file that nobody reads before it is complete, or that nobody will miss. What others
   * read is to be {@link #replace replaced}.
   *
   * @param file the file; what it held is gone
   * @param content its new content
   * @throws IOException when the disk refuses
   */
  public static void write(Path file, byte[] content) throws IOException {
    act(Deed.CREATE, file, () -> Files.write(file, new byte[0]));
    try (OpenFile open = openExisting(file)) {
      open.write(content);
    }
  }

  /**
   * The same, for a text in UTF-8.
   *
   * @param file the file; what it held is gone
   * @param content its new content
   * @throws IOException when the disk refuses
   */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds to the end of a file.
   *
   * @param file the file, which is there
   * @param content what is added, in UTF-8
   * @throws IOException when the disk refuses
   */
  public static void append(Path file, String content) throws IOException {
    try (OpenFile open = new OpenFile(file, FileChannel.open(file, StandardOpenOption.APPEND))) {
      open.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * Gives a file another content at once and for good: whoever looks, whenever the power fails,
   * finds the old content or the new one. It is written beside its place under a hidden name; the
   * next one who does that removes what a killed one left. Where a link leads to another file, that
   * one is replaced; who may read a file stays as it was.
   *
   * @param file the file, which need not be there; its folder is
   * @param content its new content
   * @param attributes how it is created
   * @throws IOException when the disk refuses; the file is as it was then
   */
  public static void replace(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    if (Files.isSymbolicLink(file) && Files.exists(file)) {
      replace(file.toRealPath(), content, attributes);
      return;
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      write(file, content); // a pipe or a terminal
      return;
    }
    for (Path abandoned : TemporaryName.abandoned(file)) {
      deleteIfThere(abandoned);
    }
    appear(stage(file, content, attributes), file);
  }

  /**
   * Writes what a file is going to hold under a hidden name beside it.
   *
   * @param file the file; its folder is there
   * @param attributes how it is created
   * @return the hidden file, to be given its name by {@link #appear}
   * @throws IOException when the disk refuses; nothing is left then
   */
  public static Path stage(Path file, byte[] content, FileAttribute<?>... attributes)
      throws IOException {
    Path hidden = TemporaryName.of(file);
    try {
      createFile(hidden, attributes);
      if (attributes.length == 0 && Files.exists(file) && POSIX) {
        permit(hidden, Files.getPosixFilePermissions(file));
      }
      try (OpenFile open = openExisting(hidden)) {
        open.write(content);
        open.sync();
      }
      return hidden;
    } catch (IOException e) {
      throw without(hidden, e);
    }
  }

  /**
   * Gives a hidden file its name, for good.
   *
   * @param hidden what was staged
   * @param file the file that it is going to be
   * @throws IOException when the disk refuses; the hidden file is gone then
   */
  public static void appear(Path hidden, Path file) throws IOException {
    try {
      move(hidden, file);
    } catch (IOException e) {
      throw without(hidden, e);
    }
    sync(file.toAbsolutePath().getParent());
  }

  private static IOException without(Path hidden, IOException e) {
    try {
      deleteIfThere(hidden);
    } catch (IOException other) {
      e.addSuppressed(other);
    }
    return e;
  }

  /**
   * @return a hidden name beside it, that says which process writes it
   */
  public static Path hidden(Path file) {
    return TemporaryName.of(file);
  }

  /**
   * What processes that live no more have left under hidden names.
   *
   * @return the hidden files, each with the file that it was going to be
   * @throws IOException when the folder cannot be read
   */
  public static Map<Path, Path> abandonedIn(Path folder) throws IOException {
    return TemporaryName.abandonedIn(folder);
  }

  /**
   * The same, for a text in UTF-8.
   *
   * @param file the file, which need not be there; its folder is
   * @param content its new content
   * @throws IOException when the disk refuses; the file is as it was then
   */
  public static void replace(Path file, String content) throws IOException {
    replace(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Lets git ignore a folder, which one that says so itself does: what is kept of runs, data and
   * passwords are no sources.
   *
   * @param folder the folder, which is there
   * @throws IOException when the disk refuses
   */
  public static void keepOutOfGit(Path folder) throws IOException {
    Path ignore = folder.resolve(".gitignore");
    if (!Files.exists(ignore)) {
      replace(ignore, "*\n");
    }
  }

  /**
   * Waits until the names in a folder are on the disk itself; a power failure could take back a
   * renaming otherwise. Not every system lets folders sync.
   *
   * @throws IOException when the disk refuses
   */
  public static void sync(Path folder) throws IOException {
    if (POSIX) {
      act(
          Deed.SYNC,
          folder,
          () -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
              channel.force(true);
            }
          });
    }
  }

  /**
   * Copies a stream into a new file.
   *
   * @param in the stream, which stays open
   * @param to the file, which is not there yet
   * @throws IOException when the disk refuses
   */
  public static void copy(InputStream in, Path to) throws IOException {
    act(Deed.COPY, to, () -> Files.copy(in, to));
  }

  /**
   * Copies a file.
   *
   * @param from the file
   * @param to the copy, which is not there yet
   * @param options as {@link Files#copy(Path, Path, CopyOption...)} takes them
   * @throws IOException when the disk refuses
   */
  public static void copy(Path from, Path to, CopyOption... options) throws IOException {
    act(Deed.COPY, to, () -> Files.copy(from, to, options));
  }

  /**
   * Gives a file or folder another name in one step; a file that has that name goes.
   *
   * @param from its name now
   * @param to its new name, in the same file system
   * @throws IOException when the disk refuses
   */
  public static void move(Path from, Path to) throws IOException {
    act(
        Deed.MOVE,
        to,
        () -> {
          try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
          } catch (AtomicMoveNotSupportedException e) {
            // Both names are in one folder; some network file systems still cannot promise it.
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
          }
        });
  }

  /**
   * Gives a file another name that nobody has: of several who try, one succeeds.
   *
   * @param from its name now, which it may keep for a moment
   * @param to its new name, in the same folder
   * @throws FileAlreadyExistsException when somebody has it
   * @throws IOException when the disk refuses
   */
  public static void moveToFree(Path from, Path to) throws IOException {
    act(
        Deed.MOVE,
        to,
        () -> {
          try {
            Files.createLink(to, from);
          } catch (FileAlreadyExistsException taken) {
            throw taken;
          } catch (UnsupportedOperationException | IOException noLink) {
            // Some file systems have no links. A move without REPLACE_EXISTING refuses what is
            // taken, too; where it fails as the link has, both reasons are told.
            try {
              Files.move(from, to);
            } catch (IOException noMove) {
              noMove.addSuppressed(noLink);
              throw noMove;
            }
          }
        });
    deleteIfThere(from);
  }

  /**
   * Removes a file or an empty folder.
   *
   * @param path what is removed
   * @throws IOException when the disk refuses, or it is not there
   */
  public static void delete(Path path) throws IOException {
    act(Deed.DELETE, path, () -> Files.delete(path));
  }

  /**
   * Removes a file or an empty folder, if it is there.
   *
   * @param path what is removed
   * @return whether it was there
   * @throws IOException when the disk refuses
   */
  public static boolean deleteIfThere(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      delete(path);
      return true;
    } catch (NoSuchFileException somebodyWasFaster) {
      return false;
    }
  }

  /**
   * Removes a folder with all it holds, if it is there; what vanishes meanwhile is fine.
   *
   * @throws IOException when the disk refuses
   */
  public static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            deleteIfThere(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException e)
              throws IOException {
            deleteIfThere(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * @param link a new symbolic link
   * @param aim where it leads
   * @throws IOException when the disk refuses
   */
  public static void createSymbolicLink(Path link, Path aim) throws IOException {
    act(Deed.LINK, link, () -> Files.createSymbolicLink(link, aim));
  }

  /**
   * @param link a new name
   * @param existing of this file
   * @throws IOException when the disk refuses
   */
  public static void createLink(Path link, Path existing) throws IOException {
    act(Deed.LINK, link, () -> Files.createLink(link, existing));
  }

  /**
   * Says who may do what with a file or folder; nothing where a system has no such permissions.
   *
   * @param path the file or folder
   * @param permissions who may do what
   * @throws IOException when the disk refuses
   */
  public static void permit(Path path, Set<PosixFilePermission> permissions) throws IOException {
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      act(Deed.SET_ATTRIBUTE, path, () -> Files.setPosixFilePermissions(path, permissions));
    }
  }

  /**
   * Gives a file or folder, not what a link leads to, to a numbered user.
   *
   * @param path the file or folder
   * @param uid the user's number
   * @param gid the group's number
   * @throws IOException when the disk refuses
   */
  public static void give(Path path, int uid, int gid) throws IOException {
    act(
        Deed.SET_ATTRIBUTE,
        path,
        () -> {
          Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
          Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        });
  }

  /**
   * @param time when it was changed last
   * @throws IOException when the disk refuses
   */
  public static void touch(Path file, FileTime time) throws IOException {
    act(Deed.SET_ATTRIBUTE, file, () -> Files.setLastModifiedTime(file, time));
  }

  /**
   * Has another program change the disk.
   *
   * @param path the file or folder that it writes
   * @param program runs it
   * @throws IOException when it fails
   */
  public static void byProgram(Path path, Change program) throws IOException {
    act(Deed.PROGRAM, path, program);
  }
}
