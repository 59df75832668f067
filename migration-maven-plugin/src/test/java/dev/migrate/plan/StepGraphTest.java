package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The graph of steps")
class StepGraphTest {
  private static final PlanStep A = step("a");
  private static final PlanStep B = step("b");
  private static final PlanStep C = step("c");

  private final StepGraph graph = new StepGraph();

  private static PlanStep step(String name) {
    FactId id = FactId.of(Kind.TABLE, "app", name);
    return new PlanStep(PlanStep.Verb.CREATE, id, List.of(id));
  }

  @Test
  @DisplayName("takes the smallest of the steps that are free")
  void stable() {
    graph.add(C);
    graph.add(A);
    graph.add(B);
    graph.mustRunAfter(A, C, A.id());

    assertThat(graph.order()).isEqualTo(new StepGraph.Order.Sorted(List.of(B, C, A), Set.of()));
  }

  @Test
  @DisplayName("gives up a wish to break a circle, never a must")
  void wishes() {
    graph.add(A);
    graph.add(B);
    graph.mustRunAfter(A, B, A.id());
    graph.betterRunsAfter(B, A, B.id());

    assertThat(graph.order()).isEqualTo(new StepGraph.Order.Sorted(List.of(B, A), Set.of(B)));
  }

  @Test
  @DisplayName("reports a circle of musts with its edges")
  void circle() {
    graph.add(C);
    graph.mustRunAfter(A, B, A.id());
    graph.mustRunAfter(B, A, B.id());

    assertThat(members(graph.order())).containsExactly(Set.of(A, B));
  }

  @Test
  @DisplayName("reports one circle of each group of steps that wait for each other, in order")
  void circles() {
    PlanStep d = step("d");
    PlanStep e = step("e");
    graph.mustRunAfter(e, d, e.id());
    graph.mustRunAfter(d, e, d.id());
    graph.mustRunAfter(C, d, C.id());
    graph.mustRunAfter(A, B, A.id());
    graph.mustRunAfter(B, A, B.id());
    graph.mustRunAfter(B, C, B.id());
    graph.add(C);

    assertThat(members(graph.order())).containsExactly(Set.of(A, B), Set.of(d, e));
  }

  @Test
  @DisplayName("finds its way through a chain of many thousand steps into a circle")
  void deep() {
    int length = 20_000;
    for (int i = 1; i < length; i++) {
      graph.mustRunAfter(step("s" + i), step("s" + (i - 1)), step("s" + i).id());
    }
    graph.mustRunAfter(step("s0"), step("s" + (length - 1)), step("s0").id());

    assertThat(members(graph.order()))
        .singleElement()
        .satisfies(all -> assertThat(all).hasSize(length));
  }

  private static List<Set<PlanStep>> members(StepGraph.Order order) {
    return ((StepGraph.Order.Tangle) order)
        .circles().stream()
            .map(circle -> circle.stream().map(StepGraph.Edge::later).collect(Collectors.toSet()))
            .toList();
  }
}
