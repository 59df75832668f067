package dev.migrate.backup;

import dev.migrate.rehearse.TemplateCopy;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;

/** Something to be killed at: a backup, a restore or a rehearsal's copy in a JVM of its own. */
final class KillableJob {
  /** What it says when it begins, and when it has done its work. */
  static final String BEGUN = "begun";

  static final String DONE = "done";

  private KillableJob() {}

  /** What it does. */
  enum Work {
    BACKUP,
    RESTORE,
    COPY_ON_SCRATCH,
    COPY_ON_TARGET
  }

  /** Takes the work, URL, user, password, folder, engine, and the name of a backup. */
  public static void main(String[] arguments) throws Exception {
    Target target = Target.of(arguments[1], arguments[2], arguments[3], "test");
    Path folder = Path.of(arguments[4]);
    BackupOptions options =
        BackupOptions.in(folder).with(BackupEngine.Choice.valueOf(arguments[5])).withChecksums();
    System.out.println(BEGUN);
    switch (Work.valueOf(arguments[0])) {
      case BACKUP ->
          new Backup(
                  target, "migrate:backup", "flyway_schema_history", options, BackupProgress.SILENT)
              .take(connection -> List.of());
      case RESTORE ->
          Restoring.run(
              target,
              "migrate:restore",
              options,
              new RestoreOptions(true, true, true),
              BackupProgress.SILENT,
              arguments[6]);
      case COPY_ON_SCRATCH -> {
        try (Scratch scratch =
                ScratchServer.start(TestPostgres.installation(), folder.resolve("scratch"));
            ScratchDatabase copy =
                new DatabaseCopy(
                        target,
                        "migrate:rehearse",
                        "flyway_schema_history",
                        folder.resolve("copies"),
                        BackupProgress.SILENT)
                    .into(scratch, 0)) {
          TableChecksums.of(DatabaseCopy.target(copy), "migrate:rehearse", 1, true);
        }
      }
      case COPY_ON_TARGET -> {
        try (TemplateCopy copy = TemplateCopy.of(target, "migrate:rehearse")) {
          TableChecksums.of(copy.target(), "migrate:rehearse", 1, true);
        }
      }
    }
    System.out.println(DONE);
  }
}
