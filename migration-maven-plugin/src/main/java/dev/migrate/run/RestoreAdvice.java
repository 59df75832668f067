package dev.migrate.run;

import dev.migrate.backup.Manifest;
import dev.migrate.failure.MigrateException;

/**
 * The command that brings back what was there before a run that failed, for its failure message.
 */
final class RestoreAdvice {
  private final Manifest backup;
  private final String folder;

  /**
   * @param backup of the database as it was before the run
   * @param folder the folder of the backups as it was given; the command repeats it unless it is
   *     the usual one, since the POM may not say it
   */
  RestoreAdvice(Manifest backup, String folder) {
    this.backup = backup;
    this.folder = folder;
  }

  /**
   * @param failure why the run stopped
   * @return the same failure, whose remedy also says how to restore the backup
   */
  MigrateException addTo(MigrateException failure) {
    return new MigrateException(
        failure.code(),
        failure.problem(),
        failure.remedy()
            + System.lineSeparator()
            + "To go back to where the database stood before: mvn migrate:restore"
            + " -Dmigrate.backupName=%s -Dmigrate.force=true".formatted(backup.name())
            + elsewhere(),
        failure);
  }

  private String elsewhere() {
    return folder.equals(BackupPolicy.USUAL_FOLDER)
        ? ""
        : " \"-Dmigrate.backupDirectory=" + folder + "\"";
  }
}
