package dev.migrate.live;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The installed PostgreSQL 15 as a server of its own, with nothing going on that is not ours: no
 * autovacuum, no checkpoint but those that are asked for.
 */
final class LiveServer implements AutoCloseable {
  static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

  private final Path folder;
  private final int port;

  private LiveServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static boolean isInstalled() {
    return Files.isExecutable(BINARIES.resolve("pgbench"));
  }

  static LiveServer start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("live-pg");
    if (isRoot()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    LiveServer server = new LiveServer(folder, port);
    server.as(
        "initdb", "-D", server.data(), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8");
    server.as(
        "pg_ctl",
        "-D",
        server.data(),
        "-w",
        "-s",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p %d -k %s -h 127.0.0.1 -c autovacuum=off -c max_wal_size=16GB -c checkpoint_timeout=1h -c shared_buffers=256MB"
            .formatted(port, folder),
        "start");
    return server;
  }

  int port() {
    return port;
  }

  Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
  }

  void execute(String database, String... statements) throws SQLException {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void as(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(BINARIES.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("live", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("No end: " + command);
      }
      if (process.exitValue() != 0) {
        throw new IOException(command + ": " + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      as("pg_ctl", "-D", data(), "-m", "immediate", "-w", "-s", "stop");
      run(List.of("rm", "-rf", folder.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while the server was stopped", e);
    }
  }
}
