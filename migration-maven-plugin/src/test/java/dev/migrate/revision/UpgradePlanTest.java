package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An upgrade")
class UpgradePlanTest {

  @Test
  @DisplayName("runs what is missing below its target, oldest first")
  void linear() {
    Sketch graph = Graphs.linear();
    assertThat(graph.up("c", "e")).isEqualTo("d e {e}");
    assertThat(graph.up("", "c")).isEqualTo("a b c {c}");
    assertThat(graph.up("", "head")).isEqualTo("a b c d e {e}");
    assertThat(graph.up("b", "heads")).isEqualTo("c d e {e}");
  }

  @Test
  @DisplayName("goes steps from where the database is, or from a revision")
  void relative() {
    Sketch graph = Graphs.linear();
    assertThat(graph.up("a", "+2")).isEqualTo("b c {c}");
    assertThat(graph.up("b", "+3")).isEqualTo("c d e {e}");
    assertThat(graph.up("a", "current+2")).isEqualTo("b c {c}");
    assertThat(graph.up("a", "b+2")).isEqualTo("b c d {d}");
    assertThat(graph.up("a", "d-2")).isEqualTo("b {b}");
    assertThat(graph.up("a", "head-1")).isEqualTo("b c d {d}");
    assertThat(graph.up("", "+1")).isEqualTo("a {a}");
    assertThat(graph.up("", "base+1")).isEqualTo("a {a}");
  }

  @Test
  @DisplayName("refuses steps that lead down or beyond the end")
  void tooFar() {
    Sketch graph = Graphs.linear();
    assertThat(graph.failure(() -> graph.up("c", "-2")))
        .startsWith("INVALID_PARAMETER: '-2' goes down, and an upgrade goes up.")
        .contains("mvn migrate:downgrade -Dmigrate.to=-2");
    assertThat(graph.failure(() -> graph.up("b", "+5")))
        .startsWith("INVALID_PARAMETER: '+5' goes up 5 revisions, and there are only 3 above.");
    assertThat(graph.failure(() -> graph.up("e", "+1"))).contains("there is none above");
    assertThat(graph.failure(() -> graph.up("b", "b-7"))).contains("there are only 2 below");
    assertThat(graph.failure(() -> graph.up("b", "+0"))).contains("a step of nothing");
  }

  @Test
  @DisplayName("to where the database is or was already has nothing to do and says why")
  void nothingToDo() {
    Sketch graph = Graphs.linear();
    assertThat(graph.up("e", "head")).isEqualTo("ALREADY_THERE {e}");
    assertThat(graph.up("c", "current")).isEqualTo("ALREADY_THERE {c}");
    assertThat(graph.up("d", "b")).isEqualTo("ALREADY_ABOVE {d}");
    assertThat(graph.up("d", "base")).isEqualTo("ALREADY_ABOVE {d}");
    assertThat(graph.up("", "base")).isEqualTo("ALREADY_THERE {}");
    RevisionPlan.Nothing nothing =
        (RevisionPlan.Nothing) graph.graph().upgrade(graph.applied("d"), graph.text("b"));
    assertThat(nothing.explanation())
        .isEqualTo(
            graph.get("b").title()
                + " is applied already; the database is at "
                + graph.get("d").title()
                + ". To go back, use 'mvn migrate:downgrade'.");
    RevisionPlan none = RevisionGraph.of(List.of()).upgrade(Set.of(), "head");
    assertThat(none)
        .isEqualTo(
            new RevisionPlan.Nothing(
                RevisionPlan.Reason.NO_REVISIONS, "There are no revisions yet.", List.of()));
  }

  @Test
  @DisplayName("runs both branches, or the one that is asked for")
  void branches() {
    Sketch graph = Graphs.branched();
    assertThat(graph.up("a", "d1,d2")).isEqualTo("b c1 d1 c2 d2 {d1 d2}");
    assertThat(graph.up("a", "heads")).isEqualTo("b c1 d1 c2 d2 {d1 d2}");
    assertThat(graph.up("b", "d1")).isEqualTo("c1 d1 {d1}");
    assertThat(graph.up("b", "right@head-1")).isEqualTo("c2 {c2}");
    assertThat(graph.up("b", "right@head")).isEqualTo("c2 d2 {d2}");
    assertThat(graph.up("c1", "right@+1")).isEqualTo("c2 {c1 c2}");
    assertThat(graph.up("c1 c2", "right@+1")).isEqualTo("d2 {c1 d2}");
    assertThat(graph.up("c1", "+1")).isEqualTo("d1 {d1}");
    assertThat(graph.up("d1 c2", "+1")).isEqualTo("d2 {d1 d2}");
  }

  @Test
  @DisplayName("asks which branch when a step could go several ways")
  void ambiguousStep() {
    Sketch graph = Graphs.branched();
    assertThat(graph.failure(() -> graph.up("c1 c2", "+1")))
        .startsWith(
            "AMBIGUOUS_REVISION: '+1' is ambiguous: the database is at several revisions (c1, c2),"
                + " and any of d1, d2 could be next.")
        .contains("-Dmigrate.to=d1");
    assertThat(graph.failure(() -> graph.up("b", "+1")))
        .startsWith("AMBIGUOUS_REVISION: '+1' is ambiguous: above b come c1, c2.");
    assertThat(graph.failure(() -> graph.up("", "+3"))).contains("above b come c1, c2");
  }

