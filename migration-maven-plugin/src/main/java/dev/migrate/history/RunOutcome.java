package dev.migrate.history;

import dev.migrate.revision.Revision;
import java.time.Duration;
import java.util.List;

/**
 * The result of running revisions: which were run, and how long each took.
 *
 * @param steps the revisions that were run, recorded or undone, in this order
 * @param repeatables how many repeatable migrations ran with them
 */
public record RunOutcome(List<Step> steps, int repeatables) {
  public RunOutcome {
    steps = List.copyOf(steps);
  }

  /**
   * One revision of a run.
   *
   * @param revision which
   * @param took how long its script ran
   */
  public record Step(Revision revision, Duration took) {}
}
