package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.backup.BackupFolder;
import dev.migrate.report.BackupText;
import dev.migrate.report.Output;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Lists the backups in the folder, newest first, with age, size, engine, revision, and whether they
 * were verified. Needs no database.
 *
 * @since 1.0.0
 */
@Mojo(name = "backups", requiresProject = false, threadSafe = true)
public class BackupsMojo extends MigrateMojo {
  /**
   * The folder of the backups, relative to the project's directory.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.backupDirectory", defaultValue = "backups")
  private String backupDirectory;

  @Override
  void run(Output out) {
    Path folder = directory().resolve(backupDirectory);
    BackupFolder.Content content = new BackupFolder(folder).content();
    out.result(
        () -> BackupText.list(folder, content, Instant.now()),
        () -> {
          JsonObject document = document();
          JsonArray backups = new JsonArray();
          content.backups().forEach(one -> backups.add(BackupText.json(one)));
          document.add("backups", backups);
          JsonArray broken = new JsonArray();
          content.broken().forEach(broken::add);
          content.strangers().forEach(file -> broken.add(file + " has no manifest"));
          document.add("broken", broken);
          return document;
        });
  }
}
