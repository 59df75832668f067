package dev.migrate.goal;

import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The Maven parameters of backups, checked one by one and made into {@link BackupOptions}. */
record BackupParameters(BackupOptions options) {
  /** With nothing asked for but the folder. */
  static BackupParameters in(Path folder) {
    return new BackupParameters(BackupOptions.in(folder));
  }

  BackupParameters engine(String name) {
    return new BackupParameters(options.with(BackupEngine.Choice.of(name)));
  }

  BackupParameters pgDump(String path) {
    boolean none = path == null || path.isBlank();
    return none ? this : new BackupParameters(options.withPgDump(Path.of(path.strip())));
  }

  BackupParameters command(String words) {
    return new BackupParameters(
        options.withCommand(
            words == null || words.isBlank()
                ? List.of()
                : Arrays.asList(words.strip().split("\\s+"))));
  }

  BackupParameters plain(boolean wanted) {
    return new BackupParameters(options.withPlain(wanted));
  }

  BackupParameters level(int level) {
    if (level < 0 || level > 9) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.backupLevel=%d is no level of compression.".formatted(level),
          "Give 0 (none) to 9 (smallest).");
    }
    return new BackupParameters(options.withLevel(level));
  }

  BackupParameters jobs(int jobs) {
    if (jobs < 0) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.backupJobs=%d is negative.".formatted(jobs),
          "Give the number of connections, or 0 to leave it to the plugin.");
    }
    return jobs == 0 ? this : new BackupParameters(options.withJobs(jobs));
  }

  BackupParameters incomplete(boolean allowed) {
    return new BackupParameters(options.incomplete(allowed));
  }
}
