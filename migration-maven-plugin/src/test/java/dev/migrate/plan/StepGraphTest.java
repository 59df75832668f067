package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The graph of steps")
class StepGraphTest {
  private static final Step A = step("a");
  private static final Step B = step("b");
  private static final Step C = step("c");

  private final StepGraph graph = new StepGraph();

  private static Step step(String name) {
    FactId id = FactId.of(Kind.TABLE, "app", name);
    return new Step(Step.Verb.CREATE, id, List.of(id));
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

    assertThat(graph.order())
        .isInstanceOfSatisfying(
            StepGraph.Order.Circle.class,
            circle ->
                assertThat(circle.edges())
                    .extracting(StepGraph.Edge::later)
                    .containsExactlyInAnyOrder(A, B));
  }
}
