package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The beginning of a graph")
class SquashPlanTest {
  private static Revision step(int id, String parents, String... labels) {
    return new Revision(
        RevisionId.of("" + id),
        "step " + id,
        ids(parents),
        List.of(),
        List.of(labels),
        null,
        "V" + id);
  }

  private static Revision depending(int id, String parents, String on) {
    return new Revision(
        RevisionId.of("" + id), "", ids(parents), List.of(on), List.of(), null, "V" + id);
  }

  private static Revision baseline(int id, String... labels) {
    return new Revision(
        RevisionId.of("" + id), "all", List.of(), List.of(), List.of(labels), null, "B" + id, true);
  }

  private static List<RevisionId> ids(String words) {
    return Stream.of(words.split(" ")).filter(word -> !word.isEmpty()).map(RevisionId::of).toList();
  }

  private static RevisionGraph graph(Revision... revisions) {
    return RevisionGraph.of(Arrays.asList(revisions));
  }

  private static String squashed(RevisionGraph graph, String to) {
    SquashPlan squash = graph.squash(to, List.of());
    return squash.replaced().stream().map(Revision::id).toList() + " " + squash.labels();
  }

  private static MigrateException refusal(RevisionGraph graph, String to) {
    return catchThrowableOfType(MigrateException.class, () -> graph.squash(to, List.of()));
  }

  @Test
  @DisplayName("is squashed with its labels, branches and merges up to the revision that is named")
  void squashes() {
    RevisionGraph graph =
        graph(
            step(10, ""),
            step(20, "10", "left"),
            step(30, "10", "right"),
            step(40, "20 30"),
            step(50, "40"));

    assertThat(squashed(graph, "40")).isEqualTo("[10, 20, 30, 40] [left, right]");
    assertThat(squashed(graph, "head")).isEqualTo("[10, 20, 30, 40, 50] [left, right]");
    assertThat(squashed(graph, "10")).isEqualTo("[10] []");
  }

  @Test
  @DisplayName("is not squashed when an older revision would be swallowed with it")
  void swallowed() {
    RevisionGraph graph = graph(step(10, ""), step(20, "10"), step(30, "10"), step(40, "30"));

    MigrateException refused = refusal(graph, "40");
    assertThat(refused.code()).isEqualTo(FailureCode.SQUASH_REFUSED);
    assertThat(refused.problem()).contains("swallow").contains("20 (step 20)");
  }

  @Test
  @DisplayName("is not squashed when a branch would hang off its middle")
  void hanging() {
    RevisionGraph graph = graph(step(10, ""), step(20, "10"), step(30, "20"), step(40, "10"));

    assertThat(refusal(graph, "30").problem()).contains("40 (step 40) revises 10 (step 10)");
    assertThat(refusal(graph, "30").remedy()).contains("up to 10 at most");
  }

  @Test
  @DisplayName("takes what dependencies need along")
  void dependencies() {
    RevisionGraph graph =
        graph(step(10, "", "tools"), step(20, ""), depending(30, "20", "tools"), step(40, "30"));

    assertThat(squashed(graph, "30")).isEqualTo("[10, 20, 30] [tools]");
    assertThat(refusal(graph, "20").problem()).contains("10 (step 10)");
  }

  @Test
  @DisplayName("is one revision afterwards, which children, dependencies and labels mean")
  void baselineInTheGraph() {
    RevisionGraph graph =
        graph(
            baseline(40, "left"),
            step(50, "40"),
            depending(60, "50", "20"),
            depending(70, "60", "left"));

    assertThat(graph.baseline().map(Revision::title)).contains("40 (all)");
    assertThat(graph.dependencies(RevisionId.of("60"))).containsExactly(graph.revisions().get(0));
    assertThat(graph.dependencies(RevisionId.of("70"))).containsExactly(graph.revisions().get(0));
    assertThat(graph.labelsOf(RevisionId.of("70"))).containsExactly("left");
    assertThat(graph.upgrade(List.of(), "head").revisions()).hasSize(4);
    assertThat(squashed(graph, "60")).isEqualTo("[40, 50, 60] [left]");
    assertThat(refusal(graph, "40").problem()).contains("is a baseline already");
  }

  @Test
  @DisplayName("does not come back: neither a parent, nor an older file, nor an expression")
  void replaced() {
    assertThat(
            catchThrowableOfType(
                    MigrateException.class,
                    () -> graph(baseline(40), step(50, "40"), step(60, "30")))
                .problem())
        .isEqualTo("V60 revises 30, which the baseline B40 has replaced.");
    assertThat(
            catchThrowableOfType(
                    MigrateException.class, () -> graph(step(30, ""), baseline(40), step(50, "40")))
                .problem())
        .contains("V30 is older than the baseline B40");
    MigrateException named =
        catchThrowableOfType(
            MigrateException.class,
            () -> graph(baseline(40), step(50, "40")).resolve("30", List.of()));
    assertThat(named.code()).isEqualTo(FailureCode.BELOW_BASELINE);
    assertThat(named.problem()).contains("30").contains("40 (all)");
  }
}
