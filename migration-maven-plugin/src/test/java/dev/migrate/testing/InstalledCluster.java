package dev.migrate.testing;

import dev.migrate.target.Target;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server of the PostgreSQL that is installed here, with settings of its own. */
public final class InstalledCluster implements AutoCloseable {
  /** Where its programs are. */
  public static final Path BINARIES = Path.of("/usr/lib/postgresql/15/bin");

  /** Of the role postgres. */
  public static final String PASSWORD = "secret word";

  private final Path folder;
  private final int port;

  private InstalledCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * @param settings lines of postgresql.conf
   * @return a running server; every role needs its password
   */
  public static InstalledCluster start(String... settings)
      throws IOException, InterruptedException {
    InstalledCluster cluster = create();
    cluster.configure(settings);
    cluster.run();
    return cluster;
  }

  /**
   * @return one that does not run yet
   */
  public static InstalledCluster create() throws IOException, InterruptedException {
    Installed.require(BINARIES.resolve("initdb"), "postgresql");
    InstalledCluster cluster = new InstalledCluster(Installed.folder("cluster"), freePort());
    Path password = Files.writeString(cluster.folder.resolve("password"), PASSWORD + "\n");
    Installed.own(password);
    cluster.program(
        "initdb",
        "-D",
        cluster.data().toString(),
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
    cluster.configure("fsync = off", "max_wal_senders = 4", "listen_addresses = '127.0.0.1, ::1'");
    return cluster;
  }

  /**
   * @return a running standby of this server, which streams
   */
  public InstalledCluster standby() throws IOException, InterruptedException {
    InstalledCluster standby = new InstalledCluster(Installed.folder("standby"), freePort());
    List<String> command = new ArrayList<>(List.of("env", "PGPASSWORD=" + PASSWORD));
    command.add(BINARIES.resolve("pg_basebackup").toString());
    command.addAll(
        List.of("-h", "127.0.0.1", "-p", "" + port, "-U", "postgres", "--no-sync", "-R", "-c"));
    command.addAll(List.of("fast", "-D", standby.data().toString()));
    Installed.run(Installed.asAccount(command));
    standby.run();
    return standby;
  }

  /** Adds lines to postgresql.conf, for the next start. */
  public void configure(String... settings) throws IOException {
    Path file = data().resolve("postgresql.conf");
    Files.writeString(file, Files.readString(file) + String.join("\n", settings) + "\n");
  }

  /** Replaces who may come in how, for the next start. */
  public void hba(String lines) throws IOException {
    Files.writeString(data().resolve("pg_hba.conf"), lines);
  }

  /** Puts a file beside its data, for its own eyes only. */
  public Path file(String name, byte[] content) throws IOException, InterruptedException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    Installed.own(file);
    Installed.run(List.of("chmod", "600", file.toString()));
    return file;
  }

  /** Starts it. */
  public void run() throws IOException, InterruptedException {
    program(
        "pg_ctl",
        "-D",
        data().toString(),
        "-w",
        "-s",
        "-l",
        folder.resolve("log").toString(),
        "-o",
        "-p " + port + " -k " + folder,
        "start");
  }

  /** Starts it, unless it runs. */
  public void runAgain() throws IOException, InterruptedException {
    if (!Files.exists(data().resolve("postmaster.pid"))) {
      run();
    }
  }

  /** Lets it read its settings again. */
  public void reload() throws IOException, InterruptedException {
    program("pg_ctl", "-D", data().toString(), "-s", "reload");
  }

  /** Ends it as a power failure does. */
  public void crash() throws IOException, InterruptedException {
    program("pg_ctl", "-D", data().toString(), "-m", "immediate", "-w", "-s", "stop");
  }

  /** Makes a primary of a standby. */
  public void promote() throws IOException, InterruptedException {
    program("pg_ctl", "-D", data().toString(), "-w", "-s", "promote");
  }

  /**
   * @param database its name
   * @return that database, for a superuser
   */
  public Target target(String database) {
    return Target.of(url(database), "postgres", PASSWORD, "test");
  }

  /**
   * @param database its name
   * @return its JDBC URL
   */
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /**
   * @return where it listens
   */
  public int port() {
    return port;
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void program(String name, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(BINARIES.resolve(name).toString()));
    command.addAll(List.of(arguments));
    Installed.run(Installed.asAccount(command));
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(data().resolve("postmaster.pid"))) {
        crash();
      }
      Installed.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
