package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stamp")
class StampPlanTest {

  @Test
  @DisplayName("records upward and takes back downward")
  void linear() {
    Sketch graph = Graphs.linear();
    assertThat(graph.stamp("d", "base")).isEqualTo("-d -c -b -a {}");
    assertThat(graph.stamp("", "c")).isEqualTo("+a +b +c {c}");
    assertThat(graph.stamp("b", "head")).isEqualTo("+c +d +e {e}");
    assertThat(graph.stamp("e", "c")).isEqualTo("-e -d {c}");
    assertThat(graph.stamp("c", "c")).isEqualTo("{c}");
    assertThat(graph.stamp("c", "+1")).isEqualTo("+d {d}");
    assertThat(graph.stamp("c", "-1")).isEqualTo("-c {b}");
    assertThat(graph.graph().stamp(graph.applied("c"), "current").isEmpty()).isTrue();
  }

  @Test
  @DisplayName("moves one branch and leaves the other, or both to below the branch point")
  void branches() {
    Sketch graph = Graphs.branched();
    assertThat(graph.stamp("d1 c2", "b")).isEqualTo("-c2 -d1 -c1 {b}");
    assertThat(graph.stamp("d1 c2", "left@base")).isEqualTo("-d1 -c1 {c2}");
    assertThat(graph.stamp("c1 c2", "right@head")).isEqualTo("+d2 {c1 d2}");
    assertThat(graph.stamp("d1", "c2")).isEqualTo("+c2 {d1 c2}");
    assertThat(graph.stamp("", "heads")).isEqualTo("+a +b +c1 +d1 +c2 +d2 {d1 d2}");
    assertThat(graph.stamp("a", "d1,c2")).isEqualTo("+b +c1 +d1 +c2 {d1 c2}");
  }

  @Test
  @DisplayName("crosses a merge in both directions")
  void merges() {
    Sketch graph = Graphs.merged();
    assertThat(graph.stamp("e", "c2")).isEqualTo("-e -d2 -d1 -c1 {c2}");
    assertThat(graph.stamp("e", "a")).isEqualTo("-e -d2 -c2 -d1 -c1 -b {a}");
    assertThat(graph.stamp("c2", "e")).isEqualTo("+c1 +d1 +d2 +e {e}");
    assertThat(graph.stamp("d1 c2", "e")).isEqualTo("+d2 +e {e}");
    assertThat(graph.stamp("b", "e")).isEqualTo("+c1 +d1 +c2 +d2 +e {e}");
    assertThat(graph.stamp("d1 c2", "right@head")).isEqualTo("+d2 +e +f {f}");
  }

  @Test
  @DisplayName("takes back what depends on what it takes back")
  void dependencies() {
    Sketch graph =
        Sketch.of("a1 <- b1 <- c1 <- d1 <- e1 <- f1", "a2 <- b2 <- c2").depends("c2", "c1");
    assertThat(graph.stamp("e1 c2", "b1")).endsWith("{b1}").doesNotContain("+");
  }

  @Test
  @DisplayName("needs one head for head, and targets that do not overlap")
  void refusals() {
    Sketch graph = Graphs.branched();
    assertThat(graph.failure(() -> graph.stamp("a", "head"))).startsWith("SEVERAL_HEADS");
    assertThat(graph.failure(() -> graph.stamp("a", "d1,c1"))).contains("overlap");
  }
}
