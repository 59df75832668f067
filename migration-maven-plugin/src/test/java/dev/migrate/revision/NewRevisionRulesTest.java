package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a new, merging or moved revision builds on")
class NewRevisionRulesTest {
  private static final Instant NOW = Instant.parse("2027-05-05T05:05:05Z");

  @Test
  @DisplayName("is the head, or the revision that is named")
  void parents() {
    Sketch graph = Graphs.branched();
    assertThat(graph.show(graph.graph().parentsForNew("right@head"))).isEqualTo("d2");
    assertThat(graph.show(graph.graph().parentsForNew(graph.text("b")))).isEqualTo("b");
    assertThat(graph.show(graph.graph().parentsForNew("base"))).isEmpty();
    assertThat(graph.failure(() -> graph.graph().parentsForNew("head")))
        .startsWith("SEVERAL_HEADS: There are 2 heads where one is needed: d1, d2.");
    assertThat(graph.failure(() -> graph.graph().parentsForNew("heads")))
        .startsWith("SEVERAL_HEADS: 'heads' names 2 revisions where one is needed: d1, d2.");
    assertThat(RevisionGraph.of(List.of()).parentsForNew("head")).isEmpty();
    Sketch merged = Graphs.merged();
    assertThat(merged.show(merged.graph().parentsForNew("head"))).isEqualTo("f");
  }

  @Test
  @DisplayName("has dependencies by id, beginning of an id, or label")
  void dependencies() {
    Sketch graph = Graphs.branched();
    String id = graph.id("c1").toString();
    assertThat(graph.graph().dependenciesForNew(List.of(id, " right", id)))
        .containsExactly(id, "right");
    assertThat(graph.graph().dependenciesForNew(List.of(id.substring(0, 14)))).containsExactly(id);
    assertThat(graph.failure(() -> graph.graph().dependenciesForNew(List.of("2026"))))
        .startsWith("AMBIGUOUS_REVISION");
    assertThat(graph.failure(() -> graph.graph().dependenciesForNew(List.of("rihgt"))))
        .startsWith("UNKNOWN_REVISION: There is no revision 'rihgt'; the nearest labels are right");
  }

  @Test
  @DisplayName("are all heads in a merge, or those that are named")
  void merges() {
    Sketch graph = Graphs.branched();
    assertThat(graph.show(graph.graph().parentsForMerge("heads"))).isEqualTo("d1 d2");
    assertThat(graph.show(graph.graph().parentsForMerge(graph.text("d1,c2")))).isEqualTo("d1 c2");
    assertThat(graph.show(graph.graph().parentsForMerge("left@head,right@head")))
        .isEqualTo("d1 d2");
    Sketch trees = Sketch.of("a1 <- b1", "a2 <- b2").depends("b2", "b1");
    assertThat(trees.show(trees.graph().parentsForMerge("heads"))).isEqualTo("b1 b2");
  }

  @Test
  @DisplayName("is refused in a merge of one, of none, and of a revision with its own ancestor")
  void badMerges() {
    Sketch linear = Graphs.linear();
    assertThat(linear.failure(() -> linear.graph().parentsForMerge("heads")))
        .startsWith("INVALID_PARAMETER: There is nothing to merge: ")
        .contains("e is the only revision");
    Sketch graph = Graphs.branched();
    assertThat(graph.failure(() -> graph.graph().parentsForMerge(graph.text("d1,d1"))))
        .contains("d1 is the only revision");
    assertThat(graph.failure(() -> graph.graph().parentsForMerge(graph.text("b,d1"))))
        .startsWith(
            "INVALID_PARAMETER: b cannot be merged, because another of the revisions builds on it"
                + " already.");
  }

  private static RebasePlan rebase(Sketch graph, String revision, String onto, String applied) {
    return graph.graph().rebase(graph.get(revision), graph.get(onto), graph.applied(applied), NOW);
  }

  @Test
  @DisplayName("moves with its branch, in order, to ids above the new parent")
  void rebase() {
    Sketch graph =
        Sketch.of("a <- b", "b <- x1 <- x2", "x1 <- x3", "x2, x3 <- x4", "b <- m")
            .depends("x4", "a")
            .depends("x2", "b")
            .label("x1", "feature");
    RebasePlan rebase = rebase(graph, "x1", "m", "b m");
    assertThat(rebase.moves())
        .extracting(move -> move.from().message())
        .containsExactly("x1", "x2", "x3", "x4");
    assertThat(rebase.moves())
        .extracting(move -> move.to().id().toString())
        .containsExactly("20270505050505", "20270505050506", "20270505050507", "20270505050508");
    assertThat(rebase.moves().get(0).to().parents()).containsExactly(graph.id("m"));
    assertThat(rebase.moves().get(0).to().labels()).containsExactly("feature");
    assertThat(rebase.moves().get(3).to().parents())
        .containsExactly(RevisionId.of("20270505050506"), RevisionId.of("20270505050507"));
    assertThat(rebase.moves().get(3).to().dependencies()).containsExactly(graph.id("a").toString());
    assertThat(rebase.onto()).isEqualTo(graph.get("m"));
  }

  @Test
  @DisplayName(
      "follows a parent of the future, avoids ids that are taken, keeps inner dependencies")
  void rebaseIds() {
    Sketch graph = Sketch.of("a <- x1 <- x2", "x1 <- x3", "a <- m <- n").depends("x3", "x2");
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    RebasePlan rebase = graph.graph().rebase(graph.get("x1"), graph.get("m"), Set.of(), start);
    assertThat(graph.id("n")).hasToString("20260101000005");
    assertThat(rebase.moves())
        .extracting(move -> move.to().id().toString())
        .containsExactly("20260101000006", "20260101000007", "20260101000008");
    assertThat(rebase.moves().get(2).to().dependencies()).containsExactly("20260101000007");
  }

  @Test
  @DisplayName("stays where it is when it is there already")
  void rebaseNothing() {
    assertThat(rebase(Graphs.branched(), "c1", "b", "").isEmpty()).isTrue();
  }

  @Test
  @DisplayName("is not moved when it is applied, joined, needed by others, or below the new parent")
  void badRebase() {
    Sketch graph = Graphs.branched();
    assertThat(graph.failure(() -> rebase(graph, "c1", "d2", "c1")))
        .startsWith("INVALID_PARAMETER: These revisions are applied")
        .contains("c1", "mvn migrate:merge");
    assertThat(graph.failure(() -> rebase(graph, "b", "d2", ""))).contains("d2 lies above b");
    assertThat(graph.failure(() -> rebase(graph, "b", "b", "")))
        .contains("cannot be moved onto itself");
    Sketch needed = Graphs.branched().depends("d2", "c1");
    assertThat(needed.failure(() -> rebase(needed, "c1", "c2", "")))
        .contains("d2 depends on c1 and would stay where it is");
    assertThat(needed.failure(() -> rebase(needed, "c1", "d2", "")))
        .contains("d2 depends on the branch that should be moved onto it");
    Sketch merged = Graphs.merged();
    assertThat(merged.failure(() -> rebase(merged, "e", "d1", ""))).contains("e is a merge");
    Sketch beside = Sketch.of("a <- b", "b <- c1", "b <- c2", "c1, c2 <- e", "b <- m");
    assertThat(beside.failure(() -> rebase(beside, "c1", "m", "")))
        .contains("e joins the branch with c2 already");
  }
}
