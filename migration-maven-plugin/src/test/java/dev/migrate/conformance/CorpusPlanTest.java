package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.conformance.RoundTrip.Read;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plans of the corpus, from the facts that are kept beside it: no server, a second or two. What
 * stands in {@code corpus/plans} is what {@link CorpusIT} has run, and in {@code corpus/online}
 * what it runs with {@code -Dconformance.online=true}. Where a change of the planner changes plans,
 * {@code -Dcorpus.write=true} writes them anew, for a look at the difference.
 */
@DisplayName("The plans of the corpus")
class CorpusPlanTest {
  private static final KeptPlans PLANS = new KeptPlans(Corpus.FOLDER.resolve("plans"));
  private static final Map<String, Read> FACTS = Corpus.FACTS.read();

  private static final KeptPlans ONLINE_PLANS = new KeptPlans(Corpus.FOLDER.resolve("online"));

  // Read once: who runs single tests of these thousand runs what prepares them each time.
  private static final List<Corpus.Entry> ENTRIES = Corpus.entries();
  private static final List<Corpus.Entry> PLANNED = withPlans();
  private static final Map<String, String> KEPT = new TreeMap<>();
  private static final Map<String, String> KEPT_ONLINE = new TreeMap<>();
  private static final Planner PLANNER = AllRules.planner();
  private static final OnlinePlanner ONLINE = new OnlinePlanner(PLANNER);

  /**
   * Values that round, that are computed from then on, texts that become what they mean, and rows
   * of a table of which nobody says in which partition they belong.
   */
  private static final Set<String> LOSING =
      Set.of(
          "containers/domain-becomes-a-composite",
          "inheritance/column-of-three-parents-changes-its-type",
          "partitions/parent-becomes-plain",
          "partitions/parent-becomes-plain-and-the-index-stays-below",
          "partitions/parent-with-trigger-becomes-plain",
          "partitions/parent-with-unique-index-becomes-plain",
          "partitions/subpartitions-come",
          "partitions/tree-gets-a-level-and-indexes-that-differ-in-order-only",
          "policies/column-type-under-policy-of-other-table",
          "rows/generated-becomes-plain",
          "rows/hosts-and-networks-as-texts",
          "rows/hstore-becomes-jsonb",
          "rows/jsonb-and-json",
          "rows/lists-become-jsonb",
          "rows/plain-becomes-generated",
          "rows/range-becomes-several",
          "rows/text-becomes-int",
          "rows/texts-and-what-they-mean",
          "rows/values-as-texts",
          "rows/values-of-kinds-that-are-alike",
          "types/typed-table-attribute-becomes-what-needs-an-expression");

  /** Writes the plans where that is asked for, and reads those that are kept. */
  @BeforeAll
  static void keptPlans() {
    if (!KEPT.isEmpty()) {
      return;
    }
    if (Boolean.getBoolean("corpus.write")) {
      Map<String, String> plans = new LinkedHashMap<>();
      planned().forEach(entry -> plans.put(entry.id(), plans(entry)));
      PLANS.write(plans);
      Map<String, String> online = new LinkedHashMap<>();
      for (Corpus.Entry entry : planned()) {
        String text = online(entry);
        if (!text.equals(plans.get(entry.id()))) {
          online.put(entry.id(), text);
        }
      }
      ONLINE_PLANS.write(online);
    }
    KEPT.putAll(PLANS.read());
    KEPT_ONLINE.putAll(ONLINE_PLANS.read());
  }

  /** Those that have facts, pass on the servers of every build, and are not refused. */
  static List<Corpus.Entry> planned() {
    return PLANNED;
  }

