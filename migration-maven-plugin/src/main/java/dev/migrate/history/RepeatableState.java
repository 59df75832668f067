package dev.migrate.history;

import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The state of the repeatable migrations of a project on a target: which have run, have changed or
 * are gone.
 */
public final class RepeatableState {
  private final TargetState state;
  private final RevisionFiles files;
  private final History history;

  RepeatableState(TargetState state) {
    this.state = state;
    this.files = state.files();
    this.history = state.history();
  }

  /**
   * @param plan an upgrade
   * @return the repeatable migrations that would run after it, because they are new or have
   *     changed; none while other revisions stay pending
   */
  public List<Script> after(RevisionPlan plan) {
    if (state.graph().pending(state.applied()).size() != plan.revisions().size()) {
      return List.of();
    }
    return changed();
  }

  /**
   * @return the repeatable migrations that are new or have changed
   */
  List<Script> changed() {
    return files.repeatables().stream().filter(this::isNewOrChanged).toList();
  }

  /**
   * @return the repeatable migrations of the files that have run here, as they are or as they were
   */
  public List<Script> thatRan() {
    return files.repeatables().stream()
        .filter(script -> history.repeatable(script.description()).isPresent())
        .toList();
  }

  /**
   * @return the last rows of repeatable migrations that have run here and whose files are gone:
   *     nothing runs them any more, and what they have made stays
   */
  public List<HistoryRow> withoutFile() {
    Set<String> there =
        files.repeatables().stream().map(Script::description).collect(Collectors.toSet());
    return history.repeatables().stream()
        .filter(row -> !there.contains(row.description()))
        .toList();
  }

  /**
   * @return the repeatable migrations that have run and run again with every upgrade, because
   *     Flyway sums up the time of the run with them; nobody could wait until they have run for the
   *     last time
   */
  public List<Script> ofEachUpgrade() {
    return thatRan().stream()
        .filter(script -> script.text().contains("flyway:timestamp") && isNewOrChanged(script))
        .toList();
  }

  private boolean isNewOrChanged(Script script) {
    return history
        .repeatable(script.description())
        .flatMap(HistoryRow::checksum)
        .filter(sum -> sum == script.checksum())
        .isEmpty();
  }

  /**
   * @return the repeatable migrations of the files that stopped half-way outside a transaction and
   *     did not run to their end since
   */
  public List<Script> failed() {
    return files.repeatables().stream()
        .filter(script -> history.failedRepeatables().containsKey(script.description()))
        .toList();
  }

  /**
   * @return the repeatable migrations that an upgrade to the head would run for sure: new or
   *     changed. Of one with placeholders, which Flyway sums up with their values, nobody knows
   *     whether it has changed
   */
  public List<Script> pending() {
    return files.repeatables().stream().filter(this::isSurelyToRun).toList();
  }

  private boolean isSurelyToRun(Script script) {
    boolean ran =
        history.repeatable(script.description()).flatMap(HistoryRow::checksum).isPresent();
    return isNewOrChanged(script) && !(ran && script.text().contains("${"));
  }
}
