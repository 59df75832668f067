package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.scratch.SandboxAdministrator;
import dev.migrate.script.ScriptReader;
import dev.migrate.script.ScriptStatement;
import dev.migrate.sql.PostgresError;
import dev.migrate.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Loads the data file of a backup into an empty database, with {@code pg_restore}, {@code psql} or
 * over JDBC, depending on its format.
 */
final class BackupLoader {
  private static final List<String> PSQL =
      List.of(
          "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", "--output=/dev/null");

  private static final long POLL_MILLIS = 50;

  private static final Pattern COPY = Pattern.compile("(?is)\\s*COPY\\s.*");

  private static final Pattern RESTRICT = Pattern.compile("(?m)^\\\\restrict ([A-Za-z0-9]+)$");

  /** As pg_restore's list has them: numbers, what, schema or a dash, name, owner. */
  private static final Pattern ADMINISTERED =
      Pattern.compile(
          "^\\d+; \\d+ \\d+ (ACL|DEFAULT ACL|EVENT TRIGGER|PUBLICATION"
              + "|COMMENT - (EVENT TRIGGER|PUBLICATION|EXTENSION))\\b");

  /** A dump says which encoding is its own, and ours is another. */
  private static final String OUR_ENCODING = "\nSET client_encoding = 'UTF8';\n";

  /** As a statement, and not as an option of the connection, which poolers refuse. */
  private static final String MONEY = "SET lc_monetary = 'C';\n";

  /** Whoever has lent the session gets it back as it was. */
  private static final String CLEAN = "DISCARD ALL;\n";

  private final Manifest manifest;
  private final Path file;
  private final BackupOptions options;
  private final boolean rights;
  private final BackupProgress progress;

