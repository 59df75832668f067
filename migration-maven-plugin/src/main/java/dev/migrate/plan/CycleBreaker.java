package dev.migrate.plan;

import dev.migrate.plan.StepGraph.Edge;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds and breaks cycles in the dependency graph of steps (depth-first search, Tarjan's strongly
 * connected components). What opens the cycles is found by one search in depth, which gives up each
 * edge that leads back to where the search came from; what is a cycle and cannot be opened, by
 * Tarjan's algorithm, one cycle of every group of such steps. Both look at each step and each edge
 * once, and give the same in every process.
 *
 * @see <a href="https://doi.org/10.1137/0201010">Depth-first search and linear graph algorithms</a>
 */
final class CycleBreaker {
  private final Map<PlanStep, Map<PlanStep, Edge>> after;
  private final Set<PlanStep> done;
  private final Map<PlanStep, Integer> number = new HashMap<>();
  private final Map<PlanStep, Integer> lowest = new HashMap<>();
  private final Deque<PlanStep> open = new ArrayDeque<>();
  private final Set<PlanStep> isOpen = new HashSet<>();
  private final List<TreeSet<PlanStep>> groups = new ArrayList<>();

  /** A step that is being looked at, and those before it that are still to be looked at. */
  private record Visit(PlanStep step, Iterator<PlanStep> firsts) {}

  /** A step on the way that a search for edges to give up has come, and the edge that led to it. */
  private record Reached(PlanStep step, Edge by, Iterator<Edge> edges) {}

  /**
   * @param after what each step runs after
   * @param done the steps that have run
   */
  CycleBreaker(Map<PlanStep, Map<PlanStep, Edge>> after, Set<PlanStep> done) {
    this.after = after;
    this.done = done;
  }

  List<List<Edge>> all() {
    for (PlanStep step : after.keySet()) {
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

  /**
   * Edges that need not be and that close circles. Without them there can still be circles, of
   * which the next search finds another edge.
   *
   * @return the edges; empty when every circle is firm
   */
  Set<Edge> soft() {
    Set<Edge> soft = new LinkedHashSet<>();
    Set<PlanStep> entered = new HashSet<>(done);
    for (PlanStep step : after.keySet()) {
      if (entered.add(step)) {
        soft(step, entered, soft);
      }
    }
    return soft;
  }

  private void soft(PlanStep start, Set<PlanStep> entered, Set<Edge> soft) {
    List<Reached> path = new ArrayList<>();
    Map<PlanStep, Integer> position = new HashMap<>();
    path.add(new Reached(start, null, after.get(start).values().iterator()));
    position.put(start, 0);
    int cut = 0; // the last place on the way to which an edge leads that is given up
    while (!path.isEmpty()) {
      int last = path.size() - 1;
      Reached at = path.get(last);
      if (!at.edges().hasNext()) {
        path.remove(last);
        position.remove(at.step());
        while (cut >= path.size() || cut > 0 && !soft.contains(path.get(cut).by())) {
          cut--;
        }
        continue;
      }
      Edge edge = at.edges().next();
      Integer back = position.get(edge.first());
      if (back != null && cut <= back) {
        if (!edge.firm()) {
          soft.add(edge);
        }
        for (int i = last; edge.firm() && i > back && cut <= back; i--) {
          if (!path.get(i).by().firm()) {
            soft.add(path.get(i).by());
            cut = i;
          }
        }
      } else if (back == null && entered.add(edge.first())) {
        position.put(edge.first(), path.size());
        path.add(new Reached(edge.first(), edge, after.get(edge.first()).values().iterator()));
      }
    }
  }

  /** Depth first, with a stack of our own: a plan can have many thousand steps. */
  private void search(PlanStep start) {
    Deque<Visit> path = new ArrayDeque<>();
    path.push(enter(start));
    while (!path.isEmpty()) {
      Visit at = path.peek();
      if (at.firsts().hasNext()) {
        PlanStep first = at.firsts().next();
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

  private Visit enter(PlanStep step) {
    number.put(step, number.size());
    lowest.put(step, number.get(step));
    open.push(step);
    isOpen.add(step);
    return new Visit(step, after.get(step).keySet().iterator());
  }

  private void close(PlanStep root) {
    TreeSet<PlanStep> group = new TreeSet<>();
    PlanStep member;
    do {
      member = open.pop();
      isOpen.remove(member);
      group.add(member);
    } while (!member.equals(root));
    groups.add(group);
  }

  /** Walks back from the smallest step, always to the smallest of the group, until one recurs. */
  private List<Edge> circle(TreeSet<PlanStep> group) {
    Deque<Edge> walked = new ArrayDeque<>();
    Set<PlanStep> seen = new HashSet<>();
    PlanStep at = group.first();
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
