package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.conformance.RoundTrip.Read;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Planner;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The plans of the corpus, from the facts that are kept beside it: no server, a second or two. What
 * stands in {@code corpus/plans} is what {@link CorpusIT} has run. Where a change of the planner
 * changes plans, {@code -Dcorpus.write=true} writes them anew, for a look at the difference.
 */
@DisplayName("The plans of the corpus")
class CorpusPlanTest {
  private static final Path FOLDER = Corpus.FOLDER.resolve("plans");
  private static final Map<String, Read> FACTS = CorpusFacts.read();

  private final Planner planner = AllRules.planner();

  @Test
  @DisplayName("are those that the servers have run")
  void plansAreTheKnownOnes() throws IOException {
    Map<String, String> plans = plans();
    if (Boolean.getBoolean("corpus.write")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> one : plans.entrySet()) {
        Files.writeString(FOLDER.resolve(one.getKey() + ".sql"), one.getValue());
      }
    }
    for (Map.Entry<String, String> one : plans.entrySet()) {
      assertThat(one.getValue())
          .as("plans of %s; -Dcorpus.write=true writes them anew", one.getKey())
          .isEqualTo(Files.readString(FOLDER.resolve(one.getKey() + ".sql")));
    }
  }

  @Test
  @DisplayName("are empty from a schema to itself")
  void nothingToDo() {
    FACTS.forEach(
        (id, read) -> {
          for (Schema schema : List.of(read.from(), read.to())) {
            assertThat(planner.plan(schema, schema, new Pair(id, "", "", "", List.of()).up()).sql())
                .as(id)
                .isEmpty();
          }
        });
  }

  @Test
  @DisplayName("come from facts that are the same after writing and reading")
  void factsKeepTheirText() {
    FACTS.forEach(
        (id, read) ->
            assertThat(SchemaText.schema(SchemaText.lines(read.to()))).as(id).isEqualTo(read.to()));
  }

  private Map<String, String> plans() throws IOException {
    Set<String> failing =
        Files.readAllLines(Corpus.FOLDER.resolve("failures.txt")).stream()
            .map(line -> line.substring(line.indexOf(' ') + 1))
            .collect(Collectors.toSet());
    Map<String, StringBuilder> texts = new TreeMap<>();
    for (Corpus.Entry entry : Corpus.entries()) {
      Read read = FACTS.get(entry.id());
      if (read != null && !failing.contains(entry.id()) && entry.refused().isEmpty()) {
        StringBuilder text = texts.computeIfAbsent(entry.subject(), key -> new StringBuilder());
        text.append("-- pair: ").append(entry.id()).append("\n\n");
        append(text, "up", planner.plan(read.from(), read.to(), entry.pair().up()));
        append(text, "down", planner.plan(read.to(), read.from(), entry.pair().down()));
      }
    }
    Map<String, String> plans = new TreeMap<>();
    texts.forEach((subject, text) -> plans.put(subject, text.toString()));
    return plans;
  }

  private static void append(StringBuilder text, String direction, Plan plan) {
    text.append("-- ").append(direction).append('\n');
    for (Statement statement : plan.statements()) {
      text.append(statement.commitBefore() ? "-- after a commit\n" : "");
      statement
          .hazards()
          .forEach(hazard -> text.append("--   ").append(hazard.describe()).append('\n'));
      text.append(statement).append('\n');
    }
    text.append('\n');
  }
}
