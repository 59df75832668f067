package dev.migrate.history;

import dev.migrate.script.FlywayRow;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.baseline.BaselineAppliedMigration;
import org.flywaydb.core.extensibility.AppliedMigration;
import org.flywaydb.core.extensibility.MigrationType;

/**
 * Flyway extension that translates our history rows for Flyway's open edition: it sees what still
 * holds, and nothing of what was taken back since. Flyway asks its extensions what a row of the
 * history means. Its open edition has no answer to the undo rows of the paid one and stops; it
 * takes a baseline that was taken back for one that stands; and two tombstones in a row are to it a
 * corrupt history. Here {@link History} has decided already, and Flyway is told what it found.
 *
 * <p>Flyway finds this class by itself, through {@code META-INF/services}, and makes an instance
 * for each configuration. One that was not given a history answers nothing, so that Flyway is as it
 * always is for everybody else.
 */
public final class HistoryForFlyway extends FlywayRow {
  private static final int BEFORE_FLYWAYS_OWN = 100;

  private final Map<Integer, Boolean> inEffect = new HashMap<>();
  private boolean given;

  /** For Flyway. */
  public HistoryForFlyway() {}

  /**
   * @param history what Flyway is to see from now on; rows that come later are taken as they are
   */
  void give(History history) {
    inEffect.clear();
    history.rows().forEach(row -> inEffect.put(row.rank(), history.isInEffect(row)));
    given = true;
  }

  @Override
  public int getPriority() {
    return BEFORE_FLYWAYS_OWN;
  }

  @Override
  public boolean handlesType(String type) {
    return given && RowKind.of(type) != RowKind.NOT_UNDERSTOOD;
  }

  @Override
  public AppliedMigration create(
      int rank,
      MigrationVersion version,
      String description,
      String type,
      String script,
      Integer checksum,
      Date installedOn,
      String installedBy,
      int executionTime,
      boolean success) {
    if (!inEffect.getOrDefault(rank, true)) {
      return FlywayRow.of(
          rank,
          null,
          "row " + rank,
          CoreMigrationType.DELETE,
          script,
          null,
          installedOn,
          installedBy,
          executionTime,
          true);
    }
    if (RowKind.of(type) == RowKind.BASELINE_SCRIPT) {
      return new BaselineAppliedMigration(
          rank,
          version,
          description,
          HistoryRow.BASELINE_SCRIPT,
          script,
          checksum,
          installedOn,
          installedBy,
          executionTime,
          success);
    }
    return FlywayRow.of(
        rank,
        version,
        description,
        typeOf(type),
        script,
        checksum,
        installedOn,
        installedBy,
        executionTime,
        success);
  }

  private static MigrationType typeOf(String type) {
    return switch (RowKind.of(type)) {
      case SCRIPT -> CoreMigrationType.SQL;
      case ELSEWHERE -> CoreMigrationType.JDBC;
      case BASELINE -> CoreMigrationType.BASELINE;
      case SCHEMA -> CoreMigrationType.SCHEMA;
      case TAKEN_BACK -> CoreMigrationType.DELETE;
      case BASELINE_SCRIPT, NOT_UNDERSTOOD -> throw new IllegalArgumentException(type);
    };
  }
}
