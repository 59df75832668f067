package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.target.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Brings the content of a backup into a database, with whatever its file needs for that. */
final class Loading {
  private static final List<String> PSQL =
      List.of(
          "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null");

  private static final long POLL_MILLIS = 50;

  /** A dump says which encoding is its own, and ours is another. */
  private static final String OUR_ENCODING = "\nSET client_encoding = 'UTF8';\n";

  private final Manifest manifest;
  private final Path file;
  private final BackupOptions options;
  private final boolean rights;
  private final BackupProgress progress;

  Loading(
      Manifest manifest,
      Path file,
      BackupOptions options,
      boolean rights,
      BackupProgress progress) {
    this.manifest = manifest;
    this.file = file;
    this.options = options;
    this.rights = rights;
    this.progress = progress;
  }

  /** Finds the program that is needed, so that its absence is known before anything is touched. */
  void prepare() {
    if (manifest.layout() != Manifest.Layout.SQL_GZ) {
      tool();
    }
  }

  /** Loads into an empty database. */
  void into(Target target, String purpose) throws SQLException, IOException {
    progress.begins(
        "Restoring into " + target.database(), manifest.tables().size(), manifest.bytes());
    try {
      switch (manifest.layout()) {
        case SQL_GZ ->
            new PieceLoader(file, rights, progress).load(target, purpose, options.jobs());
        case CUSTOM -> archive(target);
        case SQL -> psql(target);
      }
    } finally {
      progress.ends();
    }
  }

  /**
   * Section by section: with several jobs and all sections at once, pg_restore may add a foreign
   * key of a partitioned table while rows of its partitions are still on their way.
   */
  private void archive(Target target) throws IOException {
    if (tool().remote()) {
      pgRestore(target, List.of());
      return;
    }
    String jobs = "--jobs=" + options.jobs();
    pgRestore(target, List.of("--section=pre-data"));
    pgRestore(target, List.of("--section=data", jobs));
    pgRestore(target, List.of("--section=post-data", jobs));
  }

  private void pgRestore(Target target, List<String> more) throws IOException {
    ClientTool tool = tool().reaching(target);
    List<String> arguments = new ArrayList<>(more);
    arguments.add("--exit-on-error");
    arguments.add("--no-password");
    arguments.add(ToolRun.database(target, true));
    if (!rights) {
      arguments.addAll(List.of("--no-owner", "--no-privileges"));
    }
    if (tool.remote()) {
      run(tool, target, arguments, true);
    } else {
      arguments.add(file.toString());
      run(tool, target, arguments, false);
    }
  }

  /**
   * What a transaction of psql begins with.
   *
   * @param sql what takes its locks
   * @param taken whether they are taken, seen from outside
   * @param then what to do as soon as they are
   */
  record Locking(String sql, Question taken, Runnable then) {
    /** Asked until the answer is yes. */
    interface Question {
      boolean ask() throws SQLException;
    }

