package dev.migrate.history;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.text.PlainText;
import java.util.Objects;
import java.util.Optional;

/**
 * The status of one revision in a target (applied, pending, failed, edited, unknown), seen from the
 * files and the history together.
 *
 * @param id the revision
 * @param status where it stands
 * @param current whether the target stands at it: it is applied, and no other applied one builds on
 *     it
 * @param revision what its file says; none when it is not in the files
 * @param row what the history says; none when it never was applied, or a baseline covers it
 */
public record RevisionState(
    RevisionId id,
    Status status,
    boolean current,
    Optional<Revision> revision,
    Optional<HistoryRow> row) {

  public RevisionState {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
  }

  /** Where a revision can stand. */
  public enum Status {
    /** Applied, and its script is as it was then. */
    APPLIED,
    /** Applied, but its script was edited or renamed since. */
    EDITED,
    /** In the files, not applied. */
    PENDING,
    /** Its script stopped half-way outside a transaction. */
    FAILED,
    /** Applied; its downgrade stopped half-way outside a transaction. */
    DOWNGRADE_FAILED,
    /** Applied, and not in the files. */
    UNKNOWN,
    /** The history says something about it that this version does not understand. */
    NOT_UNDERSTOOD,
    /** Applied, and replaced in the files by a baseline that the target has not reached. */
    SQUASHED
  }

  /**
   * @return what the revision does, in one line
   */
  public String message() {
    return revision
        .map(Revision::message)
        .or(() -> row.map(HistoryRow::description).map(PlainText::line))
        .orElse("");
  }
}
