package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A downgrade")
class DowngradePlanTest {

  @Test
  @DisplayName("undoes what is above its target, newest first")
  void linear() {
    Sketch graph = Graphs.linear();
    assertThat(graph.down("e", "c")).isEqualTo("e d {c}");
    assertThat(graph.down("c", "base")).isEqualTo("c b a {}");
  }

  @Test
  @DisplayName("goes steps from where the database is, or from a revision")
  void relative() {
    Sketch graph = Graphs.linear();
    assertThat(graph.down("c", "-1")).isEqualTo("c {b}");
    assertThat(graph.down("e", "-3")).isEqualTo("e d c {b}");
    assertThat(graph.down("b", "-2")).isEqualTo("b a {}");
    assertThat(graph.down("d", "a+2")).isEqualTo("d {c}");
    assertThat(graph.down("d", "c-2")).isEqualTo("d c b {a}");
    assertThat(graph.down("d", "c-3")).isEqualTo("d c b a {}");
    assertThat(graph.down("d", "current-2")).isEqualTo("d c {b}");
    assertThat(graph.down("e", "head-1")).isEqualTo("e {d}");
  }

  @Test
  @DisplayName("refuses what is not below where the database is")
  void impossible() {
    Sketch graph = Graphs.linear();
    assertThat(graph.failure(() -> graph.down("b", "-5")))
        .startsWith("INVALID_PARAMETER: '-5' takes back 5 revisions, and only 2 are applied.");
    assertThat(graph.failure(() -> graph.down("", "-1")))
        .startsWith("INVALID_PARAMETER: '-1' takes back 1 revision, and none is applied.");
    assertThat(graph.failure(() -> graph.down("b", "+2")))
        .startsWith("INVALID_PARAMETER: d is not a valid target of a downgrade");
    assertThat(graph.failure(() -> graph.down("", "b")))
        .startsWith(
            "INVALID_PARAMETER: b is not a valid target of a downgrade, because it is not applied;"
                + " the database is at base.")
        .contains("mvn migrate:upgrade -Dmigrate.to=b");
    assertThat(graph.failure(() -> graph.down("b", "c")))
        .contains("not a valid target", "the database is at b.");
  }

  @Test
  @DisplayName("to where the database is already has nothing to do")
  void nothingToDo() {
    Sketch graph = Graphs.linear();
    assertThat(graph.down("", "base")).isEqualTo("NOTHING_APPLIED {}");
    assertThat(graph.down("c", "c")).isEqualTo("ALREADY_THERE {c}");
    assertThat(graph.down("e", "head")).isEqualTo("ALREADY_THERE {e}");
    assertThat(graph.down("c", "current")).isEqualTo("ALREADY_THERE {c}");
    Sketch branched = Graphs.branched();
    assertThat(branched.down("d1 c2", "c2")).isEqualTo("ALREADY_THERE {d1 c2}");
    assertThat(branched.down("d1 c2", "d1")).isEqualTo("ALREADY_THERE {d1 c2}");
  }

  @Test
  @DisplayName("to below a branch point undoes both branches, with a branch only that one")
  void branches() {
    Sketch graph = Graphs.branched();
    assertThat(graph.down("d1 d2", "a")).isEqualTo("d2 c2 d1 c1 b {a}");
    assertThat(graph.down("d1 d2", "base+2")).isEqualTo("d2 c2 d1 c1 {b}");
    assertThat(graph.down("d1 d2", "right@base+2")).isEqualTo("d2 c2 {d1}");
    assertThat(graph.down("d1 d2", "right@base+3")).isEqualTo("d2 {d1 c2}");
    assertThat(graph.down("d1 d2", "left@-1")).isEqualTo("d1 {c1 d2}");
    assertThat(graph.down("c1 d2", "d2-1")).isEqualTo("d2 {c1 c2}");
    assertThat(graph.down("c1 d2", "left@b")).isEqualTo("c1 {d2}");
    assertThat(graph.down("c1 d2", "right@b")).isEqualTo("d2 c2 {c1}");
    assertThat(graph.down("c1 d2", "c2@b")).isEqualTo("d2 c2 {c1}");
    assertThat(graph.down("c1 d2", "d1@b")).isEqualTo("c1 {d2}");
    assertThat(graph.down("d1 d2", "left@head-1")).isEqualTo("d1 {c1 d2}");
    assertThat(graph.down("c1 d2", "left@head-1")).isEqualTo("ALREADY_THERE {c1 d2}");
    assertThat(graph.down("d1 d2", "c1,c2")).isEqualTo("d2 d1 {c1 c2}");
  }

