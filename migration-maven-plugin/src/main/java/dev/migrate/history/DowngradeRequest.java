package dev.migrate.history;

import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The parameters of a downgrade: the counterpart of {@link UpgradeRequest}.
 *
 * @param to where to go, as a revision expression: {@code -1}, an id, {@code base}
 * @param rerun names of revisions whose downgrade stopped half-way and may run again
 */
public record DowngradeRequest(String to, List<String> rerun) {
  /** Copies what it is given. */
  public DowngradeRequest {
    Objects.requireNonNull(to, "to");
    rerun = List.copyOf(rerun);
  }

  /**
   * @param state where a target stands
   * @return what is to be taken back there, newest first
   * @throws dev.migrate.failure.MigrateException when it must not, such as {@code DATABASE_AHEAD}
   *     for an applied revision without a file, or {@code FAILED_REVISION}
   */
  public RevisionPlan plan(TargetState state) {
    state.require().known();
    RevisionPlan plan = state.graph().downgrade(state.applied(), to);
    state.require().downgradable(plan.revisions(), rerun(state));
    return plan;
  }

  /**
   * @param state where a target stands
   * @return the revisions whose downgrade may run again although its script does not say so
   */
  public Set<RevisionId> rerun(TargetState state) {
    return state.resolve(rerun);
  }
}
