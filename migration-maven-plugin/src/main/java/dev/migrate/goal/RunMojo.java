package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.backup.BackupOptions;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.report.Output;
import dev.migrate.report.RunText;
import dev.migrate.run.BackupPolicy;
import dev.migrate.run.MigrationRun;
import dev.migrate.run.PlannedRun;
import dev.migrate.run.RunDirection;
import dev.migrate.run.RunResult;
import dev.migrate.script.RevisionFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugins.annotations.Parameter;

/** The goals {@code upgrade} and {@code downgrade}: their parameters, and one call of the run. */
abstract class RunMojo extends MovingMojo {
  /**
   * Lists what would run, from where the target really stands, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * A file that takes what would run as one script for psql, history rows included; nothing is
   * changed. Relative to the project's directory.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.sql")
  private String sql;

  /**
   * Whether a backup is taken before anything is changed: {@code always}, {@code never}, or {@code
   * auto}: when one of the scripts can lose data (it drops a table or a column, changes a type,
   * deletes or updates rows, or does what cannot be read off it) and there are rows to lose. With
   * {@code always} it is taken even when nothing is pending.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backup", defaultValue = "auto")
  private String backup;

  /**
   * The folder of the backups, relative to the project's directory. Where the plugin creates it,
   * Git ignores it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupDirectory", defaultValue = BackupPolicy.USUAL_FOLDER)
  private String backupDirectory;

  /**
   * What writes the backup: {@code pg_dump}, {@code jdbc} (our own engine), or {@code auto}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupEngine", defaultValue = "auto")
  private String backupEngine;

  /**
   * The {@code pg_dump} to use, or its folder; when it is not given, it is looked for.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.pgDump")
  private String pgDump;

  /**
   * What to put before {@code pg_dump}, for a database in a container: {@code docker compose exec
   * -T db}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupCommand")
  private String backupCommand;

  /**
   * Lets our own engine take a backup that lacks what only {@code pg_dump} knows, such as security
   * labels. Without it the goal refuses; with it the backup says what it lacks.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupIncomplete", defaultValue = "false")
  private boolean backupIncomplete;

  /**
   * Revisions that stopped half-way outside a transaction and may run again from their beginning:
   * ids or beginnings of ids, with commas between. Without it, and without {@code -- rerun: safe}
   * in the header of the script, such a revision waits until somebody has mended it and recorded
   * that with {@code migrate:stamp}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rerun")
  private String rerun;

  private volatile LogProgress running;

  /**
   * @return which revisions are meant, and how they are run
   */
  abstract RunDirection direction();

  final List<String> rerunNames() {
    return list(rerun);
  }

  @Override
  final String leftBehind() {
    LogProgress seen = running;
    return seen == null
        ? "Stopped. The database is as it was."
        : seen.leftBehind(goal().equals("upgrade") ? "applied" : "taken back")
            + " mvn migrate:current says where the database stands; mvn migrate:%s goes on."
                .formatted(goal());
  }

  @Override
  final void run(Output out) {
    RevisionFiles files = files();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      if (sql != null && !sql.isBlank()) {
        writePreview(open, files, out);
      } else if (dryRun) {
        listPlan(open, files, out);
      } else {
        run(open, files, out);
      }
    }
  }

  private void run(OpenTarget open, RevisionFiles files, Output out) {
    BackupPolicy backups =
        new BackupPolicy(BackupPolicy.When.of(backup), backupDirectory, this::backupOptions);
    try (LogProgress progress = new LogProgress(getLog());
        LogBackup copying = new LogBackup(getLog())) {
      running = progress;
      RunResult result =
          new MigrationRun(open.target(), purpose(), options(), backups)
              .run(direction(), files, progress, copying);
      out.result(
          () -> RunText.of(result),
          () -> {
            JsonObject document = document(open);
            RunText.add(result, document);
            return document;
          });
    }
  }

  private BackupOptions backupOptions() {
    return BackupParameters.in(directory().resolve(backupDirectory))
        .engine(backupEngine)
        .pgDump(pgDump)
        .command(backupCommand)
        .incomplete(backupIncomplete)
        .options();
  }

  private void listPlan(OpenTarget open, RevisionFiles files, Output out) {
    PlannedRun run = PlannedRun.of(direction(), read(open, files));
    out.result(
        () -> RunText.planned(run),
        () -> {
          JsonObject document = document(open);
          RunText.addPlan(run, document);
          return document;
        });
  }

  private JsonObject document(OpenTarget open) {
    JsonObject document = document();
    document.addProperty("target", open.target().toString());
    return document;
  }

  private void writePreview(OpenTarget open, RevisionFiles files, Output out) {
    Path file = directory().resolve(sql);
    String script = direction().preview(open.target(), purpose(), options(), files);
    try {
      if (file.getParent() != null) {
        Disk.createFolders(file.getParent());
      }
      Disk.replace(file, script);
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The script cannot be written to %s: %s.".formatted(file, e.getMessage()),
          "Give a file in a folder that you may write to with -Dmigrate.sql.",
          e);
    }
    out.result(
        () ->
            List.of(
                "Written to " + file + "; nothing was changed.",
                "Read it, then run it with psql -X -f \"%s\" \"%s\"."
                    .formatted(directory().relativize(file), open.target())),
        () -> {
          JsonObject document = document(open);
          document.addProperty("sql", file.toString());
          return document;
        });
  }
}
