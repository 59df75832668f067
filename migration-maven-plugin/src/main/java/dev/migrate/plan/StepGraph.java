package dev.migrate.plan;

import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Topological sort of steps: a dependency graph whose order is stable. The order is a topological
 * one; among steps that are free to run it takes the smallest, so that equal graphs give equal
 * orders.
 */
final class StepGraph {
  private final Map<PlanStep, Map<PlanStep, Edge>> after = new TreeMap<>();
  private final Map<PlanStep, Set<PlanStep>> before = new HashMap<>();

  /**
   * That one step runs after another.
   *
   * @param firm whether it must; otherwise it is only better so
   * @param because the fact whose dependency it is; a part of what the later step makes
   */
  record Edge(PlanStep first, PlanStep later, boolean firm, FactId because) {}

  /** Either an order of all steps, or the circles that keep some from running. */
  sealed interface Order {
    /**
     * @param early steps that run before something that they had better run after
     */
    record Sorted(List<PlanStep> steps, Set<PlanStep> early) implements Order {}

    /**
     * @param circles one circle of each group of steps that wait for each other
     */
    record Tangle(List<List<Edge>> circles) implements Order {}
  }

  void add(PlanStep step) {
    after.computeIfAbsent(step, key -> new TreeMap<>());
  }

  void mustRunAfter(PlanStep later, PlanStep first, FactId because) {
    connect(new Edge(first, later, true, because));
  }

  void betterRunsAfter(PlanStep later, PlanStep first, FactId because) {
    connect(new Edge(first, later, false, because));
  }

  private void connect(Edge edge) {
    if (edge.first().equals(edge.later())) {
      return;
    }
    Map<PlanStep, Edge> firsts = after.computeIfAbsent(edge.later(), key -> new TreeMap<>());
    firsts.merge(edge.first(), edge, StepGraph::stronger);
    before.computeIfAbsent(edge.first(), key -> new HashSet<>()).add(edge.later());
  }

  /** Which of two edges between the same steps stands must not depend on which came first. */
  private static Edge stronger(Edge one, Edge other) {
    if (one.firm() != other.firm()) {
      return one.firm() ? one : other;
    }
    return one.because().compareTo(other.because()) <= 0 ? one : other;
  }

  Order order() {
    Map<PlanStep, Integer> waiting = new HashMap<>();
    SortedSet<PlanStep> free = new TreeSet<>();
    after.forEach(
        (step, firsts) -> {
          waiting.put(step, firsts.size());
          if (firsts.isEmpty()) {
            free.add(step);
          }
        });
    List<PlanStep> sorted = new ArrayList<>();
    Set<PlanStep> done = new HashSet<>();
    Set<PlanStep> early = new HashSet<>();
    while (done.size() < after.size()) {
      if (free.isEmpty()) {
        CycleBreaker circles = new CycleBreaker(after, done);
        Set<Edge> soft = circles.soft();
        if (soft.isEmpty()) {
          return new Order.Tangle(circles.all());
        }
        for (Edge edge : soft) {
          early.add(edge.later());
          after.get(edge.later()).remove(edge.first());
          before.get(edge.first()).remove(edge.later());
          release(edge.later(), waiting, free);
        }
        continue;
      }
      PlanStep step = free.first();
      free.remove(step);
      done.add(step);
      sorted.add(step);
      for (PlanStep later : before.getOrDefault(step, Set.of())) {
        release(later, waiting, free);
      }
    }
    return new Order.Sorted(sorted, early);
  }

  private static void release(
      PlanStep step, Map<PlanStep, Integer> waiting, SortedSet<PlanStep> free) {
    if (waiting.merge(step, -1, Integer::sum) == 0) {
      free.add(step);
    }
  }
}
