package dev.migrate.backup;

import dev.migrate.target.Target;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server of the PostgreSQL that is installed here, pg_dump and all; one for the whole JVM. */
final class InstalledServer {
  static final int MAJOR = 15;
  static final Path BINARIES = Path.of("/usr/lib/postgresql/" + MAJOR + "/bin");

  /** Of the role postgres. */
  static final String PASSWORD = "secret word";

  private static Optional<InstalledServer> running;

  private final Path folder;
  private final int port;

  private InstalledServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** The server; empty where PostgreSQL is not installed. */
  static synchronized Optional<InstalledServer> get() throws IOException, InterruptedException {
    if (running == null) {
      running =
          Files.isExecutable(BINARIES.resolve("initdb")) ? Optional.of(start()) : Optional.empty();
    }
    return running;
  }

  private static InstalledServer start() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("backup-pg");
    if (isRoot()) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    InstalledServer server = new InstalledServer(folder, port);
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    if (isRoot()) {
      run(List.of("chown", "postgres", password.toString()));
    }
    as(
        "initdb",
        "-D",
        server.data(),
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        "--pwfile",
        password.toString(),
        "-E",
        "UTF8",
        "--no-sync",
        "--locale=C.UTF-8");
    as(
        "pg_ctl",
        "-D",
        server.data(),
        "-w",
        "-s",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p " + port + " -k " + folder + " -h 127.0.0.1 -c fsync=off -c wal_level=logical",
        "start");
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    return server;
  }

  private void stop() {
    try {
      as("pg_ctl", "-D", data(), "-m", "immediate", "-w", "-s", "stop");
      run(List.of("rm", "-rf", folder.toString()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Target target(String database) {
    return Target.of(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", PASSWORD, "test");
  }

  int port() {
    return port;
  }

  /** Where the server writes what it has to say. */
  Path log() {
    return folder.resolve("log");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void as(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(BINARIES.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("backup", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("No end: " + command);
      }
      String text = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new IOException(text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }

  /** What its pg_dump says of a database anywhere, without what differs from run to run. */
  static List<String> dump(Target target) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env"));
    target.libpqEnvironment().forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(List.of(BINARIES.resolve("pg_dump").toString(), "--schema-only"));
    return run(command)
        .lines()
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .toList();
  }

  /** Loads a file with psql. */
  void psql(String database, String shellCommand) throws IOException, InterruptedException {
    run(
        List.of(
            "bash",
            "-o",
            "pipefail",
            "-c",
            shellCommand
                + " | PGPASSWORD='secret word' %s -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p %d -U postgres %s"
                    .formatted(BINARIES.resolve("psql"), port, database)));
  }
}
