package dev.migrate.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An expression for a revision")
class ExpressionTest {
  private static final RevisionGraph PLAIN =
      RevisionGraph.of(
          Stream.of("1", "1.2", "20260101080000", "20260101090000", "20260214120000")
              .map(id -> revision(id, List.of()))
              .toList());

  private static Revision revision(String id, List<String> labels) {
    return new Revision(
        RevisionId.of(id), "m" + id, List.of(), List.of(), labels, null, "V" + id + ".sql");
  }

  private static String one(String expression) {
    return PLAIN.resolveOne(expression, Set.of()).id().toString();
  }

  private static MigrateException failure(String expression) {
    try {
      PLAIN.resolveOne(expression, Set.of());
    } catch (MigrateException e) {
      return e;
    }
    throw new AssertionError(expression + " was understood");
  }

  @Test
  @DisplayName("may be the beginning of an id, and an exact id wins over a beginning")
  void beginnings() {
    assertThat(one("20260101080000")).isEqualTo("20260101080000");
    assertThat(one("202602")).isEqualTo("20260214120000");
    assertThat(one("1")).isEqualTo("1");
    assertThat(one("1.0")).isEqualTo("1");
    assertThat(one("1_2")).isEqualTo("1.2");
    assertThat(one(" 202602 ")).isEqualTo("20260214120000");
  }

  @Test
  @DisplayName("may be the end of an id, if only one ends or begins so")
  void ends() {
    assertThat(one("120000")).isEqualTo("20260214120000");
    assertThat(one("0214120000")).isEqualTo("20260214120000");
    assertThat(one("1080000")).isEqualTo("20260101080000");
    assertThat(failure("0000").problem())
        .startsWith("'0000' is the beginning or the end of 3 ids: 20260101080000");
  }

  @Test
  @DisplayName("fails in three ways: unknown, ambiguous, too short")
  void threeFailures() {
    assertThat(failure("20260101"))
        .extracting(MigrateException::code, MigrateException::problem)
        .containsExactly(
            FailureCode.AMBIGUOUS_REVISION,
            "'20260101' is the beginning or the end of 2 ids: 20260101080000 (m20260101080000),"
                + " 20260101090000 (m20260101090000).");
    assertThat(failure("20270101"))
        .extracting(MigrateException::code, MigrateException::problem)
        .containsExactly(
            FailureCode.UNKNOWN_REVISION,
            "There is no revision 20270101; the nearest are 20260101080000 (m20260101080000),"
                + " 20260101090000 (m20260101090000), 20260214120000 (m20260214120000).");
    assertThat(failure("202"))
        .extracting(MigrateException::code, MigrateException::problem)
        .containsExactly(
            FailureCode.INVALID_PARAMETER,
            "'202' is too short for a part of an id: it needs at least four characters (it"
                + " would fit 20260101080000 (m20260101080000), 20260101090000 (m20260101090000),"
                + " 20260214120000 (m20260214120000)).");
    assertThat(failure("9").problem()).contains("too short", "the nearest are");
  }

  @Test
  @DisplayName("may not contain anything else")
  void syntax() {
    assertThat(
            Stream.of("", "a@b@c", "@head", "1+2+3", "head-", "a b", "head,,base", "1--2", "+")
                .map(ExpressionTest::failure)
                .map(MigrateException::code))
        .containsOnly(FailureCode.INVALID_PARAMETER);
    assertThat(failure("head@").code()).isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(failure("nonsense").problem())
        .isEqualTo("There is no revision 'nonsense'; no revision has a label.");
    assertThat(failure("base").problem()).isEqualTo("'base' names no revision.");
    assertThat(failure("1,1.2").problem())
        .isEqualTo("'1,1.2' names several revisions: 1 (m1), 1.2 (m1.2).");
  }

  @Test
  @DisplayName("understands its words in any case")
  void words() {
    Sketch graph = Graphs.linear();
    assertThat(graph.resolve("HEAD", "")).isEqualTo("e");
    assertThat(graph.resolve("Heads", "")).isEqualTo("e");
    assertThat(graph.resolve("current", "c")).isEqualTo("c");
    assertThat(graph.resolve("current", "")).isEmpty();
    assertThat(graph.resolve("-1", "c")).isEqualTo("b");
    assertThat(graph.resolve("+1", "c")).isEqualTo("d");
    assertThat(graph.resolve("base+2", "")).isEqualTo("b");
    assertThat(graph.resolve("base", "c")).isEmpty();
    assertThat(Graphs.merged().resolve("-1", "e")).isEqualTo("d1 d2");
    assertThat(graph.failure(() -> graph.resolve("base-1", ""))).contains("there is none below");
  }