  @Test
  @DisplayName("asks which revision when a step back could take several")
  void ambiguousStep() {
    Sketch branched = Graphs.branched();
    assertThat(branched.failure(() -> branched.down("d1 d2", "-1")))
        .isEqualTo(
            "AMBIGUOUS_REVISION: '-1' is ambiguous: any of d1, d2 could be taken back next."
                + " | Say which, with an id or a branch, for example -Dmigrate.to=d1@-1.");
    assertThat(branched.down("d1 d2", "d1@-1")).isEqualTo("d1 {c1 d2}");
    Sketch merged = Graphs.merged();
    assertThat(merged.down("f", "-2")).isEqualTo("f e {d1 d2}");
    assertThat(merged.failure(() -> merged.down("f", "-3")))
        .contains("after e, f, any of d1, d2 could be taken back next");
    assertThat(merged.failure(() -> merged.down("f", "f-2"))).contains("below e come d1, d2");
  }

  @Test
  @DisplayName("opens a merge again")
  void merges() {
    Sketch graph = Graphs.merged();
    assertThat(graph.down("f", "b")).isEqualTo("f e d2 c2 d1 c1 {b}");
    assertThat(graph.down("e", "-1")).isEqualTo("e {d1 d2}");
    assertThat(graph.down("f", "right@b")).isEqualTo("f e d2 c2 {d1}");
    assertThat(Graphs.mergedAndContinued().down("d2 d1", "b1")).isEqualTo("d1 c1 {b1 d2}");
  }

  @Test
  @DisplayName("keeps what others depend on, and shows it as a head when nothing else does")
  void impliedHeads() {
    Sketch graph =
        Sketch.of("a1 <- b1 <- c1 <- d1 <- e1 <- f1", "a2 <- b2 <- c2").depends("c2", "c1");
    assertThat(graph.down("d1 c2", "c1")).isEqualTo("d1 {c2}");
    assertThat(graph.down("d1 c2", "d1-1")).isEqualTo("d1 {c2}");

    Sketch ownParent = Sketch.of("a1 <- a2").depends("a2", "a1");
    assertThat(ownParent.down("a2", "a1")).isEqualTo("a2 {a1}");

    Sketch redundant =
        Sketch.of("a1 <- a2 <- a3", "b1 <- b2 <- b3 <- b4").depends("b2", "a3").depends("b4", "a3");
    assertThat(redundant.down("b4", "b3")).isEqualTo("b4 {b3}");

    Sketch diamond = Sketch.of("a1", "b1", "a1, b1 <- bmerge").depends("b1", "a1");
    assertThat(diamond.down("bmerge", "a1")).isEqualTo("bmerge {b1}");
    assertThat(diamond.down("bmerge", "b1")).isEqualTo("bmerge {b1}");

    Sketch crisscross =
        Sketch.of("a1 <- a2 <- a3", "b1 <- b2 <- b3").depends("a3", "b1").depends("b2", "a2");
    assertThat(crisscross.down("a3 b2", "b1")).isEqualTo("b2 {a3}");
  }

