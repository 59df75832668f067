package dev.migrate.conformance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of an installed package, started in a folder of its own and ended with it.
 */
final class PostgresServer implements Server {
  /** The major version whose client programs judge. */
  static final int INSTALLED = 15;

  private static final String USER = "postgres";

  /** Databases come and go by the hundred, and each is a thousand files. */
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path binaries;
  private final Path folder;
  private final int port;
  private Connection admin;

  private PostgresServer(Path binaries, Path folder, int port) {
    this.binaries = binaries;
    this.folder = folder;
    this.port = port;
  }

  private static final List<String> PLACES =
      List.of(
          "/usr/lib/postgresql/%d/bin",
          "/usr/pgsql-%d/bin",
          "/opt/homebrew/opt/postgresql@%d/bin",
          "/usr/local/opt/postgresql@%d/bin");

  static boolean isInstalled() {
    return place(INSTALLED).isPresent();
  }

  /** Where Debian and others install the binaries of a major version. */
  static Path binaries(int major) {
    return place(major)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No PostgreSQL "
                        + major
                        + " is installed. Install it, or say where with"
                        + " -Dconformance.postgres=FOLDER."));
  }

  private static Optional<Path> place(int major) {
    String given = System.getProperty("conformance.postgres");
    if (given != null && !given.isBlank()) {
      return Optional.of(Path.of(given));
    }
    return PLACES.stream()
        .map(place -> Path.of(place.formatted(major)))
        .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .findFirst();
  }

  static PostgresServer start(Path binaries) throws IOException, InterruptedException {
    Path folder =
        Files.isWritable(MEMORY)
            ? Files.createTempDirectory(MEMORY, "conformance-pg")
            : Files.createTempDirectory("conformance-pg");
    if (isRoot()) {
      run(60, null, List.of("chown", USER, folder.toString()));
    }
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    PostgresServer server = new PostgresServer(binaries, folder, port);
    server.asPostgres(
        "initdb",
        "-D",
        server.data(),
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-N",
        "--locale=C.UTF-8");
    server.asPostgres(
        "pg_ctl",
        "-D",
        server.data(),
        "-w",
        "-s",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p "
            + port
            + " -k "
            + folder
            + " -h 127.0.0.1 -c fsync=off -c synchronous_commit=off"
            + " -c full_page_writes=off -c autovacuum=off -c wal_level=logical -c jit=off"
            + " -c max_locks_per_transaction=1024",
        "start");
    return server;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  int port() {
    return port;
  }

  String host() {
    return folder.toString();
  }

  /** PostgreSQL refuses to run as root. */
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private void asPostgres(String program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", USER, "--"));
    }
    command.add(binaries.resolve(program).toString());
    command.addAll(List.of(arguments));
    run(120, null, command);
  }

  @Override
  public int major() {
    return INSTALLED;
  }

  @Override
  public String client(String database, String input, String program, String... arguments)
      throws IOException, InterruptedException {
    return client(
        binaries.resolve(program),
        Map.of(
            "PGHOST",
            host(),
            "PGPORT",
            String.valueOf(port),
            "PGUSER",
            USER,
            "PGDATABASE",
            database),
        input,
        arguments);
  }

  static String client(
      Path program, Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return run(60, input, command, environment);
  }

  private static String run(int seconds, String input, List<String> command)
      throws IOException, InterruptedException {
    return run(seconds, input, command, Map.of());
  }

  private static String run(
      int seconds, String input, List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("conformance", ".out");
    Path given = Files.createTempFile("conformance", ".in");
    try {
      Files.writeString(given, input == null ? "" : input);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectInput(given.toFile())
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("No end after " + seconds + " s: " + command);
      }
      String text = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new IOException(text.strip());
      }
      return text;
    } finally {
      Files.delete(output);
      Files.delete(given);
    }
  }

  @Override
  public Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("preferQueryMode", "simple");
    properties.setProperty("options", "-c statement_timeout=30s");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  @Override
  public synchronized Connection admin() throws SQLException {
    if (admin == null) {
      admin = connect("postgres");
    }
    return admin;
  }

  @Override
  public void close() throws IOException {
    try {
      asPostgres("pg_ctl", "-D", data(), "-m", "immediate", "-w", "-s", "stop");
      run(60, null, List.of("rm", "-rf", folder.toString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
