package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.ExclusiveLock;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A throw-away PostgreSQL server: started from nothing in a moment, nothing in it survives. It
 * lives in a folder of its own, which goes with it; what a killed process left is swept by the next
 * one.
 */
public final class ScratchServer implements Scratch {
  private static final int MOST_ATTEMPTS = 100;
  private static final long MILLIS_BETWEEN_ATTEMPTS = 100;
  private static final String PREFIX = "server-";
  private static final int ATTEMPTS = 8;
  private static final int LABEL = 40;

  /** From this version on CREATE DATABASE can copy files, which is fastest without fsync. */
  private static final int FILE_COPY = 15;

  private final Room room;
  private final Postmaster postmaster;
  private final AtomicInteger number = new AtomicInteger();
  private volatile ServerAddress address;
  private Connection admin;
  private boolean closed;

  private ScratchServer(Room room, Postmaster postmaster, ServerAddress address) {
    this.room = room;
    this.postmaster = postmaster;
    this.address = address;
  }

  /**
   * Starts a server.
   *
   * @param installation the binaries
   * @param parent a folder for scratch servers, created if need be: {@code .migrate/scratch} of a
   *     project, or one among the temporary files
   * @return the running server
   * @throws MigrateException when it does not start
   */
  public static ScratchServer start(PostgresInstallation installation, Path parent) {
    Room room = Room.in(installation, parent);
    try {
      return room.start(installation.newCluster(room.folder, Cluster.Purpose.SCRATCH));
    } catch (IOException e) {
      room.discard();
      throw ScratchFailure.file("create a scratch server in", room.folder, e);
    } catch (NotUsable e) {
      room.discard();
      throw (MigrateException) e.getCause();
    } catch (RuntimeException | Error e) {
      room.discard();
      throw e;
    }
  }

  /**
   * Starts a server with everything that one had when it was kept.
   *
   * @param installation the binaries
   * @param parent the folder for scratch servers
   * @param name what it was kept as
   * @return the running server; empty when there is none of that name, or it cannot be used any
   *     more
   * @throws MigrateException when the folder cannot be used
   */
  public static Optional<ScratchServer> resume(
      PostgresInstallation installation, Path parent, String name) {
    Room room = Room.in(installation, parent);
    ClusterCache kept = new ClusterCache(installation, parent);
    try {
      Optional<Cluster> cluster =
          room.lock.hold(
              () -> {
                try {
                  return kept.copy(name, room.folder);
                } catch (IOException e) {
                  throw ScratchFailure.file("copy a scratch server to", room.folder, e);
                }
              });
      if (cluster.isEmpty()) {
        room.discard();
        return Optional.empty();
      }
      return Optional.of(room.start(cluster.get()));
    } catch (NotUsable e) {
      room.discard();
      room.lock.hold(() -> forget(kept, name, parent));
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      room.discard();
      throw e;
    }
  }

  private static Void forget(ClusterCache kept, String name, Path parent) {
    try {
      kept.forget(name);
      return null;
    } catch (IOException e) {
      throw ScratchFailure.file("delete a kept server in", parent, e);
    }
  }

  /**
   * @param installation the binaries
   * @param parent the folder for scratch servers
   * @return the names under which servers of this version are kept
   */
  public static Set<String> kept(PostgresInstallation installation, Path parent) {
    return new ClusterCache(installation, parent).names();
  }

  /**
   * Keeps this server as it is now, for {@link #resume}: it is stopped, copied and started again.
   * Nobody may be connected. The least recently used of those kept make room.
   *
   * @param name what to keep it as: letters, digits and hyphens
   * @throws MigrateException when it cannot be copied or does not start again
   */
  public synchronized void keep(String name) {
    abandonAdmin();
    admin = null;
    postmaster.stop(Postmaster.Shutdown.FAST);
    room.lock.hold(
        () -> {
          try {
            new ClusterCache(room.installation, room.parent).put(name, new Cluster(room.folder));
            return null;
          } catch (IOException e) {
            throw ScratchFailure.file("keep a scratch server in", room.parent, e);
          }
        });
    PidFile server = launch(postmaster);
    address = new ServerAddress(address.host(), server.port(), address.user(), address.password());
  }