  @Test
  @DisplayName("takes everything that depends on what it undoes")
  void dependants() {
    Sketch graph = Graphs.branched().depends("d2", "c1");
    assertThat(graph.down("d1 d2", "right@b")).isEqualTo("d2 c2 {d1}");
    assertThat(graph.down("d1 d2", "left@b")).isEqualTo("d2 d1 c1 {c2}");
  }

  @Test
  @DisplayName("finds its way through merges that depend on each other's parts")
  void tangle() {
    Sketch tangle =
        Sketch.of("a1, a2, a3 <- amerge", "b1, b2 <- bmerge", "c1, c2, c3 <- cmerge", "d1")
            .depends("d1", "a3", "b2", "c1");
    assertThat(tangle.down("amerge bmerge cmerge d1", "b2"))
        .isEqualTo("bmerge {amerge b1 cmerge d1}");
    assertThat(tangle.down("amerge b1 cmerge d1", "d1@base")).isEqualTo("d1 {amerge b1 b2 cmerge}");
    assertThat(tangle.down("amerge b1 b2 cmerge", "base"))
        .isEqualTo("cmerge c3 c2 c1 b2 b1 amerge a3 a2 a1 {}");
  }

  @Test
  @DisplayName("to the base of one of several trees leaves the others")
  void severalBases() {
    Sketch graph = Graphs.threeBases();
    assertThat(graph.show(graph.graph().heads())).isEqualTo("b1a b1b d2 b3");
    assertThat(graph.down("d2", "b_2@base")).isEqualTo("d2 c2 b2 a2 base2 {a3}");
    assertThat(graph.down("b1a b1b d2 b3", "b_3@base").split(" \\{")[1]).isEqualTo("b1a a1b b2}");
    assertThat(graph.down("b1a b1b d2 b3", "b_3@base").split(" \\{")[0].split(" "))
        .containsExactlyInAnyOrder("b1b", "d2", "c2", "b3", "a3", "base3");
  }

  @Test
  @DisplayName("undoes a base that depends on something before what it depends on")
  void baseWithDependency() {
    Sketch graph = Sketch.of("base1 <- a1 <- b1", "c2 <- c3").depends("c2", "a1");
    assertThat(graph.down("b1 c3", "base")).isEqualTo("c3 c2 b1 a1 base1 {}");
  }

  @Test
  @DisplayName("steps back in a branch take what depends on it")
  void stepsInBranch() {
    Sketch graph = Sketch.of("x1 <- x2", "y1 <- y2").label("x1", "x").depends("y2", "x1");
    assertThat(graph.down("x2 y2", "x@-1")).isEqualTo("x2 {y2}");
    assertThat(graph.down("y2", "x@-1")).isEqualTo("y2 x1 {y1}");
    assertThat(graph.down("x1 y2", "x@-1")).isEqualTo("y2 x1 {y1}");
    assertThat(graph.down("y2", "-1")).isEqualTo("y2 {x1 y1}");
  }

  @Test
  @DisplayName("says why the database ends elsewhere than where it was asked to, and only then")
  void remarks() {
    Sketch merged = Graphs.merged();
    assertThat(merged.remark("f", "c1"))
        .isEqualTo("A merge had joined d2 with the line of c1; the other line stays applied.");
    assertThat(merged.remark("f", "-2"))
        .isEqualTo("A merge had joined the lines of d1, d2; they stay applied.");
    assertThat(merged.remark("f", "e")).isEmpty();
    assertThat(merged.remark("f", "b")).isEmpty();
    assertThat(merged.remark("f", "base")).isEmpty();
    assertThat(merged.remark("d1 d2", "c1")).as("two heads before, too").isEmpty();
    Sketch dependent = Sketch.of("a1 <- a2", "b1", "a2, b1 <- m").depends("b1", "a1");
    assertThat(dependent.remark("m", "a1"))
        .isEqualTo("a1 is applied, below b1, which builds on it and stays applied.");
    assertThat(Graphs.linear().remark("e", "c")).isEmpty();
  }
}
