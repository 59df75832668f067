package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The graph knows")
class TraversalTest {

  @Test
  @DisplayName("its heads, bases, branch points and merges")
  void shape() {
    Sketch graph = Graphs.merged();
    assertThat(graph.show(graph.graph().revisions())).isEqualTo("a b c1 d1 c2 d2 e f");
    assertThat(graph.show(graph.graph().heads())).isEqualTo("f");
    assertThat(graph.show(graph.graph().bases())).isEqualTo("a");
    assertThat(graph.show(graph.graph().branchPoints())).isEqualTo("b");
    assertThat(graph.show(graph.graph().merges())).isEqualTo("e");
    assertThat(graph.get("e").isMerge()).isTrue();
    assertThat(graph.get("a").isBase()).isTrue();
    assertThat(RevisionGraph.of(List.of()).heads()).isEmpty();
    assertThat(RevisionGraph.of(List.of()).isEmpty()).isTrue();
  }

  @Test
  @DisplayName("heads that nothing depends on, beside all heads")
  void effectiveHeads() {
    Sketch graph = Sketch.of("a1 <- a2", "b1 <- b2").depends("b2", "a2");
    assertThat(graph.show(graph.graph().heads())).isEqualTo("a2 b2");
    assertThat(graph.show(graph.graph().effectiveHeads())).isEqualTo("b2");
    assertThat(graph.heads("a1", "a2", "b1", "b2")).isEqualTo("b2");
  }

  @Test
  @DisplayName("what is above and below, with and without dependencies")
  void neighbours() {
    Sketch graph = Graphs.branched().depends("d2", "c1");
    RevisionGraph it = graph.graph();
    assertThat(graph.show(it.parents(graph.id("c2")))).isEqualTo("b");
    assertThat(graph.show(it.children(graph.id("b")))).isEqualTo("c1 c2");
    assertThat(graph.show(it.ancestors(graph.id("d2")))).isEqualTo("a b c2");
    assertThat(graph.show(it.ancestorsWithDependencies(graph.id("d2")))).isEqualTo("a b c1 c2");
    assertThat(graph.show(it.descendants(graph.id("c1")))).isEqualTo("d1");
    assertThat(graph.show(it.descendantsWithDependants(graph.id("c1")))).isEqualTo("d1 d2");
    assertThat(graph.show(it.dependencies(graph.id("d2")))).isEqualTo("c1");
    assertThat(graph.show(it.dependants(graph.id("c1")))).isEqualTo("d2");
    assertThat(it.find(RevisionId.of("1"))).isEmpty();
    assertThat(it.find(graph.id("a"))).contains(graph.get("a"));
  }

  @Test
  @DisplayName("that nothing is both above and below a revision")
  void noOverlap() {
    Sketch graph = Graphs.threeBases();
    for (Revision revision : graph.graph().revisions()) {
      Set<Revision> both = new HashSet<>(graph.graph().ancestorsWithDependencies(revision.id()));
      both.retainAll(graph.graph().descendantsWithDependants(revision.id()));
      assertThat(both).as(revision.message()).isEmpty();
    }
  }

  @Test
  @DisplayName("the heads of every applied set on the way to twin merges")
  void headsOnTheWay() {
    Sketch twins =
        Sketch.of(
            "a <- b1", "a <- b2", "a <- b3", "b1, b2, b3 <- c1 <- d1", "b1, b2, b3 <- c2 <- d2");
    assertThat(twins.heads()).isEmpty();
    assertThat(twins.heads("a")).isEqualTo("a");
    assertThat(twins.heads("a", "b3")).isEqualTo("b3");
    assertThat(twins.heads("a", "b3", "b1")).isEqualTo("b1 b3");
    assertThat(twins.heads("a", "b3", "b1", "b2")).isEqualTo("b1 b2 b3");
    assertThat(twins.heads("a", "b3", "b1", "b2", "c2")).isEqualTo("c2");
    assertThat(twins.heads("a", "b3", "b1", "b2", "c2", "d2")).isEqualTo("d2");
    assertThat(twins.heads("a", "b3", "b1", "b2", "c2", "d2", "c1")).isEqualTo("c1 d2");
    assertThat(twins.heads("a", "b3", "b1", "b2", "c2", "d2", "c1", "d1")).isEqualTo("d1 d2");

    Sketch almost =
        Sketch.of("a <- b1", "a <- b2", "a <- b3", "b1, b2 <- c1 <- d1", "b2, b3 <- c2 <- d2");
    assertThat(almost.heads("a", "b2", "b3")).isEqualTo("b2 b3");
    assertThat(almost.heads("a", "b2", "b3", "c2")).isEqualTo("c2");
    assertThat(almost.heads("a", "b2", "b3", "c2", "d2", "b1")).isEqualTo("b1 d2");
    assertThat(almost.heads("a", "b2", "b3", "c2", "d2", "b1", "c1")).isEqualTo("c1 d2");
    assertThat(almost.heads("a", "b2", "b3", "c2", "d2", "b1", "c1", "d1")).isEqualTo("d1 d2");
  }

