package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.backup.HistoryLockHold;
import dev.migrate.backup.Restore;
import dev.migrate.backup.RestoreOptions;
import dev.migrate.backup.RestoreResult;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Timeouts;
import dev.migrate.report.BackupText;
import dev.migrate.report.Output;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Brings a backup back into the target, all or nothing: into a new database that takes the name of
 * the old one when it is complete and checked, while the old one stays under another name; or, for
 * a role that may not create databases, in one transaction after a backup. What stands in the
 * backup runs with the rights of the role that restores it: restore as the owner of the database
 * rather than as a superuser where others may have written code in it.
 *
 * @since 1.0.0
 */
@Mojo(name = "restore", requiresProject = false, threadSafe = true)
public class RestoreMojo extends BackupFolderMojo {
  /**
   * Which backup: its name as {@code migrate:backups} shows it, or {@code latest}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupName", defaultValue = "latest")
  private String backupName;

  /**
   * Replaces a database that is not empty. What is there is kept: under another name, or as a
   * backup.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.force", defaultValue = "false")
  private boolean force;

  /**
   * Ends the sessions of others in the database; without it, the goal refuses when there are some.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.terminateConnections", defaultValue = "false")
  private boolean terminateConnections;

  /**
   * Whether owners and privileges are restored; the roles must exist then.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.restoreRights", defaultValue = "true")
  private boolean restoreRights;

  /**
   * How long to wait for the lock of the history while somebody else migrates: seconds, or a number
   * with a unit ({@code 500ms}, {@code 2m}).
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.lockWait", defaultValue = "60")
  private String lockWait;

  /**
   * Drops what killed restores and rehearsals of this target have left: databases beside it, and
   * files of copies. At a terminal each is asked for; else without this they are only named.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.sweep", defaultValue = "false")
  private boolean sweep;

  @Override
  String leftBehind() {
    return "Stopped. The database is whole, as it was or as the backup has it. What is left beside it the"
        + " next mvn migrate:restore names, and drops with -Dmigrate.sweep=true.";
  }

  @Override
  void run(Output out) {
    try (OpenTarget open = openTarget();
        LogProgress waiting = new LogProgress(getLog());
        LockedTarget locked =
            LockedTarget.hold(open.target(), purpose(), historyOptions(), waiting);
        LogBackup progress = new LogBackup(getLog())) {
      announce(out, open);
      sweep(open.target(), sweep);
      Restore restore =
          new Restore(
              open.target(),
              purpose(),
              backupOptions(),
              new RestoreOptions(force, terminateConnections, restoreRights),
              progress);
      if (namedTarget().isPresent()) {
        restore.caution().ifPresent(getLog()::warn);
      }
      RestoreResult restored =
          restore.run(backupName, new HistoryLockHold(locked.pid(), locked::isHeld, locked::close));
      out.result(
          () -> BackupText.of(restored),
          () -> {
            JsonObject document = document();
            document.addProperty("target", open.target().toString());
            document.add("backup", BackupText.json(restored.manifest()));
            restored.kept().ifPresent(name -> document.addProperty("keptAs", name));
            restored
                .safetyBackup()
                .ifPresent(safety -> document.addProperty("safetyBackup", safety.name()));
            document.addProperty("fingerprintCompared", restored.sameVersion());
            document.addProperty("millis", restored.took().toMillis());
            return document;
          });
    }
  }

  private HistoryOptions historyOptions() {
    return history(Map.of())
        .with(Timeouts.usual().withLockWait(DurationParser.parse("lockWait", lockWait)));
  }
}