  /** A kept cluster that does not start. */
  private static final class NotUsable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUsable(Throwable cause) {
      super(cause);
    }
  }

  /** The folder of a server that is about to be, and the claim to it. */
  private record Room(
      PostgresInstallation installation,
      Path parent,
      Path folder,
      ExclusiveLock lock,
      ServerUsers.Registration registration) {

    static Room in(PostgresInstallation installation, Path parent) {
      try {
        ServerAccount.current().admit(FileTree.privateFolder(parent));
        Disk.keepOutOfGit(parent);
      } catch (IOException e) {
        throw ScratchFailure.file("create", parent, e);
      }
      ExclusiveLock lock = new ExclusiveLock(parent.resolve("lock"));
      installation.program("postgres"); // unpacks, which is nothing to make others wait for
      Path folder = parent.resolve(PREFIX + UUID.randomUUID());
      ServerUsers.Registration registration =
          lock.hold(
              () -> {
                sweep(installation, parent);
                try {
                  ServerAccount.current().admit(FileTree.privateFolder(folder));
                } catch (IOException e) {
                  throw ScratchFailure.file("create", folder, e);
                }
                return new ServerUsers(folder.resolve("users")).register();
              });
      return new Room(installation, parent, folder, lock, registration);
    }

    ScratchServer start(Cluster cluster) {
      Postmaster postmaster = new Postmaster(installation, cluster);
      PidFile server;
      try {
        server = launch(postmaster);
      } catch (MigrateException e) {
        throw new NotUsable(e);
      }
      try {
        ServerAddress address =
            new ServerAddress("127.0.0.1", server.port(), Cluster.SUPERUSER, cluster.password());
        return new ScratchServer(this, postmaster, address);
      } catch (IOException e) {
        throw ScratchFailure.file("read the password in", folder, e);
      }
    }

    void discard() {
      lock.hold(() -> ScratchServer.discard(installation, folder, registration));
    }
  }

  private static PidFile launch(Postmaster postmaster) {
    String said = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return postmaster.start(FreePorts.choose());
      } catch (Postmaster.NotStarted e) {
        said = e.getMessage();
        if (!e.portTaken()) {
          break;
        }
      }
    }
    throw ScratchFailure.embedded(
        "The scratch server does not start: " + said, "Mend what PostgreSQL says");
  }

  /** What the killed left: their watchdog has ended the server, or has been killed as well. */
  private static void sweep(PostgresInstallation installation, Path parent) {
    List<Path> folders;
    try (var all = Files.list(parent)) {
      folders = all.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
    } catch (IOException e) {
      throw ScratchFailure.file("read", parent, e);
    }
    for (Path old : folders) {
      if (new ServerUsers(old.resolve("users")).count() == 0) {
        discard(installation, old, null);
      }
    }
  }

  private static Void discard(
      PostgresInstallation installation, Path folder, ServerUsers.Registration registration) {
    new Postmaster(installation, new Cluster(folder)).stop(Postmaster.Shutdown.IMMEDIATE);
    if (registration != null) {
      registration.close();
    }
    delete(folder);
    return null;
  }

  /** An initdb whose process was killed goes on writing for a moment. */
  private static void delete(Path folder) {
    for (int attempt = 1; ; attempt++) {
      try {
        Disk.deleteTree(folder);
        return;
      } catch (DirectoryNotEmptyException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw ScratchFailure.file("delete", folder, e);
        }
        pause(folder, e);
      } catch (IOException e) {
        throw ScratchFailure.file("delete", folder, e);
      }
    }
  }

  private static void pause(Path folder, IOException reason) {
    try {
      Thread.sleep(MILLIS_BETWEEN_ATTEMPTS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ScratchFailure.file("delete", folder, reason);
    }
  }

  /**
   * @return where it listens and the superuser's login
   */
  public ServerAddress address() {
    return address;
  }

  /**
   * @return the version of the server
   */
  public PostgresVersion version() {
    return room.installation.version();
  }

  @Override
  public ScratchDatabase database(String label) {
    return create(label, "template0");
  }

  @Override
  public ScratchDatabase database(String label, ScratchDatabase template) {
    return create(label, template.name());
  }

  private ScratchDatabase create(String label, String template) {
    String name = nameFor(label) + "_" + number.incrementAndGet();
    execute(
        "CREATE DATABASE "
            + SqlNames.inQuotes(name)
            + " TEMPLATE "
            + SqlNames.inQuotes(template)
            + (version().major() >= FILE_COPY ? " STRATEGY file_copy" : ""));
    return existing(name);
  }

  /**
   * @param name a database that is there already, in a server that was resumed
   * @return the database, which is dropped when it is closed
   */
  public ScratchDatabase existing(String name) {
    return new ScratchDatabase(
        name, address.jdbcUrl(name), address.user(), address.password(), this::drop);
  }

  @Override
  public void administer(String sql) {
    execute(sql);
  }

  /**
   * Makes a database a template: nobody can connect any more, so that it can always be copied.
   *
   * @param database one of this server
   * @throws MigrateException when the server refuses
   */
  public void markTemplate(ScratchDatabase database) {
    String name = SqlNames.inQuotes(database.name());
    execute("ALTER DATABASE " + name + " IS_TEMPLATE true ALLOW_CONNECTIONS false");
  }

  private void drop(ScratchDatabase database) {
    synchronized (this) {
      if (closed) {
        return; // it went with the server
      }
    }
    String name = SqlNames.inQuotes(database.name());
    execute("ALTER DATABASE " + name + " IS_TEMPLATE false");
    execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }

  static String nameFor(String label) {
    String plain = label.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_");
    return plain.isEmpty() ? "scratch" : plain.substring(0, Math.min(LABEL, plain.length()));
  }

  private synchronized void execute(String sql) {
    try {
      if (admin == null || admin.isClosed()) {
        admin = ScratchConnections.connect(address, "postgres");
      }
      Queries.execute(admin, sql);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The scratch server refused \"" + sql + "\": " + e.getMessage() + ".",
          "Run the goal again; if it happens again, read " + postmaster.log() + ".",
          e);
    }
  }

  /** Ends the server at once and deletes its folder. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      abandonAdmin();
    }
    room.discard();
  }

  private void abandonAdmin() {
    if (admin == null) {
      return;
    }
    try {
      admin.close();
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "The connection to the scratch server cannot be closed: " + e.getMessage() + ".",
          "Run the goal again.",
          e);
    }
  }
}
