package dev.migrate.scratch;

import dev.migrate.files.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A PostgreSQL database cluster on disk: an initialised data folder and the password of its
 * superuser, {@code data/} and {@code password} next to each other in one folder.
 */
record Cluster(Path folder) {
  static final String SUPERUSER = "postgres";

  private static final String DATA = "data";
  private static final String UNFINISHED = "unfinished-";
  private static final String PASSWORD = "password";
  private static final int LONG_PASSWORDS = 14;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** What to append to the configuration of a new cluster. */
  enum Purpose {
    /** Keeps what it was given, also through a power loss. */
    TARGET(
        """
        # Migrate for Maven: a small server for one project
        max_connections = 100
        shared_buffers = 64MB
        max_wal_size = 1GB
        """),
    /** Nobody will miss it, so nothing waits for the disk. */
    SCRATCH(
        """
        # Migrate for Maven: a throw-away server
        max_connections = 200
        shared_buffers = 128MB
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        autovacuum = off
        max_wal_size = 4GB
        checkpoint_timeout = 1h
        max_locks_per_transaction = 1024
        """);

    private static final String COMMON =
        """
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        log_line_prefix = '%m [%p] %q%u@%d '
        """;

    private final String settings;

    Purpose(String settings) {
      this.settings = settings;
    }

    String settings() {
      return System.lineSeparator() + settings + COMMON;
    }
  }

  Path data() {
    return folder.resolve(DATA);
  }

  boolean exists() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  String password() throws IOException {
    return Files.readString(folder.resolve(PASSWORD)).strip();
  }

  /** A password to replace the present one, written down but not yet in force. */
  String proposePassword() throws IOException {
    String password = randomPassword();
    writePrivately(proposedPassword(), password);
    return password;
  }

  Path proposedPassword() {
    return folder.resolve(PASSWORD + ".next");
  }

  void adoptProposedPassword() throws IOException {
    Disk.move(proposedPassword(), folder.resolve(PASSWORD));
  }

  private static String randomPassword() {
    byte[] bytes = new byte[18];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void writePrivately(Path file, String content) throws IOException {
    Disk.replace(file, content.getBytes(StandardCharsets.US_ASCII), Disk.ownerFile());
  }

  /**
   * Makes a new cluster with {@code initdb}.
   *
   * @param folder an empty folder
   * @param initdb the program
   * @param major its major version
   */
  static Cluster initialise(Path folder, Path initdb, int major) throws IOException {
    ServerAccount account = ServerAccount.current();
    String password = randomPassword();
    writePrivately(folder.resolve(PASSWORD), password);
    Path verifier = folder.resolve("verifier");
    // The initdb of PostgreSQL 13 reads no more than 99 characters; a verifier has more.
    writePrivately(verifier, major < LONG_PASSWORDS ? password : ScramVerifier.of(password));
    account.own(folder);
    SystemCommand.Result result = null;
    for (String locale : List.of("C.UTF-8", "C")) {
      Disk.deleteTree(folder.resolve(DATA));
      List<String> command = new ArrayList<>();
      command.add(initdb.toString());
      // Names relative to the working folder: some versions hand them to a shell half quoted.
      command.addAll(List.of("-D", DATA, "-U", SUPERUSER, "-E", "UTF8", "--locale=" + locale));
      command.addAll(List.of("-A", "scram-sha-256", "--pwfile=verifier", "--no-sync"));
      command.add("--wal-segsize=1"); // an empty segment of the usual 16 MB is half the cluster
      result = program(folder.resolve(DATA), folder, account.command(command));
      if (result.ok()) {
        Disk.delete(verifier);
        account.disown(folder); // it holds a password
        return new Cluster(folder);
      }
    }
    throw ScratchFailure.embedded(
        "initdb of the embedded PostgreSQL failed: " + result.output(), "Mend what it says");
  }

  /**
   * Copies this cluster, all or nothing.
   *
   * @param target the folder to put the copy into, which exists and holds no cluster
   * @param purpose what the copy is for
   * @param initdb the program, which knows how to write a cluster through to the disk
   */
  Cluster copyTo(Path target, Purpose purpose, Path initdb) throws IOException {
    FileTree.sweep(target, UNFINISHED);
    Path unfinished = target.resolve(UNFINISHED + UUID.randomUUID());
    FileTree.copy(data(), unfinished);
    Disk.append(unfinished.resolve("postgresql.conf"), purpose.settings());
    ServerAccount account = ServerAccount.current();
    account.own(unfinished);
    if (purpose == Purpose.TARGET) {
      sync(target, unfinished.getFileName().toString(), initdb);
    }
    writePrivately(target.resolve(PASSWORD), password());
    Disk.move(unfinished, target.resolve(DATA));
    return new Cluster(target);
  }

  /**
   * Copies this cluster, which is stopped, as it is.
   *
   * @param target the folder to put the copy into, which exists and holds no cluster
   */
  Cluster duplicate(Path target) throws IOException {
    Cluster copy = new Cluster(target);
    FileTree.copy(data(), copy.data());
    ServerAccount.current().own(copy.data());
    writePrivately(target.resolve(PASSWORD), password());
    return copy;
  }

  /** Writes this cluster through to the disk. */
  void sync(Path initdb) throws IOException {
    sync(folder, DATA, initdb);
  }

  private static void sync(Path folder, String data, Path initdb) throws IOException {
    SystemCommand.Result sync =
        program(
            folder.resolve(data),
            folder,
            ServerAccount.current().command(List.of(initdb.toString(), "--sync-only", "-D", data)));
    if (!sync.ok()) {
      throw new IOException("initdb --sync-only: " + sync.output());
    }
  }

  /** Runs a program that writes a folder. */
  private static SystemCommand.Result program(Path written, Path directory, List<String> command)
      throws IOException {
    List<SystemCommand.Result> result = new ArrayList<>();
    Disk.byProgram(written, () -> result.add(SystemCommand.run(directory, command)));
    return result.get(0);
  }
}
