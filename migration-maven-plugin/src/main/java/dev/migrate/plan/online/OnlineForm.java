package dev.migrate.plan.online;

import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import java.util.List;
import java.util.Set;

/**
 * Online form of one change: the stages that do it under weak locks, what runs first, and what runs
 * after a commit.
 *
 * @param about what it makes true, untrue or different
 * @param stages its stages, in order
 * @param usable after how many stages most of what depends on it may come; a key, which needs its
 *     columns not null, waits for all
 */
record OnlineForm(Set<FactId> about, List<Stage> stages, int usable) {
  OnlineForm {
    about = Set.copyOf(about);
    stages = List.copyOf(stages);
  }

  /** The statement as it is. */
  static OnlineForm plain(Statement statement) {
    return new OnlineForm(
        statement.subjects(), List.of(new Stage(Stage.Kind.CHANGE, List.of(statement))), 1);
  }

  static OnlineForm of(FactId about, Stage... stages) {
    return new OnlineForm(Set.of(about), List.of(stages), stages.length);
  }

  OnlineForm usableAfter(int count) {
    return new OnlineForm(about, stages, count);
  }

  /** Whether all that came before must be committed. */
  boolean afterCommit() {
    return stages.get(0).statements().get(0).commitBefore();
  }
}