  @Test
  @DisplayName("looks for the beginning of an id within the branch that is named")
  void beginningsInBranch() {
    RevisionGraph graph =
        RevisionGraph.of(
            List.of(
                revision("20260101000001", List.of("east")),
                revision("20260101000002", List.of("west"))));
    assertThat(graph.resolve("east@2026", Set.of())).hasSize(1);
    assertThat(graph.resolveOne("west@2026", Set.of()).id()).hasToString("20260101000002");
    assertThat(graph.resolveOne("20260101000002@2026", Set.of()).id())
        .hasToString("20260101000002");
    assertThatThrownBy(() -> graph.resolve("2026", Set.of()))
        .hasMessageContaining("the beginning or the end of 2 ids");
    assertThatThrownBy(() -> graph.resolve("east@20260101000002", Set.of()))
        .hasMessageContaining("is not a member of branch 'east'");
    assertThatThrownBy(() -> graph.resolve("2026@head", Set.of()))
        .hasMessageContaining("the beginning or the end of 2 ids");
  }

  @Test
  @DisplayName("takes a label for the revision that carries it, and for its branch")
  void labels() {
    Sketch graph = Graphs.branched();
    assertThat(graph.resolve("right", "")).isEqualTo("c2");
    assertThat(graph.resolve("RIGHT@right", "")).isEqualTo("c2");
    assertThat(graph.resolve("right@heads", "")).isEqualTo("d2");
    assertThat(graph.resolve("right@base", "")).isEmpty();
    assertThat(graph.resolve("right@current", "d1")).isEqualTo("b");
    assertThat(graph.resolve("right@-2", "d2")).isEqualTo("b");
    assertThat(graph.resolve("right@+2", "b")).isEqualTo("d2");
    assertThat(graph.resolve("right@d2-1", "")).isEqualTo("c2");
    assertThat(graph.resolve("right@b+1", "")).isEqualTo("c2");
    assertThat(graph.failure(() -> graph.resolve("left@d2", "")))
        .isEqualTo(
            "UNKNOWN_REVISION: d2 is not a member of branch 'left'. | Leave out 'left@', or name a"
                + " revision of that branch. Run 'mvn migrate:history' to see every revision.");
    assertThat(graph.failure(() -> graph.resolve("rigth@head", "")))
        .startsWith(
            "UNKNOWN_REVISION: There is no branch 'rigth'; the nearest labels are right, left.");
    assertThat(graph.failure(() -> graph.resolve("a@head", "")))
        .startsWith("SEVERAL_HEADS: Branch 'a' has 2 heads where one is needed: d1, d2.");
  }

  @Test
  @DisplayName("keeps labels apart of which one is the beginning of the other")
  void labelsWithCommonBeginning() {
    Sketch graph =
        Sketch.of("a <- b", "c <- d")
            .label("a", "user")
            .label("c", "user_foo")
            .depends("d", "user");
    assertThat(graph.resolve("user@head", "")).isEqualTo("b");
    assertThat(graph.resolve("user_foo@head", "")).isEqualTo("d");
    assertThat(graph.show(graph.graph().dependencies(graph.id("d")))).isEqualTo("a");
  }

  @Test
  @DisplayName("in an empty project finds nothing, and says what to do first")
  void empty() {
    RevisionGraph none = RevisionGraph.of(List.of());
    assertThat(none.resolve("head", Set.of())).isEmpty();
    assertThat(none.resolve("heads", Set.of())).isEmpty();
    assertThatThrownBy(() -> none.resolve("head-1", Set.of()))
        .hasMessageContaining("there are no revisions yet")
        .hasMessageContaining("mvn migrate:revision");
    assertThatThrownBy(() -> none.resolve("2026", Set.of()))
        .hasMessageContaining("there are no revisions yet");
  }
}
