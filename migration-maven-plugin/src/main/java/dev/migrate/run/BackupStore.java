package dev.migrate.run;

import dev.migrate.backup.Backup;
import dev.migrate.backup.Manifest;
import java.util.Optional;
import java.util.function.Supplier;

/** The backups of one database, as far as a run needs them: looked for, and taken. */
interface BackupStore {
  /**
   * @return whether the database holds anything that a script could lose
   */
  boolean hasRows();

  /**
   * @return a verified backup since which nothing was written, so that another would repeat it
   */
  Optional<Manifest> ofThisVeryState();

  /**
   * @return the manifest of the backup that was just taken
   */
  Manifest take();

  /**
   * @param backup takes backups of the database
   * @param position says where its history stands, for the manifest; asked only for a backup that
   *     is taken
   * @return the backups in the folder of {@code backup}
   */
  static BackupStore of(Backup backup, Supplier<Backup.Position> position) {
    return new BackupStore() {
      @Override
      public boolean hasRows() {
        return backup.hasRows();
      }

      @Override
      public Optional<Manifest> ofThisVeryState() {
        return backup.ofThisVeryState();
      }

      @Override
      public Manifest take() {
        return backup.take(position.get());
      }
    };
  }
}
