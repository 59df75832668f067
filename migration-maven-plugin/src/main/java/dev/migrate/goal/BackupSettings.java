package dev.migrate.goal;

import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The parameters of backups, made into what the package of backups understands. */
record BackupSettings(BackupOptions options) {
  static BackupSettings of(
      Path folder, String engine, String pgDump, String command, boolean incomplete) {
    return of(folder, engine, pgDump, command, false, BackupOptions.USUAL_LEVEL, 0, incomplete);
  }

  static BackupSettings of(
      Path folder,
      String engine,
      String pgDump,
      String command,
      boolean plain,
      int level,
      int jobs,
      boolean incomplete) {
    if (level < 0 || level > 9) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.backupLevel=%d is no level of compression.".formatted(level),
          "Give 0 (none) to 9 (smallest).");
    }
    if (jobs < 0) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.backupJobs=%d is negative.".formatted(jobs),
          "Give the number of connections, or 0 to leave it to the plugin.");
    }
    List<String> words =
        command == null || command.isBlank()
            ? List.of()
            : Arrays.asList(command.strip().split("\\s+"));
    return new BackupSettings(
        new BackupOptions(
            folder,
            BackupEngine.Choice.of(engine),
            plain,
            level,
            jobs == 0 ? BackupOptions.usualJobs() : jobs,
            pgDump == null || pgDump.isBlank() ? null : Path.of(pgDump.strip()),
            words,
            false,
            incomplete));
  }
}
