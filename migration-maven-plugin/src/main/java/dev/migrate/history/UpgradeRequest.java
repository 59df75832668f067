package dev.migrate.history;

import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The parameters of an upgrade. A rehearsal takes the same, so that it runs what the upgrade would
 * run, and refuses what it would refuse.
 *
 * @param to where to go, as a revision expression
 * @param rerun names of revisions that stopped half-way and may run again
 * @param outOfOrder whether a script without a header may come below what is applied
 */
public record UpgradeRequest(String to, List<String> rerun, boolean outOfOrder) {
  /** Copies what it is given. */
  public UpgradeRequest {
    Objects.requireNonNull(to, "to");
    rerun = List.copyOf(rerun);
  }

  /**
   * @param state where a target stands
   * @return what is to run there
   * @throws dev.migrate.failure.MigrateException when it must not, such as {@code FAILED_REVISION}
   *     or {@code OUT_OF_ORDER}
   */
  public RevisionPlan plan(TargetState state) {
    state.require().upgradable();
    RevisionPlan plan = state.graph().upgrade(state.applied(), to);
    state.require().nothingFailedBut(plan.revisions(), rerun(state));
    if (!outOfOrder) {
      state.require().inOrder(plan.revisions());
    }
    return plan;
  }

  /**
   * @param state where a target stands
   * @return the revisions that may run again although their scripts do not say so
   */
  public Set<RevisionId> rerun(TargetState state) {
    return state.resolve(rerun);
  }
}
