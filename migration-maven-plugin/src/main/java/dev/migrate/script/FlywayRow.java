package dev.migrate.script;

import java.util.Date;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.schemahistory.BaseAppliedMigration;

/**
 * Base class of the history rows (applied migrations) that Flyway takes from its extensions. They
 * build on a class of Flyway's own, since what a row means to it (pending, missing, out of order)
 * is not for them to say.
 */
public abstract class FlywayRow extends BaseAppliedMigration {
  /** For Flyway, which makes one to ask it for others. */
  protected FlywayRow() {}

  /** A row that means what its type says; the parameters are Flyway's. */
  protected static AppliedMigration of(
      int rank,
      MigrationVersion version,
      String description,
      MigrationType type,
      String script,
      Integer checksum,
      Date installedOn,
      String installedBy,
      int executionTime,
      boolean success) {
    return new BaseAppliedMigration(
        rank,
        version,
        description,
        type,
        script,
        checksum,
        installedOn,
        installedBy,
        executionTime,
        success);
  }
}
