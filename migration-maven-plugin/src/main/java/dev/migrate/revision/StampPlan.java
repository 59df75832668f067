package dev.migrate.revision;

import java.util.List;

/**
 * The plan of a stamp: which revisions it records as applied or as taken back, without running any
 * script.
 *
 * @param toRecord the revisions to record as applied, oldest first
 * @param toTakeBack the revisions to record as undone, newest first
 * @param headsAfter where the database is afterwards, none for base
 */
public record StampPlan(
    List<Revision> toRecord, List<Revision> toTakeBack, List<Revision> headsAfter) {
  /** Copies what it is given. */
  public StampPlan {
    toRecord = List.copyOf(toRecord);
    toTakeBack = List.copyOf(toTakeBack);
    headsAfter = List.copyOf(headsAfter);
  }

  /**
   * @return whether the history says already what it should
   */
  public boolean isEmpty() {
    return toRecord.isEmpty() && toTakeBack.isEmpty();
  }
}
