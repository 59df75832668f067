package dev.migrate.plan;

import dev.migrate.plan.StepGraph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Steps that wait for each other, by Tarjan's algorithm: it looks at each step and each edge once.
 * Of every group of such steps it gives one circle, the same in every process.
 *
 * @see <a href="https://doi.org/10.1137/0201010">Depth-first search and linear graph algorithms</a>
 */
final class Circles {
  private final Map<Step, Map<Step, Edge>> after;
  private final Set<Step> done;
  private final Map<Step, Integer> number = new HashMap<>();
  private final Map<Step, Integer> lowest = new HashMap<>();
  private final Deque<Step> open = new ArrayDeque<>();
  private final Set<Step> isOpen = new HashSet<>();
  private final List<TreeSet<Step>> groups = new ArrayList<>();

  /** A step that is being looked at, and those before it that are still to be looked at. */
  private record Visit(Step step, Iterator<Step> firsts) {}

  /**
   * @param after what each step runs after
   * @param done the steps that have run
   */
  Circles(Map<Step, Map<Step, Edge>> after, Set<Step> done) {
    this.after = after;
    this.done = done;
  }

  List<List<Edge>> all() {
    for (Step step : after.keySet()) {
      if (!done.contains(step) && !number.containsKey(step)) {
        search(step);
      }
    }
    return groups.stream()
        .filter(group -> group.size() > 1)
        .sorted(Comparator.comparing(TreeSet::first))
        .map(this::circle)
        .toList();
  }

  /** Depth first, with a stack of our own: a plan can have many thousand steps. */
  private void search(Step start) {
    Deque<Visit> path = new ArrayDeque<>();
    path.push(enter(start));
    while (!path.isEmpty()) {
      Visit at = path.peek();
      if (at.firsts().hasNext()) {
        Step first = at.firsts().next();
        if (done.contains(first)) {
          continue;
        }
        if (!number.containsKey(first)) {
          path.push(enter(first));
        } else if (isOpen.contains(first)) {
          lowest.merge(at.step(), number.get(first), Math::min);
        }
      } else {
        path.pop();
        if (!path.isEmpty()) {
          lowest.merge(path.peek().step(), lowest.get(at.step()), Math::min);
        }
        if (lowest.get(at.step()).equals(number.get(at.step()))) {
          close(at.step());
        }
      }
    }
  }

  private Visit enter(Step step) {
    number.put(step, number.size());
    lowest.put(step, number.get(step));
    open.push(step);
    isOpen.add(step);
    return new Visit(step, after.get(step).keySet().iterator());
  }

  private void close(Step root) {
    TreeSet<Step> group = new TreeSet<>();
    Step member;
    do {
      member = open.pop();
      isOpen.remove(member);
      group.add(member);
    } while (!member.equals(root));
    groups.add(group);
  }

  /** Walks back from the smallest step, always to the smallest of the group, until one recurs. */
  private List<Edge> circle(TreeSet<Step> group) {
    Deque<Edge> walked = new ArrayDeque<>();
    Set<Step> seen = new HashSet<>();
    Step at = group.first();
    while (seen.add(at)) {
      Edge edge =
          after.get(at).values().stream()
              .filter(one -> group.contains(one.first()))
              .findFirst()
              .orElseThrow();
      walked.push(edge);
      at = edge.first();
    }
    List<Edge> circle = new ArrayList<>();
    for (Edge edge : walked) {
      circle.add(edge);
      if (edge.later().equals(at)) {
        break;
      }
    }
    return circle;
  }
}
