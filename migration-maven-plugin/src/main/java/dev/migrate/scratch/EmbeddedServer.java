package dev.migrate.scratch;

import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.ExclusiveLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The embedded PostgreSQL server of a project: it keeps its data in {@code
 * .migrate/postgres-<major>} between runs, and all processes that work on the project share it. The
 * first one starts it, the last one ends it, unless {@link #start} was called: then it stays until
 * {@link #stop}.
 *
 * <p>A killed process counts no more: a watchdog ends the server when no user of it lives. On
 * Windows there is no watchdog; there the next release ends the server.
 *
 * <p>Safe for use by several threads and processes, also by several class loaders of one process.
 */
public final class EmbeddedServer {
  /** The database that is used when nobody says which. */
  public static final String DEFAULT_DATABASE = "migrate";

  private static final String FOLDER = "postgres-";
  private static final int PORT_ATTEMPTS = 8;
  private static final long SESSIONS_END_NANOS = 20_000_000_000L;
  private static final long ENDING_NANOS = 5_000_000_000L;

  private final PostgresInstallation installation;
  private final Path stateFolder;
  private final Path folder;
  private final Cluster cluster;
  private final Postmaster postmaster;
  private final ServerUsers users;
  private final ExclusiveLock lock;

  private EmbeddedServer(PostgresInstallation installation, Path stateFolder) {
    this.installation = installation;
    this.stateFolder = stateFolder.toAbsolutePath();
    this.folder = this.stateFolder.resolve(FOLDER + installation.version().major());
    this.cluster = new Cluster(folder);
    this.postmaster = new Postmaster(installation, cluster);
    this.users = new ServerUsers(folder.resolve("users"));
    this.lock = new ExclusiveLock(folder.resolve("lock"));
  }

  /**
   * The server of a project; nothing is started or written yet.
   *
   * @param installation the binaries, whose major version decides which data folder is used
   * @param stateFolder the project's {@code .migrate} folder, which may not exist yet
   * @return the server
   */
  public static EmbeddedServer of(PostgresInstallation installation, Path stateFolder) {
    return new EmbeddedServer(installation, stateFolder);
  }

  /**
   * Where a server keeps its data: two that have the same place are the same server.
   *
   * @param folder the folder
   */
  public record Place(Path folder) {}

  /**
   * @return where it keeps its data
   */
  public Place place() {
    return new Place(folder);
  }

  /** What {@link #stop} found. */
  public enum Stop {
    /** The server was running and has ended. */
    STOPPED,
    /** There was no server to stop. */
    NOT_RUNNING,
    /** Other processes use the server right now; the last of them will end it. */
    IN_USE
  }

  /** The use of the running server; closing it ends the use, and the server if it was the last. */
  public final class Lease implements AutoCloseable {
    private final ServerUsers.Registration registration;
    private final ServerAddress address;
    private final String database;
    private final boolean created;
    private boolean closed;

    private Lease(
        ServerUsers.Registration registration,
        ServerAddress address,
        String database,
        boolean created) {
      this.registration = registration;
      this.address = address;
      this.database = database;
      this.created = created;
    }

    /**
     * @return where the server listens and the superuser's login
     */
    public ServerAddress address() {
      return address;
    }

    /**
     * @return the name of the database
     */
    public String database() {
      return database;
    }

    /**
     * @return the JDBC URL of the database, without credentials
     */
    public String jdbcUrl() {
      return address.jdbcUrl(database);
    }

    /**
     * Something that users should know: the data folder is new although the project has one of
     * another major version.
     *
     * @return a sentence or two; empty when there is nothing to say
     */
    public Optional<String> notice() {
      List<Integer> others = otherMajors();
      if (!created || others.isEmpty()) {
        return Optional.empty();
      }
      int other = others.get(others.size() - 1);
      return Optional.of(
          "The embedded PostgreSQL "
              + installation.version().major()
              + " begins with an empty database; the data in "
              + stateFolder.resolve(FOLDER + other)
              + " belongs to PostgreSQL "
              + other
              + ". To go on with it: -Dmigrate.postgresVersion="
              + other);
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) {
          return;
        }
        closed = true;
      }
      if (Files.isDirectory(folder)) {
        lock.hold(() -> release(registration));
      } else {
        registration.close(); // the folder was deleted; server and watchdog notice it themselves
      }
    }
  }

  /**
   * Uses the server, started now if it does not run.
   *
   * @param database the database to use, created if it does not exist
   * @return the use, to be closed
   * @throws MigrateException when the server cannot be provided or does not start
   */
  public Lease acquire(String database) {
    try {
      ServerAccount.current().admit(FileTree.privateFolder(folder));
      Disk.keepOutOfGit(stateFolder);
    } catch (IOException e) {
      throw ScratchFailure.file("create", folder, e);
    }
    return lock.hold(() -> use(database));
  }

  /**
   * Starts the server, if it does not run, and lets it run until {@link #stop}.
   *
   * @param database the database to use, created if it does not exist
   * @return where it listens
   * @throws MigrateException when the server cannot be provided or does not start
   */
  public ServerAddress start(String database) {
    try (Lease lease = acquire(database)) {
      Disk.replace(keep(), "The server runs until migrate:stop." + System.lineSeparator());
      return lease.address();
    } catch (IOException e) {
      throw ScratchFailure.file("write", keep(), e);
    }
  }

  /**
   * Takes {@link #start} back, and ends the server unless somebody uses it.
   *
   * @return what was found
   * @throws MigrateException when the server does not end
   */
  public Stop stop() {
    if (!Files.isDirectory(folder)) {
      return Stop.NOT_RUNNING;
    }
    return lock.hold(
        () -> {
          delete(keep());
          if (users.count() > 0) {
            return Stop.IN_USE;
          }
          return postmaster.stop(Postmaster.Shutdown.FAST) ? Stop.STOPPED : Stop.NOT_RUNNING;
        });
  }

  /**
   * @return whether it was ever used, and so has data
   */
  public boolean exists() {
    return cluster.exists();
  }

  /**
   * @return where the server listens; empty when it does not run
   * @throws MigrateException when the password cannot be read
   */
  public Optional<ServerAddress> running() {
    return postmaster.running().filter(PidFile::ready).map(this::addressOf);
  }

  /**
   * @return the major versions of which this project has data, in order, without the present one
   * @throws MigrateException when the folder cannot be read
   */
  public List<Integer> otherMajors() {
    if (!Files.isDirectory(stateFolder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(stateFolder)) {
      return folders
          .filter(other -> !other.equals(folder) && new Cluster(other).exists())
          .map(other -> other.getFileName().toString())
          .filter(name -> name.matches(FOLDER + "\\d+"))
          .map(name -> Integer.valueOf(name.substring(FOLDER.length())))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (IOException e) {
      throw ScratchFailure.file("read", stateFolder, e);
    }
  }

  private Lease use(String database) {
    ServerUsers.Registration registration = users.register();
    try {
      awaitWatchdog();
      for (Path left : Disk.abandonedIn(folder).keySet()) {
        Disk.deleteIfThere(left);
      }
      boolean created = !cluster.exists();
      if (created) {
        // Before it is there: whoever is killed in between leaves none with a password of others.
        cluster.proposePassword();
        installation.newCluster(folder, Cluster.Purpose.TARGET);
      }
      PidFile server = postmaster.settled().orElse(null);
      if (server == null) {
        server = launch();
      }
      ServerLogin login = new ServerLogin(cluster, postmaster.log());
      return new Lease(registration, login.enter(server, database), database, created);
    } catch (IOException e) {
      release(registration);
      throw ScratchFailure.file("set up the embedded PostgreSQL in", folder, e);
    } catch (RuntimeException | Error e) {
      release(registration);
      throw e;
    }
  }

  /**
   * Lets the watchdog finish what it began before it could see our registration: either it sees us
   * and takes this file back, or the server ends.
   */
  private void awaitWatchdog() {
    Path ending = folder.resolve("ending");
    long end = System.nanoTime() + ENDING_NANOS;
    while (Files.exists(ending) && postmaster.running().isPresent() && System.nanoTime() < end) {
      Postmaster.pause();
    }
    delete(ending);
  }

  private PidFile launch() throws IOException {
    long giveUp = System.nanoTime() + SESSIONS_END_NANOS;
    int port = preferredPort();
    int attempts = 0;
    while (true) {
      try {
        PidFile server = postmaster.start(port);
        rememberPort(port);
        return server;
      } catch (Postmaster.NotStarted e) {
        if (e.portTaken() && ++attempts < PORT_ATTEMPTS) {
          port = FreePorts.choose();
        } else if (!e.formerSessionsAlive() || System.nanoTime() > giveUp) {
          throw ScratchFailure.embedded(
              "The embedded PostgreSQL in " + folder + " does not start: " + e.getMessage(),
              "Mend what PostgreSQL says (its log is "
                  + postmaster.log()
                  + "), or delete the folder to begin with an empty database");
        }
        Postmaster.pause();
      }
    }
  }

  /** People connect other tools to it, so the port stays what it was while that is possible. */
  private int preferredPort() throws IOException {
    Path file = folder.resolve("port");
    if (Files.exists(file)) {
      String text = Files.readString(file).strip();
      if (text.matches("[1-9]\\d{0,4}")) {
        int port = Integer.parseInt(text);
        if (port <= 65_535 && FreePorts.free(port)) {
          return port;
        }
      }
    }
    return FreePorts.choose();
  }

  private void rememberPort(int port) throws IOException {
    Disk.replace(folder.resolve("port"), String.valueOf(port));
  }

  private Void release(ServerUsers.Registration registration) {
    registration.close();
    if (!Files.exists(keep()) && users.count() == 0) {
      postmaster.stop(Postmaster.Shutdown.FAST);
    }
    return null;
  }

  private ServerAddress addressOf(PidFile server) {
    try {
      return new ServerAddress("127.0.0.1", server.port(), Cluster.SUPERUSER, cluster.password());
    } catch (IOException e) {
      throw ScratchFailure.file("read the password in", folder, e);
    }
  }

  private Path keep() {
    return folder.resolve("keep");
  }

  private static void delete(Path file) {
    try {
      Disk.deleteIfThere(file);
    } catch (IOException e) {
      throw ScratchFailure.file("delete", file, e);
    }
  }
}
