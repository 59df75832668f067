package dev.migrate.history;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.util.List;

/**
 * The result of a stamp: which revisions it has recorded as applied or as not applied.
 *
 * @param recorded the revisions that count as applied now
 * @param takenBack the revisions that do not any more
 * @param recordedAgain applied revisions whose rows now say what their files say
 * @param forgotten revisions that are not in the files and do not count as applied any more
 * @param repeatables repeatable migrations that are not in the files and do not count as run any
 *     more
 * @param started whether the database had no history before: it has one now, which begins at what
 *     was recorded
 */
public record StampOutcome(
    List<Revision> recorded,
    List<Revision> takenBack,
    List<Revision> recordedAgain,
    List<RevisionId> forgotten,
    List<String> repeatables,
    boolean started) {
  public StampOutcome {
    recorded = List.copyOf(recorded);
    takenBack = List.copyOf(takenBack);
    recordedAgain = List.copyOf(recordedAgain);
    forgotten = List.copyOf(forgotten);
    repeatables = List.copyOf(repeatables);
  }

  /**
   * @return whether the history said already what it should
   */
  public boolean isEmpty() {
    return !started
        && recorded.isEmpty()
        && takenBack.isEmpty()
        && recordedAgain.isEmpty()
        && forgotten.isEmpty()
        && repeatables.isEmpty();
  }
}
