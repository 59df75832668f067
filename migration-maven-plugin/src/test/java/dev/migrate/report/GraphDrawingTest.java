package dev.migrate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.report.GraphDrawing.Node;
import dev.migrate.revision.RevisionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The drawing of a graph")
class GraphDrawingTest {

  /** Each revision as {@code "name/more text: parent parent"}, newest first. */
  private static String draw(String... revisions) {
    Map<String, RevisionId> ids = new TreeMap<>();
    for (int i = 0; i < revisions.length; i++) {
      ids.put(name(revisions[i]), RevisionId.of(String.valueOf(revisions.length - i)));
    }
    List<Node> nodes = new ArrayList<>();
    for (String revision : revisions) {
      List<RevisionId> parents =
          Arrays.stream(revision.substring(revision.indexOf(':') + 1).split(" "))
              .filter(parent -> !parent.isEmpty())
              .map(parent -> ids.getOrDefault(parent, RevisionId.of("1000")))
              .toList();
      List<String> text = List.of(revision.substring(0, revision.indexOf(':')).split("/"));
      nodes.add(new Node(ids.get(name(revision)), parents, text));
    }
    return String.join("\n", GraphDrawing.draw(nodes)) + "\n";
  }

  private static String name(String revision) {
    return revision.substring(0, revision.indexOf(':')).split("/")[0];
  }

  @Test
  @DisplayName("of nothing is nothing, of a line is a line")
  void linear() {
    assertThat(GraphDrawing.draw(List.of())).isEmpty();
    assertThat(draw("c: b", "b: a", "a:"))
        .isEqualTo(
            """
            * c
            * b
            * a
            """);
  }

  @Test
  @DisplayName("shows two heads in two columns, joined where they branch")
  void branch() {
    assertThat(draw("d2: c2", "d1: c1", "c2: b", "c1: b", "b: a", "a:"))
        .isEqualTo(
            """
            * d2
            | * d1
            * | c2
            | * c1
            |/
            * b
            * a
            """);
  }

  @Test
  @DisplayName("opens a merge and closes it again")
  void merge() {
    assertThat(draw("f: e", "e: d1 d2", "d2: c2", "d1: b", "c2: b", "b:"))
        .isEqualTo(
            """
            * f
            * e
            |\\
            | * d2
            * | d1
            | * c2
            |/
            * b
            """);
  }

  @Test
  @DisplayName("puts longer texts beside the lines below")
  void longTexts() {
    assertThat(
            draw(
                "e/merged/by hand/today: d1 d2",
                "d2/right: a",
                "d1/left/side: a",
                "a/first/of all:"))
        .isEqualTo(
            """
            *   e
            |\\  merged
            | | by hand
            | | today
            | * d2
            | | right
            * | d1
            |/  left
            |   side
            * a
              first
              of all
            """);
  }

  @Test
  @DisplayName("crosses lines where two merges join the same branches")
  void crissCross() {
    assertThat(draw("m2: a b", "m1: a b", "b: r", "a: r", "r:"))
        .isEqualTo(
            """
            * m2
            |\\
            | | * m1
            | | |\\
            | |/ /
            |/| |
            | |/
            | * b
            * | a
            |/
            * r
            """);
  }

  @Test
  @DisplayName("leads a branch back under several others")
  void longWay() {
    assertThat(draw("e: a", "d: x", "c: y", "b: a", "y: a", "x: a", "a:"))
        .isEqualTo(
            """
            * e
            | * d
            | | * c
            | | | * b
            | |_|/
            |/| |
            | | * y
            | |/
            |/|
            | * x
            |/
            * a
            """);
  }

  @Test
  @DisplayName("keeps two trees apart")
  void twoBases() {
    assertThat(draw("b2: b1", "b1:", "a2: a1", "a1:"))
        .isEqualTo(
            """
            * b2
            * b1

            * a2
            * a1
            """);
    assertThat(draw("b2: b1", "a2: a1", "b1:", "a1:"))
        .isEqualTo(
            """
            * b2
            | * a2
            * | b1
             /
            * a1
            """);
    assertThat(draw("c: a", "b:", "d:", "a:"))
        .isEqualTo(
            """
            * c
            | * b
            |
            | * d
            * a
            """);
  }

  @Test
  @DisplayName("spreads a merge of three and of four, also beside other lines")
  void octopus() {
    assertThat(draw("m: a b c", "c: r", "b: r", "a: r", "r:"))
        .isEqualTo(
            """
            *-. m
            |\\ \\
            | | * c
            | * | b
            | |/
            * | a
            |/
            * r
            """);
    assertThat(draw("z: r", "y: m", "x: r", "m: a b c d", "r:", "d:", "c:", "b:", "a:"))
        .isEqualTo(
            """
            * z
            | * y
            | | * x
            | |/
            |/|
            | *---. m
            | |\\ \\ \\
            * | | | | r
             / / / /
            | | | * d
            | | * c
            | * b
            * a
            """);
    assertThat(draw("z: x", "y: m", "x: m", "w: v", "v: m", "m: a b c", "c:", "b:", "a:"))
        .startsWith("* z\n| * y\n* | x\n");
    assertThat(draw("z: m", "y: r", "m: a b c", "r:", "c:", "b:", "a:"))
        .isEqualTo(
            """
            * z
            | * y
            |  \\
            *-. | m
            |\\ \\ \\
            | | | * r
            | | * c
            | * b
            * a
            """);
  }

  @Test
  @DisplayName("leaves out parents that are not drawn, and shows other marks")
  void partOfAGraph() {
    assertThat(draw("c: b", "b: elsewhere"))
        .isEqualTo(
            """
            * c
            * b
            """);
    RevisionId id = RevisionId.of("1");
    assertThat(GraphDrawing.draw(List.of(new Node(id, List.of(), 'o', List.of("pending")))))
        .containsExactly("o pending");
    assertThat(GraphDrawing.draw(List.of(new Node(id, List.of(), 'o', List.of()))))
        .containsExactly("o");
  }

  @Test
  @DisplayName("wants children first")
  void wrongOrder() {
    assertThatThrownBy(() -> draw("a:", "b: a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("comes after one of its parents");
  }

  @Test
  @DisplayName("has one line for each revision of a long chain, however long")
  void longChain() {
    List<Node> nodes = new ArrayList<>();
    for (int i = 20_000; i > 0; i--) {
      List<RevisionId> parents = i == 1 ? List.of() : List.of(id(i - 1));
      nodes.add(new Node(id(i), parents, List.of("revision " + i)));
    }
    assertThat(GraphDrawing.draw(nodes)).hasSize(20_000).allMatch(line -> line.startsWith("* r"));
  }

  private static RevisionId id(int number) {
    return RevisionId.of(String.valueOf(number));
  }
}
