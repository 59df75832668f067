package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.schema.Kind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kinds of facts in the corpus")
class CorpusKindsTest {
  private static final int PAIRS = 3;

  @Test
  @DisplayName("each changes in three pairs at least")
  void everyKindChanges() {
    Map<Kind, Integer> pairs = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      pairs.put(kind, 0);
    }
    Corpus.FACTS
        .read()
        .forEach(
            (id, read) -> {
              Set<Kind> kinds = new HashSet<>();
              for (Change change : Diff.between(read.from(), read.to()).changes()) {
                kinds.add(change.id().kind());
              }
              kinds.forEach(kind -> pairs.merge(kind, 1, Integer::sum));
            });
    pairs.values().removeIf(number -> number >= PAIRS);
    assertThat(pairs).as("kinds with too few pairs").isEmpty();
  }
}
