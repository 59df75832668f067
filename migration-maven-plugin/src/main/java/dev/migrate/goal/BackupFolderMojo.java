package dev.migrate.goal;

import dev.migrate.backup.BackupOptions;
import dev.migrate.run.BackupPolicy;
import org.apache.maven.plugins.annotations.Parameter;

/** Superclass of the backup goals: the parameters of backups and their folder. */
abstract class BackupFolderMojo extends TargetMojo {
  /**
   * The folder of the backups, relative to the project's directory. Where the plugin creates it,
   * Git ignores it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupDirectory", defaultValue = BackupPolicy.USUAL_FOLDER)
  private String backupDirectory;

  /**
   * What writes backups: {@code pg_dump}; {@code jdbc}, our own engine, which needs no program to
   * be installed; or {@code auto}: {@code pg_dump} where one is found that is not older than the
   * server, else {@code jdbc}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupEngine", defaultValue = "auto")
  private String backupEngine;

  /**
   * The {@code pg_dump} to use, or its folder, where {@code pg_restore} is expected, too. When it
   * is not given, PATH and the usual folders of Debian, Red Hat and Homebrew are searched.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.pgDump")
  private String pgDump;

  /**
   * What to put before {@code pg_dump} and {@code pg_restore}, for a database in a container:
   * {@code docker compose exec -T db}. They then connect as they do in there by themselves, as the
   * role and to the database of the target.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupCommand")
  private String backupCommand;

  /**
   * Lets {@code pg_dump} write plain SQL instead of its own, compressed archive.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupPlain", defaultValue = "false")
  private boolean backupPlain;

  /**
   * How hard to compress: 0 (not at all) to 9 (smallest).
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupLevel", defaultValue = "6")
  private int backupLevel;

  /**
   * How many connections work at once; 0 leaves it to the plugin.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupJobs", defaultValue = "0")
  private int backupJobs;

  /**
   * Lets our own engine take a backup that lacks what only {@code pg_dump} knows, such as security
   * labels. Without it the goal refuses; with it the backup says what it lacks.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupIncomplete", defaultValue = "false")
  private boolean backupIncomplete;

  final BackupOptions backupOptions() {
    return BackupParameters.in(directory().resolve(backupDirectory))
        .level(backupLevel)
        .jobs(backupJobs)
        .engine(backupEngine)
        .plain(backupPlain)
        .pgDump(pgDump)
        .command(backupCommand)
        .incomplete(backupIncomplete)
        .options();
  }
}