  @Test
  @DisplayName("the head of an applied set with holes")
  void headsWithHoles() {
    assertThat(Graphs.linear().heads("a", "d")).isEqualTo("d");
    assertThat(Graphs.linear().heads("d", "b", "a")).isEqualTo("d");
  }

  @Test
  @DisplayName("how far a label reaches: up to the heads, down to the branch point or merge")
  void labels() {
    Sketch graph = Graphs.merged();
    assertThat(graph.graph().labelsOf(graph.id("d1"))).containsExactly("left");
    assertThat(graph.graph().labelsOf(graph.id("b"))).isEmpty();
    assertThat(graph.graph().labelsOf(graph.id("f"))).containsExactly("left", "right");
    assertThat(graph.graph().ownLabels()).containsExactly("left", "right");

    Sketch above =
        Sketch.of("a <- b <- c <- d", "b <- x", "p <- q <- r")
            .label("d", "deep")
            .label("r", "whole");
    assertThat(above.graph().labelsOf(above.id("c"))).containsExactly("deep");
    assertThat(above.graph().labelsOf(above.id("b"))).isEmpty();
    assertThat(above.graph().labelsOf(above.id("p"))).containsExactly("whole");
  }

  @Test
  @DisplayName("the revisions of a range, both ends included")
  void ranges() {
    Sketch graph = Graphs.linear();
    assertThat(graph.range("b:d", "")).isEqualTo("b c d");
    assertThat(graph.range("base:c", "")).isEqualTo("a b c");
    assertThat(graph.range("c:head", "")).isEqualTo("c d e");
    assertThat(graph.range(":", "")).isEqualTo("a b c d e");
    assertThat(graph.range("a:+2", "")).isEqualTo("a b c");
    assertThat(graph.range("-2:c", "")).isEqualTo("a b c");
    assertThat(graph.range("-5:c", "")).isEqualTo("a b c");
    assertThat(graph.range("c:+9", "")).isEqualTo("c d e");
    assertThat(graph.range("-1:", "")).isEqualTo("d e");
    assertThat(graph.range(":+2", "")).isEqualTo("a b");
    assertThat(graph.range("current:", "b")).isEqualTo("b c d e");
    assertThat(graph.range("current:", "")).isEqualTo("a b c d e");
    assertThat(graph.range(":current", "b")).isEqualTo("a b");
    assertThat(graph.range("-1:current", "c")).isEqualTo("b c");
    assertThat(graph.range("base:base", "")).isEmpty();
    assertThat(graph.range("c", "")).isEqualTo("c");
  }

  @Test
  @DisplayName("ranges through branches: the diamond, or only what is above the lower end")
  void rangesOfBranches() {
    Sketch diamond = Sketch.of("a <- b1", "a <- b2", "b1, b2 <- c <- d");
    assertThat(diamond.range(":", "")).isEqualTo("a b1 b2 c d");
    assertThat(diamond.range("b1:d", "")).isEqualTo("b1 c d");
    assertThat(diamond.up("b1", "d")).isEqualTo("b2 c d {d}");
    assertThat(RevisionGraph.of(List.of()).range(":", Set.of())).isEmpty();

    Sketch branched = Graphs.branched();
    assertThat(branched.range("right@base:right@head", "")).isEqualTo("a b c2 d2");
    assertThat(branched.range("b:heads", "")).isEqualTo("b c1 d1 c2 d2");
  }

  @Test
  @DisplayName("that a range needs its older end first, in one line")
  void badRanges() {
    Sketch graph = Graphs.branched();
    assertThat(graph.failure(() -> graph.range("c1:d2", "")))
        .startsWith("INVALID_PARAMETER: c1 is not an ancestor of d2.");
    assertThat(graph.failure(() -> graph.range("d1:b", ""))).contains("d1 is not an ancestor of b");
    assertThat(graph.failure(() -> graph.range("b:base", "")))
        .contains("b is not an ancestor of base");
    assertThat(graph.failure(() -> graph.range("a:b:c", ""))).contains("is not a range");
    assertThat(graph.failure(() -> graph.range("-1:+1", ""))).contains("relative to each other");
    assertThat(graph.failure(() -> graph.range("-1:", ""))).startsWith("SEVERAL_HEADS");
    assertThat(graph.failure(() -> graph.range("a:+3", ""))).contains("above b come c1, c2");
    assertThat(graph.failure(() -> graph.range("-1:base", ""))).contains("counts from base");
  }
}