  private static List<Corpus.Entry> withPlans() {
    Set<String> failing = new HashSet<>();
    try (Stream<String> lines = Files.lines(Corpus.FOLDER.resolve("failures.txt"))) {
      lines
          .filter(line -> line.startsWith("15 ") || line.startsWith("18 "))
          .forEach(line -> failing.add(line.substring(line.indexOf(' ') + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ENTRIES.stream()
        .filter(entry -> FACTS.containsKey(entry.id()))
        .filter(entry -> !failing.contains(entry.id()) && entry.refused().isEmpty())
        .toList();
  }

  @Test
  @DisplayName("are kept for the pairs that pass, and for no others")
  void noneTooMany() {
    assertThat(KEPT.keySet())
        .containsExactlyInAnyOrderElementsOf(planned().stream().map(Corpus.Entry::id).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  @DisplayName("are those that the servers have run")
  void planIsTheKnownOne(Corpus.Entry entry) {
    assertThat(plans(entry))
        .as("plans of %s; -Dcorpus.write=true writes them anew", entry.id())
        .isEqualTo(KEPT.get(entry.id()));
  }

  /** Those that are not kept have no other form under load than the plain one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("planned")
  @DisplayName("under load are the known ones")
  void onlinePlanIsTheKnownOne(Corpus.Entry entry) {
    assertThat(online(entry))
        .as("online plans of %s; -Dcorpus.write=true writes them anew", entry.id())
        .isEqualTo(KEPT_ONLINE.getOrDefault(entry.id(), KEPT.get(entry.id())));
  }

  @Test
  @DisplayName("under load are kept for pairs that there are")
  void noneTooManyOnline() {
    assertThat(KEPT.keySet()).containsAll(KEPT_ONLINE.keySet());
  }

  @Test
  @DisplayName("are empty from a schema to itself")
  void nothingToDo() {
    FACTS.forEach(
        (id, read) -> {
          for (Schema schema : List.of(read.from(), read.to())) {
            assertThat(PLANNER.plan(schema, schema, new Pair(id, "", "", "", List.of()).up()).sql())
                .as(id)
                .isEmpty();
          }
        });
  }

  @Test
  @DisplayName("say why each statement that can fail on rows can fail")
  void reasons() {
    for (Corpus.Entry entry : ENTRIES) {
      Read read = FACTS.get(entry.id());
      if (read != null && entry.refused().isEmpty()) {
        assertThat(
                PLANNER.plan(read.from(), read.to(), entry.pair().up()).statements().stream()
                    .flatMap(statement -> statement.hazards().stream())
                    .filter(Hazard.MayFailOnRows.class::isInstance)
                    .map(Hazard.MayFailOnRows.class::cast))
            .as(entry.id())
            .allSatisfy(hazard -> assertThat(hazard.reason()).isNotBlank());
      }
    }
  }

  @Test
  @DisplayName("come from facts that are the same after writing and reading")
  void factsKeepTheirText() {
    FACTS.forEach(
        (id, read) ->
            assertThat(SchemaText.schema(SchemaText.lines(read.to()))).as(id).isEqualTo(read.to()));
  }

  @Test
  @DisplayName("lose no column that both schemas have, except in rows that a query finds")
  void keepColumns() {
    Map<String, List<String>> lost = new TreeMap<>();
    for (Corpus.Entry entry : ENTRIES) {
      Read read = FACTS.get(entry.id());
      if (read != null && entry.refused().isEmpty() && !LOSING.contains(entry.id())) {
        List<String> some = new ArrayList<>(kept(read.from(), read.to(), entry.pair().up()));
        some.addAll(kept(read.to(), read.from(), entry.pair().down()));
        if (!some.isEmpty()) {
          lost.put(entry.id(), some);
        }
      }
    }
    assertThat(lost).as("plans that name the loss of what stays").isEmpty();
  }

  @Test
  @DisplayName("neither lose, write, scan nor block anything where only names change")
  void renamesAreNamesOnly() throws IOException {
    Map<String, List<String>> hazards = new TreeMap<>();
    for (Corpus.Entry entry : planned()) {
      if (entry.subject().equals("renames") && !entry.id().contains("change")) {
        Read read = FACTS.get(entry.id());
        List<String> some =
            Stream.of(
                    PLANNER.plan(read.from(), read.to(), entry.pair().up()),
                    PLANNER.plan(read.to(), read.from(), entry.pair().down()))
                .flatMap(plan -> plan.statements().stream())
                .filter(statement -> !statement.hazards().isEmpty())
                .map(Object::toString)
                .toList();
        if (!some.isEmpty()) {
          hazards.put(entry.id(), some);
        }
      }
    }
    assertThat(hazards).isEmpty();
  }

  private static List<String> kept(Schema from, Schema to, PlanOptions options) {
    Set<String> losses =
        PLANNER.plan(from, to, options).statements().stream()
            .flatMap(statement -> statement.hazards().stream())
            .filter(Hazard.LosesData.class::isInstance)
            .map(Hazard.LosesData.class::cast)
            .filter(loses -> loses.query().isEmpty())
            .map(Hazard.LosesData::what)
            .collect(Collectors.toSet());
    return from.facts().values().stream()
        .filter(fact -> fact.id().kind() == Kind.COLUMN && to.has(fact.id()))
        .filter(fact -> !fact.has(Attribute.GENERATED))
        .filter(fact -> from.has(fact.parent().orElseThrow().as(Kind.TABLE)))
        .filter(fact -> to.has(fact.parent().orElseThrow().as(Kind.TABLE)))
        .filter(
            fact ->
                losses.contains(fact.id().toString())
                    || losses.contains("all rows of " + fact.parent().orElseThrow()))
        .map(fact -> fact.id().toString())
        .toList();
  }

  private static String plans(Corpus.Entry entry) {
    Read read = FACTS.get(entry.id());
    return KeptPlans.text(
            "up", PLANNER.plan(read.from(), read.to(), entry.pair().up()), Hazard::describe)
        + KeptPlans.text(
            "down", PLANNER.plan(read.to(), read.from(), entry.pair().down()), Hazard::describe);
  }

  /** Without the limit for waiting, which all of them begin with: it would hide what is equal. */
  private static String online(Corpus.Entry entry) {
    Read read = FACTS.get(entry.id());
    String text =
        KeptPlans.text(
                "up", ONLINE.plan(read.from(), read.to(), entry.pair().up()), Hazard::describe)
            + KeptPlans.text(
                "down", ONLINE.back(read.to(), read.from(), entry.pair().down()), Hazard::describe);
    return text.replaceAll(
        "(-- Others queue [^\\n]*\\n)?SET (LOCAL )?lock_timeout = [^\\n]*\\n", "");
  }
}