  BackupLoader(
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
            new ParallelLoader(file, rights, progress).load(target, purpose, options.jobs());
        case CUSTOM -> archive(target, purpose);
        case SQL -> psql(target);
      }
    } finally {
      progress.ends();
    }
  }

  /**
   * Loads what comes from a database of others into a sandbox: statement by statement as whoever
   * may run each, the rows and what is made when they are there as the owner.
   */
  void into(Target target, String purpose, SandboxAdministrator administrator)
      throws SQLException, IOException {
    progress.begins(
        "Restoring into " + target.database(), manifest.tables().size(), manifest.bytes());
    try (Connection connection = target.connect(purpose)) {
      if (manifest.layout() == Manifest.Layout.SQL_GZ) {
        new ParallelLoader(file, rights, progress)
            .load(target, purpose, options.jobs(), () -> {}, administrator);
        return;
      }
      if (manifest.layout() == Manifest.Layout.SQL || tool().remote()) {
        for (ScriptStatement statement : script(List.of())) {
          run(statement, connection, administrator);
        }
      } else {
        sections(target, connection, administrator);
      }
      administrator.finish(connection, rights);
    } finally {
      progress.ends();
    }
  }

  private void sections(Target target, Connection connection, SandboxAdministrator administrator)
      throws SQLException, IOException {
    String jobs = "--jobs=" + options.jobs();
    List<String> plain = List.of("--no-owner", "--no-privileges");
    for (ScriptStatement statement : script(List.of("--section=pre-data"))) {
      run(statement, connection, administrator);
    }
    pgRestore(target, with(plain, "--section=data", jobs), true);
    List<ScriptStatement> after = new ArrayList<>();
    for (ScriptStatement statement : script(List.of("--section=post-data"))) {
      if (administrator.takes(statement.sql())) {
        after.add(statement);
      }
    }
    Path list = Disk.createTemporaryFileBeside(file.toAbsolutePath(), "owned");
    try {
      Disk.write(list, list(tool(), line -> ADMINISTERED.matcher(line).find()));
      pgRestore(target, with(plain, "--section=post-data", jobs, "--use-list=" + list), true);
    } finally {
      Disk.deleteIfThere(list);
    }
    for (ScriptStatement statement : after) {
      run(statement, connection, administrator);
    }
  }

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  private static void run(
      ScriptStatement statement, Connection connection, SandboxAdministrator administrator)
      throws SQLException {
    if (COPY.matcher(statement.sql()).matches()) {
      statement.run(connection);
    } else {
      administrator.run(connection, statement.sql());
    }
  }

  /** The backup as statements, or part of it. */
  private List<ScriptStatement> script(List<String> arguments) throws IOException {
    Path script = Disk.createTemporaryFileBeside(file.toAbsolutePath(), "statements");
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      if (manifest.layout() == Manifest.Layout.SQL) {
        Files.copy(file, text);
      } else {
        write(tool(), arguments, text);
      }
      Disk.write(script, withoutMetaCommands(text.toString(StandardCharsets.UTF_8)));
      return ScriptReader.split(script, manifest.file());
    } finally {
      Disk.deleteIfThere(script);
    }
  }

  /** With these psql is told to take no command but the last of them. */
  static String withoutMetaCommands(String script) {
    Matcher restrict = RESTRICT.matcher(script);
    if (!restrict.find()) {
      return script;
    }
    String rest = script.substring(restrict.end());
    int end = rest.lastIndexOf("\n\\unrestrict " + restrict.group(1));
    return script.substring(0, restrict.start()) + (end < 0 ? rest : rest.substring(0, end + 1));
  }

  /**
   * Section by section: with several jobs and all sections at once, pg_restore may add a foreign
   * key of a partitioned table while rows of its partitions are still on their way.
   */
  private void archive(Target target, String purpose) throws IOException {
    if (tool().remote()) {
      pgRestore(target, List.of());
      return;
    }
    if (target.isLent(purpose)) {
      // pg_restore would leave its settings in the pooler's sessions, and is refused its options.
      inOneTransaction(
          target, new Locking("", () -> true, () -> {}), UndroppableExtensions.NONE, "", "");
      return;
    }
    String jobs = "--jobs=" + options.jobs();
    pgRestore(target, List.of("--section=pre-data"));
    pgRestore(target, List.of("--section=data", jobs));
    pgRestore(target, List.of("--section=post-data", jobs));
  }

  private void pgRestore(Target target, List<String> more) throws IOException {
    pgRestore(target, more, rights);
  }

  private void pgRestore(Target target, List<String> more, boolean rights) throws IOException {
    ClientTool tool = tool().reaching(target);
    List<String> arguments = new ArrayList<>(more);
    arguments.add("--exit-on-error");
    arguments.add("--no-password");
    arguments.add(ClientToolRun.database(target, true));
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
        throw new IOException(PostgresError.messageAndDetail(e), e);
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
      Target target, Locking locking, UndroppableExtensions kept, String before, String after)
      throws IOException {
    List<String> arguments = new ArrayList<>(PSQL);
    arguments.addAll(List.of("--file=-", ClientToolRun.database(target, false)));
    try (ClientToolRun psql =
        ClientToolRun.start(tool("psql").reaching(target), target, arguments, true)) {
      IOException broken = null;
      try (OutputStream in = psql.process().getOutputStream()) {
        try {
          in.write(
              ("BEGIN;" + OUR_ENCODING + MONEY + locking.sql()).getBytes(StandardCharsets.UTF_8));
          in.flush();
          locking.await(psql.process());
          in.write((OUR_ENCODING + before).getBytes(StandardCharsets.UTF_8));
          write(kept, in);
          in.write((OUR_ENCODING + after + "COMMIT;\n" + CLEAN).getBytes(StandardCharsets.UTF_8));
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
  private void write(UndroppableExtensions kept, OutputStream sql) throws IOException {
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
    Path list = Disk.createTemporaryFileBeside(file.toAbsolutePath(), "list");
    try {
      Disk.write(list, list(tool, kept::leavesOut));
      write(tool, List.of("--use-list=" + list), sql);
    } finally {
      Disk.deleteIfThere(list);
    }
  }

  private void requireNothingKept(UndroppableExtensions kept, String what) throws IOException {
    if (!kept.isEmpty()) {
      throw new IOException(
          "%s cannot leave out the extensions %s, which only a superuser could replace"
              .formatted(what, UndroppableExtensions.list(List.copyOf(kept.names()))));
    }
  }

  /** What is in the archive, without some of its entries. */
  private String list(ClientTool tool, Predicate<String> left) throws IOException {
    try (ClientToolRun run = ClientToolRun.writing(tool, List.of("--list", file.toString()))) {
      run.process().getOutputStream().close();
      String all =
          new String(run.process().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      run.finish();
      return all.lines()
          .filter(line -> !left.test(line))
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
    try (ClientToolRun run = ClientToolRun.writing(tool, arguments)) {
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
    arguments.addAll(List.of("--file=-", ClientToolRun.database(target, false)));
    try (ClientToolRun run =
        ClientToolRun.start(tool().reaching(target), target, arguments, true)) {
      IOException broken = null;
      try (OutputStream in = run.process().getOutputStream()) {
        in.write(MONEY.getBytes(StandardCharsets.UTF_8));
        Files.copy(file, in);
        in.write(("\n" + CLEAN).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        broken = e; // the program has ended; its own words say more
      }
      run.finish();
      if (broken != null) {
        throw broken;
      }
    }
  }

  private void run(ClientTool tool, Target target, List<String> arguments, boolean feed)
      throws IOException {
    try (ClientToolRun run = ClientToolRun.start(tool, target, arguments, true)) {
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
