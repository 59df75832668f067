package dev.migrate.backup;

import dev.migrate.backup.Snapshot.StoredTable;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.OpenFile;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.SandboxAdministrator;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Copies a database, or a sample of its rows, into a scratch database. The source is read in one
 * snapshot and not touched.
 */
public final class DatabaseCopy {
  private static final int FAST = 1;

  private final Target source;
  private final String purpose;
  private final String historyTable;
  private final Path work;
  private final BackupProgress progress;

  /**
   * @param source the database
   * @param purpose what its administrator reads in pg_stat_activity
   * @param historyTable the name of the history table, which is copied whole
   * @param work a folder for a file that is gone afterwards
   * @param progress hears how it gets on
   */
  public DatabaseCopy(
      Target source, String purpose, String historyTable, Path work, BackupProgress progress) {
    this.source = source;
    this.purpose = purpose;
    this.historyTable = historyTable;
    this.work = work;
    this.progress = progress;
  }

  /**
   * Makes the copy.
   *
   * @param scratch a server of the same major version
   * @param sample how many rows of each table, besides those that foreign keys ask for; 0 is all
   * @return the copy, to be closed
   * @throws MigrateException {@code DATABASE}, {@code CONNECTION} or {@code FILE_ACCESS}
   */
  public ScratchDatabase into(Scratch scratch, int sample) {
    ScratchDatabase database = scratch.database("rehearse");
    Path file = null;
    try (Snapshot snapshot = Snapshot.open(source, purpose)) {
      BackupVerification.requireVersion(
          database, snapshot.connection().getMetaData().getDatabaseMajorVersion());
      file = OrphanedCopies.newCopy(work);
      Schema schema = snapshot.schema(JdbcDump.everything());
      schema.uncovered().forEach(one -> progress.warning("Not in the copy: " + one));
      ToIntFunction<StoredTable> limit =
          table -> table.name().equals(historyTable) || table.coded() ? 0 : sample;
      progress.begins("Copying " + source.database(), snapshot.tables().size(), snapshot.bytes());
      try (OpenFile open = Disk.openExisting(file)) {
        new JdbcDump(
                snapshot, new PieceFile(open, FAST), BackupOptions.usualJobs(), limit, progress)
            .run(schema, "Copy of " + source);
      } finally {
        progress.ends();
      }
      Target copy = BackupVerification.target(database);
      List<String> roles = Backup.roles(snapshot.connection(), schema);
      boolean rights = BackupVerification.rights(scratch, copy, roles);
      ForeignKeyClosure keys = new ForeignKeyClosure(snapshot.connection(), copy, purpose);
      ParallelLoader.Supplement supplement = sample == 0 ? () -> {} : keys::complete;
      ParallelLoader loader = new ParallelLoader(file, rights, BackupProgress.SILENT);
      int jobs = BackupOptions.usualJobs();
      if (database.sandboxed()) {
        try (SandboxAdministrator administrator = SandboxAdministrator.of(database)) {
          loader.load(copy, purpose, jobs, supplement, administrator);
        }
      } else {
        loader.load(copy, purpose, jobs, supplement);
      }
      analyze(copy);
      return database;
    } catch (SQLException e) {
      database.close();
      throw PostgresRefusal.of("The copy cannot be made", e);
    } catch (IOException e) {
      database.close();
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The copy cannot be made: %s.".formatted(e.getMessage()),
          "Make room in %s, or copy a sample with -Dmigrate.rehearseSample=1000.".formatted(work),
          e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    } finally {
      delete(file);
    }
  }

  /** Plans on the copy should be those of a database that has statistics. */
  private void analyze(Target copy) throws SQLException {
    try (Connection connection = copy.connect(purpose)) {
      Queries.execute(connection, "ANALYZE");
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Disk.deleteIfThere(file);
      }
    } catch (IOException e) {
      throw BackupFolder.failure("delete", file, e);
    }
  }

  /**
   * The content of a database, table by table.
   *
   * @param target the database
   * @param purpose what its administrator reads in pg_stat_activity
   * @return rows and checksums
   */
  public static List<TableChecksum> content(Target target, String purpose) {
    return TableChecksums.of(target, purpose, BackupOptions.usualJobs(), true);
  }

  /**
   * @param before a content
   * @param after a later one
   * @return what differs, table by table
   */
  public static List<String> differences(List<TableChecksum> before, List<TableChecksum> after) {
    return TableChecksums.differences(before, after);
  }

  /**
   * @param database a scratch database
   * @return the same as a target
   */
  public static Target target(ScratchDatabase database) {
    return BackupVerification.target(database);
  }
}
