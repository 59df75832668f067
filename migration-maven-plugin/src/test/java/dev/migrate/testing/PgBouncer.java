package dev.migrate.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A pgbouncer of this machine before a server; every role needs the password of its user list. */
public final class PgBouncer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final int PATIENCE_MILLIS = 10_000;

  private final Path folder;
  private final Process process;
  private final int port;

  private PgBouncer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
  }

  /**
   * @param server the port of the server
   * @param mode {@code session}, {@code transaction} or {@code statement}
   * @param size how many sessions it has for each user and database
   * @param settings more lines for its configuration
   * @return the pooler, when it listens
   */
  public static PgBouncer before(int server, String mode, int size, String... settings)
      throws IOException, InterruptedException {
    Installed.require(PROGRAM, "pgbouncer");
    Path folder = Installed.folder("pgbouncer");
    int port = InstalledCluster.freePort();
    Path users = folder.resolve("users");
    Files.writeString(users, "\"postgres\" \"" + InstalledCluster.PASSWORD + "\"\n");
    Installed.own(users);
    Path configuration = folder.resolve("pgbouncer.ini");
    Files.writeString(
        configuration,
        """
        [databases]
        * = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        pool_mode = %s
        default_pool_size = %d
        logfile = %s
        %s
        """
            .formatted(
                server,
                port,
                users,
                mode,
                size,
                folder.resolve("log"),
                String.join("\n", settings)));
    Installed.own(configuration);
    // As the account of PostgreSQL: it refuses to run as root.
    Process process =
        new ProcessBuilder(
                Installed.asAccount(List.of(PROGRAM.toString(), configuration.toString())))
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    PgBouncer bouncer = new PgBouncer(folder, process, port);
    bouncer.await();
    return bouncer;
  }

  private void await() throws IOException, InterruptedException {
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.currentTimeMillis() > until) {
          String log =
              Files.exists(folder.resolve("log")) ? Files.readString(folder.resolve("log")) : "";
          close();
          throw new IOException("pgbouncer does not listen: " + log, notYet);
        }
        Thread.sleep(20);
      }
    }
  }

  /**
   * @param database its name
   * @return its JDBC URL through the pooler
   */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public void close() throws IOException {
    try {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      Installed.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