  @Test
  @DisplayName("to head needs one head")
  void severalHeads() {
    Sketch graph = Graphs.branched();
    assertThat(graph.failure(() -> graph.up("a", "head")))
        .isEqualTo(
            "SEVERAL_HEADS: There are 2 heads where one is needed: d1, d2."
                + " | Join them with 'mvn migrate:merge', or put one behind the other with 'mvn"
                + " migrate:rebase -Dmigrate.revision=c2 -Dmigrate.onto=d1'; 'mvn migrate:upgrade"
                + " -Dmigrate.to=heads' applies them side by side.");
  }

  @Test
  @DisplayName("brings both sides of a merge")
  void merges() {
    Sketch graph = Graphs.merged();
    assertThat(graph.up("b", "f")).isEqualTo("c1 d1 c2 d2 e f {f}");
    assertThat(graph.up("d1 d2", "+1")).isEqualTo("e {e}");
    assertThat(graph.up("d1", "e")).isEqualTo("c2 d2 e {e}");
    assertThat(graph.up("d1 c2", "right@head")).isEqualTo("d2 e f {f}");
  }

  @Test
  @DisplayName("to a merge leaves a branch that went on beside it alone")
  void mergeBesideBranch() {
    Sketch two = Graphs.mergedAndContinued();
    assertThat(two.up("d2 b1", "d1")).isEqualTo("c1 d1 {d1 d2}");
    Sketch three = Graphs.threeWay();
    assertThat(three.up("d3 d2 b1", "d1")).isEqualTo("c1 d1 {d1 d2 d3}");
    assertThat(three.up("d3 b2 b1", "d1")).isEqualTo("c1 c2 d1 {d1 d3}");
    assertThat(three.up("d3 d1", "d2")).isEqualTo("d2 {d1 d2 d3}");
  }

  @Test
  @DisplayName("brings dependencies, by id or label, also of bases and of the own parent")
  void dependencies() {
    Sketch byLabel =
        Sketch.of("a1 <- b1 <- c1 <- d1", "a2 <- b2 <- c2").label("c1", "lib").depends("c2", "lib");
    assertThat(byLabel.up("a2", "c2")).isEqualTo("a1 b1 c1 b2 c2 {c2}");

    Sketch ownParent = Sketch.of("a1 <- a2").depends("a2", "a1");
    assertThat(ownParent.up("", "a2")).isEqualTo("a1 a2 {a2}");

    Sketch diamond = Sketch.of("a1", "b1", "a1, b1 <- bmerge").depends("b1", "a1");
    assertThat(diamond.up("a1", "b1")).isEqualTo("b1 {b1}");
    assertThat(diamond.up("a1", "bmerge")).isEqualTo("b1 bmerge {bmerge}");

    Sketch bases = Graphs.threeBases();
    assertThat(bases.up("", "b_2@head")).isEqualTo("base2 a2 b2 base3 a3 c2 d2 {d2}");
    Sketch baseNeeds =
        Sketch.of("base1 <- a1", "base2 <- a2 <- b2", "base3 <- c3")
            .label("base1", "b_1")
            .label("base3", "b_3")
            .depends("base2", "b_1")
            .depends("c3", "b2");
    assertThat(baseNeeds.up("", "b_3@head")).isEqualTo("base1 base2 a2 b2 base3 c3 {c3}");
  }

  @Test
  @DisplayName("fills holes that an applied set has")
  void holes() {
    Sketch graph = Graphs.linear();
    Set<RevisionId> applied = Set.of(graph.id("a"), graph.id("d"));
    RevisionPlan plan = graph.graph().upgrade(applied, "head");
    assertThat(graph.show(plan.revisions())).isEqualTo("b c e");
  }

  @Test
  @DisplayName("takes a target twice for once, and refuses one above another")
  void overlap() {
    Sketch graph = Graphs.branched();
    assertThat(graph.up("b", "c1, c1,d2")).isEqualTo("c1 c2 d2 {c1 d2}");
    assertThat(graph.failure(() -> graph.up("", "d1,c1")))
        .startsWith("INVALID_PARAMETER: The targets in 'd1,c1' overlap: c1 is below another");
    assertThat(graph.failure(() -> graph.up("", "d1,base"))).contains("mixes revisions with base");
  }

  @Test
  @DisplayName("refuses a database that knows more than the files, and names what")
  void databaseAhead() {
    Sketch graph = Graphs.linear();
    Set<RevisionId> applied = Set.of(graph.id("a"), RevisionId.of("20990101000000"));
    assertThat(graph.failure(() -> graph.upFrom(applied, "head")))
        .startsWith(
            "DATABASE_AHEAD: The database has applied revisions that are not in the files:"
                + " 20990101000000.");
    assertThat(graph.graph().unknown(applied)).containsExactly(RevisionId.of("20990101000000"));
    assertThat(graph.show(graph.graph().pending(applied))).isEqualTo("b c d e");
    assertThat(graph.show(graph.graph().headsOf(applied))).isEqualTo("a");
  }
}
