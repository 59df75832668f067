package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A pgbouncer of this machine before the server of a database. It undoes nothing by itself when a
 * session is given back, so that what the goals leave is seen.
 */
final class Pooler implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final int PATIENCE_MILLIS = 10_000;

  private final Path folder;
  private final Process process;
  private final Database pooled;

  private Pooler(Path folder, Process process, Database pooled) {
    this.folder = folder;
    this.process = process;
    this.pooled = pooled;
  }

  /** Fails where {@code CI=true} and it is missing, and skips the test elsewhere. */
  static void require() {
    String missing = PROGRAM + " is missing here; on Debian it is in the package pgbouncer";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(PROGRAM).as(missing).isExecutable();
    }
    assumeTrue(Files.isExecutable(PROGRAM), missing);
  }

  /**
   * @param database behind it
   * @param mode {@code session}, {@code transaction} or {@code statement}
   * @return it, when it listens
   */
  static Pooler before(Database database, String mode) throws Exception {
    URI server = URI.create(database.url().substring("jdbc:".length()));
    Path folder = Files.createTempDirectory("pooler");
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path users = folder.resolve("users");
    Files.writeString(users, "\"%s\" \"%s\"\n".formatted(database.user(), database.password()));
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
        default_pool_size = 6
        server_reset_query =
        logfile = %s
        """
            .formatted(server.getPort(), port, users, mode, folder.resolve("log")));
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) { // it refuses to run as root
      new ProcessBuilder("chown", "-R", "postgres", folder.toString()).start().waitFor();
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.addAll(List.of(PROGRAM.toString(), configuration.toString()));
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    String url = "jdbc:postgresql://127.0.0.1:%d%s".formatted(port, server.getPath());
    Pooler pooler =
        new Pooler(folder, process, new Database(url, database.user(), database.password()));
    pooler.await(port);
    return pooler;
  }

  /** The same database, through the pooler. */
  Database database() {
    return pooled;
  }

  private void await(int port) throws IOException, InterruptedException {
    long until = System.currentTimeMillis() + PATIENCE_MILLIS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive() || System.currentTimeMillis() > until) {
          close();
          throw new IOException("pgbouncer does not listen", notYet);
        }
        Thread.sleep(20);
      }
    }
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(Pooler::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
