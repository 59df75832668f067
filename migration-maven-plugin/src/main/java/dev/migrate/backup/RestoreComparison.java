package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;

/**
 * Requires that a restored database equals its backup in schema, row counts and checksums, and
 * words the failure when it does not.
 */
final class RestoreComparison {
  private RestoreComparison() {}

  static void requireSame(Manifest manifest, boolean same) {
    if (!same) {
      throw failed(manifest, "the schema is another than the one that was backed up", null);
    }
  }

  static void requireSame(Manifest manifest, List<TableChecksum> found) {
    requireSame(manifest.tables(), manifest, found);
  }

  static void requireSame(
      List<TableChecksum> wanted, Manifest manifest, List<TableChecksum> found) {
    List<String> differences = TableChecksums.differences(wanted, found);
    // Sums of rows belong to one version of the server; on others only rows are counted.
    if (!differences.isEmpty()) {
      throw failed(manifest, String.join(", ", differences), null);
    }
  }

  static MigrateException failed(Manifest manifest, String why, Exception cause) {
    return new MigrateException(
        FailureCode.RESTORE_FAILED,
        "The backup %s was not restored: %s. The database is as it was."
            .formatted(manifest.name(), why),
        "Mend what is named and run the goal again, or restore another backup of the list that mvn"
            + " migrate:backups shows.",
        cause);
  }
}
