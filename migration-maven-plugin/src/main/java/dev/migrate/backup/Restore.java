package dev.migrate.backup;

import dev.migrate.failure.MigrateException;
import dev.migrate.target.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Restores a backup into a database, all or nothing. Where the role may create databases, into a
 * new one that takes over the name of the old one when it is complete and checked; the old one
 * stays under another name. Else in one transaction, after a backup of what is there.
 */
public final class Restore {
  private final Target target;
  private final String purpose;
  private final BackupOptions options;
  private final RestoreOptions allowed;
  private final BackupProgress progress;

  /**
   * @param target the database to restore into
   * @param purpose what the administrator of the database reads in pg_stat_activity
   * @param options where the backups are, and how the one before the restore is taken
   * @param allowed what may be done
   * @param progress hears how it gets on
   */
  public Restore(
      Target target,
      String purpose,
      BackupOptions options,
      RestoreOptions allowed,
      BackupProgress progress) {
    this.target = target;
    this.purpose = purpose;
    this.options = options;
    this.allowed = allowed;
    this.progress = progress;
  }

  /**
   * @return what PostgreSQL's documentation says of restoring as a superuser; empty when the role
   *     is none
   * @throws MigrateException {@code CONNECTION} when the target cannot be reached
   */
  public Optional<String> caution() {
    try (Connection connection = target.connect(purpose)) {
      return RestoreConditions.isSuperuser(connection)
          ? Optional.of(
              "The role %s is a superuser, and what stands in the backup runs with its rights. PostgreSQL's"
                      .formatted(target.user())
                  + " documentation says: \"Restoring a dump causes the destination to execute arbitrary"
                  + " code of the source superusers' choice.\" Where you do not trust them, look through"
                  + " the backup first; where you do not trust everybody who may create objects in the"
                  + " source, restore as the owner of the database, who is no superuser.")
          : Optional.empty();
    } catch (SQLException e) {
      throw PostgresRefusal.of("The database cannot be looked at", e);
    }
  }

  /**
   * Restores a backup.
   *
   * @param name its name, or {@code latest}
   * @param hold the lock of the target's history, held from before until after
   * @return what was done
   * @throws MigrateException {@code BACKUP_NOT_FOUND}, {@code BACKUP_DAMAGED}, {@code
   *     RESTORE_REFUSED} or {@code CLIENT_TOOL} before anything was touched, {@code RESTORE_FAILED}
   *     when the database is as it was
   */
  public RestoreResult run(String name, HistoryLockHold hold) {
    long start = System.nanoTime();
    BackupFolder folder = new BackupFolder(options.folder());
    Manifest manifest = folder.find(name, target);
    Path file = folder.data(manifest);
    RestoreConditions conditions = new RestoreConditions(target, purpose, allowed);
    RestoreConditions.requireIntact(manifest, file);
    BackupLoader loading = new BackupLoader(manifest, file, options, allowed.rights(), progress);
    loading.prepare();
    RestoreConditions.Found found = conditions.require(manifest, hold);
    Optional<Target> maintenance =
        found.mayBeNew() ? MaintenanceDatabase.of(target, purpose) : Optional.empty();
    if (maintenance.isPresent()) {
      return new NewDatabaseRestore(target, purpose, options, allowed, progress, hold)
          .run(manifest, loading, maintenance.get(), found.empty(), start);
    }
    conditions.endOthers(hold);
    return new InPlaceRestore(target, purpose, options, progress, hold)
        .run(manifest, loading, file, found.empty(), allowed.rights(), start);
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
