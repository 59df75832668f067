package dev.migrate.history;

import dev.migrate.revision.StampPlan;
import java.util.Objects;

/**
 * The parameters of a stamp, which records where a target stands without running a script.
 *
 * @param to which revisions it has, as a revision expression
 * @param purge whether what is applied and not in the files is recorded as not applied
 */
public record StampRequest(String to, boolean purge) {
  /** Refuses a missing expression. */
  public StampRequest {
    Objects.requireNonNull(to, "to");
  }

  /**
   * @param state where a target stands
   * @return what is to be recorded there
   * @throws dev.migrate.failure.MigrateException {@code HISTORY_NOT_UNDERSTOOD}, or {@code
   *     DATABASE_AHEAD} for an applied revision without a file, unless it is to be purged
   */
  public StampPlan plan(TargetState state) {
    state.require().understood();
    if (!purge) {
      state.require().known();
    }
    return state.graph().stamp(state.known(), to);
  }
}
