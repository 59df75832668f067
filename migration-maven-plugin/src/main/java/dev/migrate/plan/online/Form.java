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
 * @param usable after how many stages most of what depends on it may come; a key, which needs its
 *     columns not null, waits for all
 */
record Form(Set<FactId> about, List<Stage> stages, int usable) {
  Form {
    about = Set.copyOf(about);
    stages = List.copyOf(stages);
  }

  /** The statement as it is. */
  static Form plain(Statement statement) {
    return of(statement.about(), new Stage(Stage.Kind.CHANGE, List.of(statement)));
  }

  static Form of(FactId about, Stage... stages) {
    return new Form(Set.of(about), List.of(stages), stages.length);
  }

  Form usableAfter(int count) {
    return new Form(about, stages, count);
  }

  /** Whether all that came before must be committed. */
  boolean afterCommit() {
    return stages.get(0).statements().get(0).commitBefore();
  }

  boolean mentions(String name) {
    return stages.stream()
        .flatMap(stage -> stage.statements().stream())
        .anyMatch(statement -> saysWord(statement.sql(), name));
  }

  /** Whether a text has a name that is not a part of a longer one. */
  private static boolean saysWord(String text, String name) {
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      if ((at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1)))
          && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }
}
