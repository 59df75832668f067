package dev.migrate.backup;

import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Restore into a new database that takes over the name of the old one when it is complete and
 * checked, for a role that may create databases. The old one stays under another name; only one
 * that was empty goes.
 */
final class NewDatabaseRestore {
  private final Target target;
  private final String purpose;
  private final BackupOptions options;
  private final RestoreOptions allowed;
  private final BackupProgress progress;
  private final HistoryLockHold hold;

  NewDatabaseRestore(
      Target target,
      String purpose,
      BackupOptions options,
      RestoreOptions allowed,
      BackupProgress progress,
      HistoryLockHold hold) {
    this.target = target;
    this.purpose = purpose;
    this.options = options;
    this.allowed = allowed;
    this.progress = progress;
    this.hold = hold;
  }

  RestoreResult run(
      Manifest manifest, BackupLoader loading, Target maintenance, boolean empty, long start) {
    try (Connection admin = maintenance.connect(purpose);
        Connection watch = maintenance.connect(purpose)) {
      Instant time = Instant.now();
      // What an earlier restore has kept may have its name from the same second.
      while (isThere(admin, kept(time))) {
        time = time.plusSeconds(1);
      }
      String fresh = OrphanedCopies.name(target, OrphanedCopies.Use.RESTORE, time);
      String kept = kept(time);
      EmptyDatabaseClone twin = new EmptyDatabaseClone(admin, target.database());
      OrphanedCopies.claim(admin, fresh);
      twin.create(fresh);
      boolean compared;
      try {
        Target into = target.withDatabase(fresh);
        loading.into(into, purpose);
        compared = check(manifest, into);
        twin.dress(fresh);
        new DatabaseNameSwap(admin, watch, target, hold, allowed.terminate())
            .run(fresh, kept, twin.unmark(fresh));
      } catch (SQLException | IOException | RuntimeException e) {
        discard(admin, fresh, e);
        throw e;
      }
      // From here on the restore has succeeded, whatever becomes of the old database.
      boolean gone = empty && dropped(admin, kept);
      return new RestoreResult(
          manifest, target.database(), gone ? null : kept, null, compared, Restore.since(start));
    } catch (SQLException e) {
      throw RestoreComparison.failed(manifest, PostgresError.messageAndDetail(e), e);
    } catch (IOException e) {
      throw RestoreComparison.failed(manifest, e.getMessage(), e);
    }
  }

  /** What the database that was there is called from then on. */
  private String kept(Instant time) {
    return OrphanedCopies.name(target, OrphanedCopies.Use.RESTORE, time)
        .replaceFirst("_restore_(?=[0-9]{8}_[0-9]{6}$)", "_before_");
  }

  private static boolean isThere(Connection admin, String database) throws SQLException {
    return Queries.text(
            admin,
            "select pg_catalog.count(*)::text from pg_catalog.pg_database where datname = "
                + SqlLiteral.literal(database))
        .equals("1");
  }

  /** It was empty before the restore began; what has come since then is kept. */
  private boolean dropped(Connection admin, String kept) {
    try {
      boolean empty;
      try (Connection inside = target.withDatabase(kept).connect(purpose)) {
        empty = RestoreConditions.isEmpty(inside);
      }
      if (empty) {
        Queries.execute(admin, "DROP DATABASE " + SqlNames.quote(kept));
        return true;
      }
      progress.warning(
          "The database was empty when the restore began and is not any more; what was written to"
              + " it meanwhile is in "
              + kept
              + ".");
    } catch (SQLException | MigrateException e) {
      progress.warning(
          "The empty database that was there before could not be dropped, and is still there as "
              + kept
              + ".");
    }
    return false;
  }

  private static void discard(Connection admin, String fresh, Exception reason) {
    try {
      Queries.execute(admin, "DROP DATABASE IF EXISTS " + SqlNames.quote(fresh) + " WITH (FORCE)");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private boolean check(Manifest manifest, Target into) throws SQLException {
    try (Connection connection = into.connect(purpose)) {
      boolean comparable =
          connection.getMetaData().getDatabaseMajorVersion() == manifest.serverMajor();
      if (comparable) {
        String fingerprint =
            new Introspector(Backup.comparable(manifest.historyTable()))
                .read(connection)
                .fingerprint();
        RestoreComparison.requireSame(manifest, fingerprint.equals(manifest.fingerprint()));
      }
      boolean sums =
          comparable && manifest.tables().stream().anyMatch(table -> table.sum().isPresent());
      RestoreComparison.requireSame(
          manifest, TableChecksums.of(into, purpose, options.jobs(), sums));
      return comparable;
    }
  }
}
