package dev.migrate.scratch;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A throw-away server: started from nothing in a moment, nothing in it survives. It lives in a
 * folder of its own, which goes with it; what a killed process left is swept by the next one.
 */
public final class ScratchServer implements Scratch {
  private static final String PREFIX = "server-";
  private static final int ATTEMPTS = 8;
  private static final int LABEL = 40;

  /** From this version on CREATE DATABASE can copy files, which is fastest without fsync. */
  private static final int FILE_COPY = 15;

  private final PostgresInstallation installation;
  private final Path folder;
  private final ExclusiveLock lock;
  private final Users.Registration registration;
  private final Postmaster postmaster;
  private final ServerAddress address;
  private final AtomicInteger number = new AtomicInteger();
  private Connection admin;
  private boolean closed;

  private ScratchServer(
      PostgresInstallation installation,
      Path folder,
      ExclusiveLock lock,
      Users.Registration registration,
      Postmaster postmaster,
      ServerAddress address) {
    this.installation = installation;
    this.folder = folder;
    this.lock = lock;
    this.registration = registration;
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
    try {
      Account.current().admit(FileTree.privateFolder(parent));
    } catch (IOException e) {
      throw Failure.file("create", parent, e);
    }
    ExclusiveLock lock = new ExclusiveLock(parent.resolve("lock"));
    installation.program("postgres"); // unpacks, which is nothing to make others wait for
    Path folder = parent.resolve(PREFIX + UUID.randomUUID());
    Users.Registration registration =
        lock.hold(
            () -> {
              sweep(installation, parent);
              try {
                Account.current().admit(FileTree.privateFolder(folder));
              } catch (IOException e) {
                throw Failure.file("create", folder, e);
              }
              return new Users(folder.resolve("users")).register();
            });
    try {
      Cluster cluster = installation.newCluster(folder, Cluster.Purpose.SCRATCH);
      Postmaster postmaster = new Postmaster(installation, cluster);
      PidFile server = launch(postmaster);
      ServerAddress address =
          new ServerAddress("127.0.0.1", server.port(), Cluster.SUPERUSER, cluster.password());
      return new ScratchServer(installation, folder, lock, registration, postmaster, address);
    } catch (IOException e) {
      lock.hold(() -> discard(installation, folder, registration));
      throw Failure.file("create a scratch server in", folder, e);
    } catch (RuntimeException | Error e) {
      lock.hold(() -> discard(installation, folder, registration));
      throw e;
    }
  }

  private static PidFile launch(Postmaster postmaster) {
    String said = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return postmaster.start(Ports.choose());
      } catch (Postmaster.NotStarted e) {
        said = e.getMessage();
        if (!e.portTaken()) {
          break;
        }
      }
    }
    throw Failure.embedded(
        "The scratch server does not start: " + said, "Mend what PostgreSQL says");
  }

  /** What the killed left: their watchdog has ended the server, or has been killed as well. */
  private static void sweep(PostgresInstallation installation, Path parent) {
    List<Path> folders;
    try (var all = Files.list(parent)) {
      folders = all.filter(path -> path.getFileName().toString().startsWith(PREFIX)).toList();
    } catch (IOException e) {
      throw Failure.file("read", parent, e);
    }
    for (Path old : folders) {
      if (new Users(old.resolve("users")).count() == 0) {
        discard(installation, old, null);
      }
    }
  }

  private static Void discard(
      PostgresInstallation installation, Path folder, Users.Registration registration) {
    new Postmaster(installation, new Cluster(folder)).stop(Postmaster.Shutdown.IMMEDIATE);
    if (registration != null) {
      registration.close();
    }
    try {
      FileTree.delete(folder);
    } catch (IOException e) {
      throw Failure.file("delete", folder, e);
    }
    return null;
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
    return installation.version();
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
            + Jdbc.quoted(name)
            + " TEMPLATE "
            + Jdbc.quoted(template)
            + (installation.version().major() >= FILE_COPY ? " STRATEGY file_copy" : ""));
    return new ScratchDatabase(
        name, address.jdbcUrl(name), address.user(), address.password(), this::drop);
  }

  /**
   * Makes a database a template: nobody can connect any more, so that it can always be copied.
   *
   * @param database one of this server
   * @throws MigrateException when the server refuses
   */
  public void markTemplate(ScratchDatabase database) {
    String name = Jdbc.quoted(database.name());
    execute("ALTER DATABASE " + name + " IS_TEMPLATE true ALLOW_CONNECTIONS false");
  }

  private void drop(ScratchDatabase database) {
    synchronized (this) {
      if (closed) {
        return; // it went with the server
      }
    }
    String name = Jdbc.quoted(database.name());
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
        admin = Jdbc.connect(address, "postgres");
      }
      Jdbc.execute(admin, sql);
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
    lock.hold(() -> discard(installation, folder, registration));
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
