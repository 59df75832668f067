package dev.migrate.revision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints what a four times larger graph costs: about four times as much, if the cost is linear. */
@Tag("benchmark")
class RevisionGraphBenchmark {
  private static final int ROUNDS = 15;

  @Test
  void chain() {
    compare("chain", 5_000, 20_000, RevisionGraphBenchmark::chainOf);
  }

  @Test
  void diamonds() {
    compare("diamonds", 750, 3_000, RevisionGraphBenchmark::diamondsOf);
  }

  private static void compare(String shape, int few, int many, IntFunction<List<Revision>> draw) {
    Map<String, Double> small = measure(draw.apply(few));
    Map<String, Double> large = measure(draw.apply(many));
    System.out.printf("%-10s %22s %10d %10d %8s%n", shape, "median ms of", few, many, "ratio");
    large.forEach(
        (what, time) ->
            System.out.printf(
                "%-10s %22s %10.2f %10.2f %8.1f%n",
                shape, what, small.get(what), time, time / small.get(what)));
  }

  private static Map<String, Double> measure(List<Revision> revisions) {
    RevisionGraph graph = RevisionGraph.of(revisions);
    RevisionId last = graph.heads().get(0).id();
    Set<RevisionId> all = revisions.stream().map(Revision::id).collect(Collectors.toSet());
    Map<String, Double> times = new LinkedHashMap<>();
    times.put("of", median(() -> RevisionGraph.of(revisions)));
    times.put("heads", median(graph::effectiveHeads));
    times.put("headsOf all", median(() -> graph.headsOf(all)));
    times.put("ancestors", median(() -> graph.ancestorsWithDependencies(last)));
    times.put("upgrade head", median(() -> graph.upgrade(Set.of(), "head")));
    times.put("downgrade base", median(() -> graph.downgrade(all, "base")));
    times.put("downgrade -1", median(() -> graph.downgrade(all, "-1")));
    times.put("range base:head", median(() -> graph.range("base:head", all)));
    return times;
  }

  private static double median(Runnable work) {
    List<Long> times = new ArrayList<>();
    for (int round = 0; round < 2 * ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      if (round >= ROUNDS) {
        times.add(System.nanoTime() - start);
      }
    }
    return times.stream().sorted().toList().get(ROUNDS / 2) / 1e6;
  }

  private static List<Revision> chainOf(int length) {
    List<Revision> revisions = new ArrayList<>();
    for (int node = 0; node < length; node++) {
      revisions.add(revision(node, node == 0 ? List.of() : List.of(node - 1)));
    }
    return revisions;
  }

  /** Each diamond is a branch point, two branches, and the merge that the next one starts from. */
  private static List<Revision> diamondsOf(int count) {
    List<Revision> revisions = new ArrayList<>(List.of(revision(0, List.of())));
    for (int diamond = 0; diamond < count; diamond++) {
      int top = 3 * diamond;
      revisions.add(revision(top + 1, List.of(top)));
      revisions.add(revision(top + 2, List.of(top)));
      revisions.add(revision(top + 3, List.of(top + 1, top + 2)));
    }
    return revisions;
  }

  private static Revision revision(int node, List<Integer> parents) {
    return new Revision(
        id(node),
        "revision " + node,
        parents.stream().map(RevisionGraphBenchmark::id).toList(),
        List.of(),
        List.of(),
        null,
        "V" + id(node) + ".sql");
  }

  private static RevisionId id(int node) {
    return RevisionId.of(String.valueOf(20260101000000L + node));
  }
}
