package dev.migrate.history;

import dev.migrate.revision.RevisionId;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * A row of Flyway's history table.
 *
 * @param rank its number: rows are read in this order
 * @param id the revision it is about; none for a repeatable migration or a created schema
 * @param description Flyway's description, from the file's name
 * @param type Flyway's type: {@code SQL}, {@code JDBC}, {@code BASELINE}, {@code DELETE}, …; see
 *     {@link #kind()}
 * @param script the file's name
 * @param checksum the script's checksum, where it has one
 * @param installedBy the database user who recorded it
 * @param installedOn when, in the time zone of the session that recorded it
 * @param took how long the script ran
 * @param success false when it stopped half-way
 */
public record HistoryRow(
    int rank,
    Optional<RevisionId> id,
    String description,
    String type,
    String script,
    Optional<Integer> checksum,
    String installedBy,
    LocalDateTime installedOn,
    Duration took,
    boolean success) {

  /**
   * The type of a tombstone. Flyway writes rows of this type itself when it repairs a history, and
   * then takes the revision for pending again.
   */
  private static final String TOMBSTONE = "DELETE";

  /** What Flyway records when it has run a baseline migration. */
  static final String BASELINE_SCRIPT = "SQL_BASELINE";

  /**
   * @param took how long the downgrade ran
   * @param success false while it runs outside a transaction, or when it stopped half-way
   * @return the row that marks this one as undone
   */
  HistoryRow tombstone(Duration took, boolean success) {
    return new HistoryRow(
        0, id, description, TOMBSTONE, script, checksum, installedBy, installedOn, took, success);
  }

  /**
   * @param outcome whether it went well
   * @return the same row with this outcome
   */
  HistoryRow withSuccess(boolean outcome) {
    return new HistoryRow(
        rank, id, description, type, script, checksum, installedBy, installedOn, took, outcome);
  }

  /**
   * @return what it stands for
   */
  public RowKind kind() {
    return RowKind.of(type);
  }
}
