package dev.migrate.plan.online;

import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import java.util.List;
import java.util.Set;

/**
 * One change: what runs first, and what runs after a commit.
 *
 * @param about what it makes true, untrue or different
 * @param stages its stages, in order
 */
record Form(Set<FactId> about, List<Stage> stages) {
  Form {
    about = Set.copyOf(about);
    stages = List.copyOf(stages);
  }

  /** The statement as it is. */
  static Form plain(Statement statement) {
    return of(statement.about(), new Stage(Stage.Kind.CHANGE, List.of(statement)));
  }

  static Form of(FactId about, Stage... stages) {
    return new Form(Set.of(about), List.of(stages));
  }

  /** Whether all that came before must be committed. */
  boolean afterCommit() {
    return stages.get(0).statements().get(0).commitBefore();
  }

  boolean isPlain() {
    return stages.size() == 1 && stages.get(0).kind() == Stage.Kind.CHANGE;
  }

  boolean mentions(String name) {
    return stages.stream()
        .flatMap(stage -> stage.statements().stream())
        .anyMatch(statement -> statement.sql().contains(name));
  }
}
