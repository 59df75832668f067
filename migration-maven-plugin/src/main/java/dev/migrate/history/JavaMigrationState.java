package dev.migrate.history;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFiles;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of the Java migrations of a project on a target: which have run, and which are pending.
 */
public final class JavaMigrationState {
  private final TargetState state;
  private final RevisionFiles files;
  private final History history;

  JavaMigrationState(TargetState state) {
    this.state = state;
    this.files = state.files();
    this.history = state.history();
  }

  /**
   * @param plan an upgrade
   * @return the Java migrations that run with it, as Flyway would run them: those above what is
   *     applied and below the last script of the plan, or all of them when nothing stays pending
   */
  List<JavaMigration> stepsOf(RevisionPlan plan) {
    List<JavaMigration> steps = files.javaSteps();
    if (steps.isEmpty()) {
      return steps;
    }
    Optional<RevisionId> highest =
        history.applied(List.of()).stream().max(Comparator.naturalOrder());
    boolean whole = state.graph().pending(state.applied()).size() == plan.revisions().size();
    Optional<RevisionId> last =
        plan.revisions().stream().map(Revision::id).max(Comparator.naturalOrder());
    return steps.stream()
        .filter(step -> highest.isEmpty() || step.id().orElseThrow().compareTo(highest.get()) > 0)
        .filter(
            step ->
                whole || last.filter(id -> step.id().orElseThrow().compareTo(id) < 0).isPresent())
        .toList();
  }

  /**
   * @param plan an upgrade
   * @return the repeatable Java migrations that would run after it, because they are new or say
   *     another checksum; none while other revisions stay pending
   */
  List<JavaMigration> repeatablesAfter(RevisionPlan plan) {
    List<JavaMigration> all = files.javaRepeatables();
    if (all.isEmpty() || state.graph().pending(state.applied()).size() != plan.revisions().size()) {
      return List.of();
    }
    return all.stream()
        .filter(
            step ->
                history
                    .repeatable(step.description())
                    .filter(row -> row.checksum().equals(step.checksum()))
                    .isEmpty())
        .toList();
  }

  /**
   * @param plan an upgrade
   * @return all Java migrations that run with it, in that order
   */
  public List<JavaMigration> with(RevisionPlan plan) {
    return Stream.concat(stepsOf(plan).stream(), repeatablesAfter(plan).stream()).toList();
  }
}