    private void await(Process psql) throws IOException {
      try {
        while (!taken.ask()) {
          if (psql.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException("psql has ended");
          }
        }
      } catch (SQLException e) {
        throw new IOException(Refusal.message(e), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      then.run();
    }
  }

  /**
   * Loads over one session of psql, in one transaction, into which pg_restore writes. The COMMIT is
   * ours: with {@code --single-transaction} psql commits at the end of its input, and that is what
   * it sees, too, when this process is killed half-way.
   *
   * @param locking what runs first
   * @param kept what is there and stays
   * @param before SQL that runs next
   * @param after SQL that runs last
   */
  void inOneTransaction(
      Target target, Locking locking, KeptExtensions kept, String before, String after)
      throws IOException {
    List<String> arguments = new ArrayList<>(PSQL);
    arguments.addAll(List.of("--file=-", ToolRun.database(target, true)));
    try (ToolRun psql = ToolRun.start(tool("psql").reaching(target), target, arguments, true)) {
      IOException broken = null;
      try (OutputStream in = psql.process().getOutputStream()) {
        try {
          in.write(("BEGIN;" + OUR_ENCODING + locking.sql()).getBytes(StandardCharsets.UTF_8));
          in.flush();
          locking.await(psql.process());
          in.write((OUR_ENCODING + before).getBytes(StandardCharsets.UTF_8));
          write(kept, in);
          in.write((OUR_ENCODING + after + "COMMIT;\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
          psql.process().destroyForcibly();
          throw e;
        }
      } catch (IOException e) {
        broken = e;
      }
      if (broken != null) {
        psql.process().onExit().join();
        throw psql.said().isEmpty() ? broken : new IOException(psql.said(), broken);
      }
      psql.finish();
    }
  }

  /** Writes the backup as SQL. */
  private void write(KeptExtensions kept, OutputStream sql) throws IOException {
    if (manifest.layout() == Manifest.Layout.SQL) {
      requireRights();
      requireNothingKept(kept, "a backup in plain SQL");
      Files.copy(file, sql);
      return;
    }
    ClientTool tool = tool();
    if (tool.remote()) {
      requireNothingKept(kept, "a program in a container");
    }
    if (kept.isEmpty()) {
      write(tool, List.of(), sql);
      return;
    }
    Path list = Disk.createTemporaryFile(file.toAbsolutePath().getParent(), ".list", ".tmp");
    try {
      Disk.write(list, list(tool, kept));
      write(tool, List.of("--use-list=" + list), sql);
    } finally {
      Disk.deleteIfThere(list);
    }
  }

  private void requireNothingKept(KeptExtensions kept, String what) throws IOException {
    if (!kept.isEmpty()) {
      throw new IOException(
          "%s cannot leave out the extensions %s, which only a superuser could replace"
              .formatted(what, KeptExtensions.list(List.copyOf(kept.names()))));
    }
  }

  /** What is in the archive, without what stays. */
  private String list(ClientTool tool, KeptExtensions kept) throws IOException {
    try (ToolRun run = ToolRun.writing(tool, List.of("--list", file.toString()))) {
      run.process().getOutputStream().close();
      String all =
          new String(run.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      run.finish();
      return all.lines()
          .filter(line -> !kept.leavesOut(line))
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private void write(ClientTool tool, List<String> more, OutputStream sql) throws IOException {
    List<String> arguments = new ArrayList<>(more);
    arguments.add("--file=-");
    if (!rights) {
      arguments.addAll(List.of("--no-owner", "--no-privileges"));
    }
    if (!tool.remote()) {
      arguments.add(file.toString());
    }
    try (ToolRun run = ToolRun.writing(tool, arguments)) {
      IOException[] broken = {null};
      Thread feeding =
          TableDump.daemon("feed")
              .newThread(
                  () -> {
                    try (OutputStream in = run.process().getOutputStream()) {
                      if (tool.remote()) {
                        Files.copy(file, in);
                      }
                    } catch (IOException e) {
                      broken[0] = e; // the program has ended; its own words say more
                    }
                  });
      feeding.start();
      run.process().getInputStream().transferTo(sql);
      run.finish();
      feeding.join();
      if (broken[0] != null) {
        throw broken[0];
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void requireRights() {
    if (!rights) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "A backup in plain SQL cannot be restored without its owners and privileges.",
          "Create the roles it names, or take backups in pg_dump's archive format"
              + " (-Dmigrate.backupPlain=false).");
    }
  }

  private void psql(Target target) throws IOException {
    requireRights();
    List<String> arguments = new ArrayList<>(PSQL);
    arguments.add(ToolRun.database(target, true));
    run(tool().reaching(target), target, arguments, true);
  }

  private void run(ClientTool tool, Target target, List<String> arguments, boolean feed)
      throws IOException {
    try (ToolRun run = ToolRun.start(tool, target, arguments, true)) {
      IOException broken = null;
      try (OutputStream in = run.process().getOutputStream()) {
        if (feed) {
          Files.copy(file, in);
        }
      } catch (IOException e) {
        broken = e; // the program has ended; its own words say more
      }
      run.finish();
      if (broken != null) {
        throw broken;
      }
    }
  }

  private ClientTool tool() {
    return tool(manifest.layout() == Manifest.Layout.SQL ? "psql" : "pg_restore");
  }

  private ClientTool tool(String program) {
    Matcher version = Pattern.compile("(\\d+)").matcher(manifest.tool());
    int major = version.find() ? Integer.parseInt(version.group(1)) : manifest.serverMajor();
    return ClientTool.find(program, options, major)
        .orElseThrow(
            () ->
                new MigrateException(
                    FailureCode.CLIENT_TOOL,
                    "No %s of version %d or later is on this machine.".formatted(program, major),
                    "Name the pg_dump beside it with -Dmigrate.pgDump, or call it in a container"
                        + " with -Dmigrate.backupCommand=\"docker compose exec -T db\"."));
  }
}
