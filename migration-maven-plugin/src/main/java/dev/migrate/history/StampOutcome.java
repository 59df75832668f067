package dev.migrate.history;

import dev.migrate.revision.Revision;
import java.util.List;

/**
 * What a stamp wrote.
 *
 * @param recorded the revisions that count as applied now
 * @param takenBack the revisions that do not any more
 * @param recordedAgain applied revisions whose rows now say what their files say
 */
public record StampOutcome(
    List<Revision> recorded, List<Revision> takenBack, List<Revision> recordedAgain) {
  public StampOutcome {
    recorded = List.copyOf(recorded);
    takenBack = List.copyOf(takenBack);
    recordedAgain = List.copyOf(recordedAgain);
  }

  /**
   * @return whether the history said already what it should
   */
  public boolean isEmpty() {
    return recorded.isEmpty() && takenBack.isEmpty() && recordedAgain.isEmpty();
  }
}
