package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupRotation;
import dev.migrate.backup.BackupVerification;
import dev.migrate.backup.Manifest;
import dev.migrate.report.BackupText;
import dev.migrate.report.Output;
import dev.migrate.run.HistoryPosition;
import dev.migrate.scratch.Scratch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Backs the target up: schema, rows, sequences, large objects, owners and privileges, as they are
 * at one moment. The file is there only when it is complete and safe on the disk; beside it stands
 * a manifest with the revision, the fingerprint of the schema, the number of rows of each table and
 * a checksum.
 *
 * @since 1.0.0
 */
@Mojo(name = "backup", requiresProject = false, threadSafe = true)
public class BackupMojo extends BackupFolderMojo {
  /**
   * Proves the backup: restores it into a scratch database and compares the schema, and the number
   * and a checksum of the rows of each table.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupVerify", defaultValue = "false")
  private boolean backupVerify;

  /**
   * How many backups of this database stay in the folder; 0 keeps all. The newest is never deleted,
   * nor the newest that was verified.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupKeep", defaultValue = "0")
  private int backupKeep;

  /**
   * How many days a backup stays in the folder; 0 keeps it for ever.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupKeepDays", defaultValue = "0")
  private int backupKeepDays;

  /**
   * The URL of a server that takes the scratch database, {@code
   * jdbc:postgresql://host:5432/postgres}, for databases that need what the embedded PostgreSQL
   * does not have. It must be of the target's major version, and the role needs the right to create
   * databases; nothing but databases of the name {@code migrate_scratch_…} is touched there. On the
   * command line it is {@code -Dmigrate.scratchUrl}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter scratchUrl;

  /**
   * The role to connect to {@code migrate.scratchUrl} as, unless the URL says it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.scratchUser")
  private String scratchUser;

  /**
   * The password of that role, unless the URL says it. On the command line it is {@code
   * -Dmigrate.scratchPassword}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter scratchPassword;

  /**
   * Whether everybody who may create objects in the target is trusted like the project itself. Else
   * what comes from it is loaded into scratch as a role without power, and what only a superuser
   * can load there is refused by name.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.trustTarget", defaultValue = "false")
  private boolean trustTarget;

  @Override
  String leftBehind() {
    return "Stopped. The database was only read. A backup that is not complete is not listed: mvn migrate:backups.";
  }

  @Override
  void run(Output out) {
    BackupOptions wanted = backupOptions();
    BackupOptions options = backupVerify ? wanted.withChecksums() : wanted;
    try (OpenTarget open = openTarget();
        LogBackup progress = new LogBackup(getLog())) {
      announce(out, open);
      Backup backup = new Backup(open.target(), purpose(), historyTable(), options, progress);
      Manifest taken =
          backup.take(
              HistoryPosition.of(open.target(), purpose(), history(Map.of()), filesOrNone()));
      Manifest manifest = backupVerify ? verified(taken, options, progress) : taken;
      List<Manifest> expired =
          backup.rotate(new BackupRotation(backupKeep, Duration.ofDays(backupKeepDays)));
      out.result(
          () -> {
            List<String> lines = new ArrayList<>(BackupText.of(manifest, Instant.now()));
            expired.forEach(one -> lines.add("Deleted " + one.name() + ", which had its time."));
            lines.add(
                "Bring it back with mvn migrate:restore -Dmigrate.backupName=" + manifest.name());
            return lines;
          },
          () -> {
            JsonObject document = document();
            document.addProperty("target", open.target().toString());
            document.add("backup", BackupText.json(manifest));
            JsonArray deleted = new JsonArray();
            expired.forEach(one -> deleted.add(one.name()));
            document.add("deleted", deleted);
            return document;
          });
    }
  }

  private Manifest verified(Manifest manifest, BackupOptions options, LogBackup progress) {
    try (Scratch lent = scratch(manifest.serverMajor(), lent());
        Scratch scratch = trustTarget ? lent : lent.sandbox()) {
      return new BackupVerification(scratch, options, progress).verify(manifest);
    }
  }

  private ScratchParameters lent() {
    return new ScratchParameters(scratchUrl, scratchUser, scratchPassword);
  }
}
