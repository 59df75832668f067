package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Locale;

/** The engine that writes a backup: {@code pg_dump}, or our own over JDBC. */
public enum BackupEngine {
  /** PostgreSQL's own {@code pg_dump}. */
  PG_DUMP,
  /** Our own, over JDBC, which needs no program to be installed. */
  JDBC;

  /**
   * @return the name under which it is asked for
   */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How an engine is chosen. */
  public enum Choice {
    /** {@code pg_dump} where one fits the server, else our own. */
    AUTO,
    /** {@link BackupEngine#PG_DUMP}, or a failure. */
    PG_DUMP,
    /** {@link BackupEngine#JDBC}. */
    JDBC;

    /**
     * @param text {@code auto}, {@code pg_dump} or {@code jdbc}
     * @return the choice
     * @throws MigrateException {@code INVALID_PARAMETER} when it is none of them
     */
    public static Choice of(String text) {
      for (Choice choice : values()) {
        if (choice.name().equalsIgnoreCase(text.strip())) {
          return choice;
        }
      }
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "There is no engine \"%s\" for backups.".formatted(text),
          "Give -Dmigrate.backupEngine=auto, pg_dump or jdbc.");
    }
  }
}
