package dev.migrate.backup;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of a restore: what was restored, how long it took, and where the old content was kept.
 *
 * @param manifest the backup
 * @param database the database that has its content now
 * @param keptAs the name under which the database that was replaced is still there, or null
 * @param safety the backup that was taken before, or null
 * @param sameVersion whether the fingerprint could be compared, because the servers have one major
 *     version
 * @param took how long it took
 */
public record RestoreResult(
    Manifest manifest,
    String database,
    String keptAs,
    Manifest safety,
    boolean sameVersion,
    Duration took) {
  /**
   * @return the name under which the database that was replaced is still there
   */
  public Optional<String> kept() {
    return Optional.ofNullable(keptAs);
  }

  /**
   * @return the backup that was taken before
   */
  public Optional<Manifest> safetyBackup() {
    return Optional.ofNullable(safety);
  }
}
