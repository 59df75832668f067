package dev.migrate.scratch;

import dev.migrate.files.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The server process (postmaster) of one cluster: starts it with its watchdog, finds it again,
 * stops it.
 *
 * <p>The watchdog is a small shell script, the parent of the server. It has a session of its own
 * (so that neither Ctrl-C nor the end of Maven touches server or script), holds none of Maven's
 * streams, and ends the server as soon as no registered user lives. There is none on Windows: there
 * a killed JVM leaves the server running until the next goal finds it.
 */
final class Postmaster {
  private static final long POLL_MILLIS = 5;
  private static final Duration RECOVERY_LIMIT = Duration.ofMinutes(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final Duration FRESH_LIMIT = Duration.ofSeconds(30);
  private static final long LOG_LIMIT = 4L << 20;
  private static final int TAIL = 2_000;

  private final PostgresInstallation installation;
  private final Cluster cluster;

  Postmaster(PostgresInstallation installation, Cluster cluster) {
    this.installation = installation;
    this.cluster = cluster;
  }

  /** How to end a server. */
  enum Shutdown {
    /** Ends the sessions, writes everything, ends. */
    FAST("INT", "fast"),
    /** Ends at once; recovery is needed, or the data thrown away. */
    IMMEDIATE("QUIT", "immediate");

    private final String signal;
    private final String mode;

    Shutdown(String signal, String mode) {
      this.signal = signal;
      this.mode = mode;
    }
  }

  /** A server that ended while it was starting, with what it said. */
  static final class NotStarted extends Exception {
    private static final long serialVersionUID = 1L;

    NotStarted(String log) {
      super(log);
    }

    boolean portTaken() {
      return getMessage().contains("could not bind")
          || getMessage().contains("could not create any TCP/IP sockets");
    }

    /** After a kill -9, sessions may outlive their server for a moment. */
    boolean formerSessionsAlive() {
      return getMessage().contains("is still in use");
    }
  }

  Path log() {
    return cluster.folder().resolve("server.log");
  }

  /** The server over this cluster, as far as process numbers tell. */
  Optional<PidFile> running() {
    return PidFile.of(cluster.data()).filter(PidFile::alive);
  }

  /**
   * Waits while a server is starting or stopping.
   *
   * @return the server when it is ready, empty when there is none
   */
  Optional<PidFile> settled() {
    long end = System.nanoTime() + RECOVERY_LIMIT.toNanos();
    while (true) {
      Optional<PidFile> now = running();
      if (now.isEmpty() || now.get().ready()) {
        return now;
      }
      if (System.nanoTime() > end) {
        throw ScratchFailure.embedded(
            "The embedded PostgreSQL (process "
                + now.get().pid()
                + ") is still "
                + now.get().status()
                + " after "
                + RECOVERY_LIMIT.toMinutes()
                + " minutes.",
            "Read " + log() + ", end that process and run the goal again");
      }
      pause();
    }
  }

  /**
   * Starts the server and waits until it takes connections.
   *
   * @throws NotStarted when it ended instead
   */
  PidFile start(int port) throws NotStarted {
    try {
      rotateLog();
      forgetForeignPidFile();
      long logged = Files.exists(log()) ? Files.size(log()) : 0;
      Process process = launch(port);
      return await(process, port, logged);
    } catch (IOException e) {
      throw ScratchFailure.embedded(
          "The embedded PostgreSQL in "
              + cluster.folder()
              + " cannot be started: "
              + e.getMessage()
              + ".",
          "Make sure that this folder can be written",
          e);
    }
  }

  /**
   * After a restart of the machine, a stale file's process number may belong to somebody else,
   * which would stop PostgreSQL. In every other case the file stays: PostgreSQL finds in it whether
   * sessions of the former server still live.
   */
  private void forgetForeignPidFile() throws IOException {
    if (PidFile.of(cluster.data()).filter(PidFile::foreign).isPresent()) {
      Disk.deleteIfThere(cluster.data().resolve("postmaster.pid"));
    }
  }

  private Process launch(int port) throws IOException {
    List<String> server = new ArrayList<>();
    Path data = cluster.data().toRealPath();
    server.add(installation.program("postgres").toString());
    server.addAll(List.of("-D", data.toString(), "-p", String.valueOf(port)));
    server.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
    List<String> command = new ArrayList<>();
    if (Platform.isWindows()) {
      command.addAll(List.of(installation.program("pg_ctl").toString(), "start", "-W"));
      command.addAll(List.of("-D", data.toString(), "-l", log().toString(), "-o"));
      command.add("-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=");
    } else {
      ServerAccount account = ServerAccount.current();
      account.own(data);
      command.addAll(ProcessSession.own());
      command.addAll(List.of("sh", watchdog().toString()));
      command.addAll(
          List.of(cluster.folder().toRealPath().toString(), account.forks() ? "yes" : "no"));
      command.addAll(account.command(server));
    }
    ProcessBuilder builder = new ProcessBuilder(command).directory(cluster.folder().toFile());
    SystemCommand.clean(builder.environment());
    builder.redirectInput(
        Platform.isWindows() ? new java.io.File("NUL") : new java.io.File("/dev/null"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(Disk.appending(log()));
    return builder.start();
  }

  /** A running shell reads its script bit by bit, so the file is replaced, never overwritten. */
  private Path watchdog() throws IOException {
    Path script = cluster.folder().resolve("watchdog.sh");
    try (InputStream in = Postmaster.class.getResourceAsStream("watchdog.sh")) {
      Disk.replace(script, in.readAllBytes());
    }
    return script.toRealPath();
  }

  private PidFile await(Process process, int port, long logged) throws IOException, NotStarted {
    long begun = System.nanoTime();
    while (true) {
      // Ask in this order: a server that became ready and then ended is seen as ended next time.
      boolean ended = Platform.isWindows() ? failed(process) : !process.isAlive();
      Optional<PidFile> now = running();
      if (now.isPresent() && now.get().ready() && now.get().port() == port) {
        return now.get();
      }
      if (ended) {
        throw new NotStarted(tail(logged));
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      if (waited.compareTo(now.isPresent() ? RECOVERY_LIMIT : FRESH_LIMIT) > 0) {
        throw new NotStarted("no sign of life for " + waited.toSeconds() + " s. " + tail(logged));
      }
      pause();
    }
  }

  private static boolean failed(Process pgCtl) {
    return !pgCtl.isAlive() && pgCtl.exitValue() != 0;
  }

  /**
   * Ends the server and waits until it is gone.
   *
   * @return whether one was running
   */
  boolean stop(Shutdown how) {
    Optional<PidFile> server = running();
    if (server.isEmpty()) {
      return false;
    }
    signal(server.get(), how);
    if (!gone(server.get(), STOP_LIMIT)) {
      signal(server.get(), Shutdown.IMMEDIATE);
      if (!gone(server.get(), STOP_LIMIT)) {
        throw ScratchFailure.embedded(
            "The embedded PostgreSQL (process " + server.get().pid() + ") does not end.",
            "Read " + log() + " and end that process");
      }
    }
    return true;
  }

  private void signal(PidFile server, Shutdown how) {
    List<String> command =
        Platform.isWindows()
            ? List.of(
                installation.program("pg_ctl").toString(),
                "stop",
                "-W",
                "-m",
                how.mode,
                "-D",
                cluster.data().toString())
            : List.of("sh", "-c", "kill -" + how.signal + " " + server.pid());
    try {
      SystemCommand.Result result = SystemCommand.run(cluster.folder(), command);
      if (!result.ok() && server.alive()) {
        throw new IOException(result.output());
      }
    } catch (IOException e) {
      throw ScratchFailure.embedded(
          "The embedded PostgreSQL (process "
              + server.pid()
              + ") cannot be ended: "
              + e.getMessage()
              + ".",
          "End that process as the user who started it",
          e);
    }
  }

  private boolean gone(PidFile server, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (server.alive()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause();
    }
    return true;
  }

  private void rotateLog() throws IOException {
    if (Files.exists(log()) && Files.size(log()) > LOG_LIMIT) {
      Disk.move(log(), log().resolveSibling("server.log.1"));
    }
  }

  private String tail(long from) throws IOException {
    try (InputStream in = Files.newInputStream(log())) {
      in.skipNBytes(Math.max(from, Files.size(log()) - TAIL));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw ScratchFailure.interrupted("waiting for the embedded PostgreSQL");
    }
  }
}
