package dev.migrate.run;

import dev.migrate.history.RevisionState.Status;
import dev.migrate.history.TargetState;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.Script;
import java.util.List;

/**
 * Everything that an upgrade or a downgrade is about to run on one target.
 *
 * @param direction upgrade or downgrade
 * @param before where the target stands
 * @param plan the revisions, in order
 * @param repeatables the repeatable migrations that run after them
 * @param javaMigrations the Java migrations that run with them
 */
public record PlannedRun(
    RunDirection direction,
    TargetState before,
    RevisionPlan plan,
    List<Script> repeatables,
    List<JavaMigration> javaMigrations) {
  /** Copies what it is given. */
  public PlannedRun {
    repeatables = List.copyOf(repeatables);
    javaMigrations = List.copyOf(javaMigrations);
  }

  /**
   * @param direction what somebody asks for
   * @param before where the target stands
   * @return what runs there
   * @throws dev.migrate.failure.MigrateException when it must not run
   */
  public static PlannedRun of(RunDirection direction, TargetState before) {
    RevisionPlan plan = direction.plan(before);
    return new PlannedRun(
        direction,
        before,
        plan,
        direction.repeatables(before, plan),
        direction.javaMigrations(before, plan));
  }

  /**
   * @return the revisions with their files, in the order in which they run
   */
  public List<RevisionFile> files() {
    return before.files().get(plan.revisions());
  }

  /**
   * @return whether nothing at all is pending
   */
  public boolean isIdle() {
    return plan.revisions().isEmpty() && repeatables.isEmpty() && javaMigrations.isEmpty();
  }

  /**
   * @return the revisions that were named as to be run again, and did not stop half-way
   */
  List<RevisionId> needlessReruns() {
    return direction.rerun(before).stream().filter(id -> !stoppedHalfWay(id)).toList();
  }

  private boolean stoppedHalfWay(RevisionId id) {
    return before.history().failed().containsKey(id)
        || before.history().failedDowngrades().containsKey(id);
  }

  /**
   * @param now where the target stands after a run that failed
   * @return whether the run has left something behind there: a revision that is applied, taken back
   *     or half done now and was not before
   */
  boolean hasMoved(TargetState now) {
    return !now.applied().equals(before.applied())
        || !now.in(Status.FAILED).equals(before.in(Status.FAILED))
        || !now.in(Status.DOWNGRADE_FAILED).isEmpty();
  }
}
