package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.target.Target;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the content of a backup into a database, with whatever its file needs for that. */
final class Loading {
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

  void pgRestore(Target target, List<String> more) throws IOException {
    ClientTool tool = tool();
    List<String> arguments = new ArrayList<>(more);
    arguments.add("--exit-on-error");
    arguments.add("--no-password");
    arguments.add("--dbname=" + target.database());
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

  private void psql(Target target) throws IOException {
    if (!rights) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "A backup in plain SQL cannot be restored without its owners and privileges.",
          "Create the roles it names, or take backups in pg_dump's archive format"
              + " (-Dmigrate.backupPlain=false).");
    }
    run(
        tool(),
        target,
        List.of(
            "--no-psqlrc",
            "--quiet",
            "--no-password",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
            "--dbname=" + target.database()),
        true);
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
    String program = manifest.layout() == Manifest.Layout.SQL ? "psql" : "pg_restore";
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
