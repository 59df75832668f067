package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionTopology.Edges;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plans a rebase: computes the move of a branch of revisions onto another revision. */
final class RebasePlanner {
  private final RevisionGraph graph;
  private final RevisionTopology topology;
  private final BitSet applied;
  private final RevisionLookup names;

  RebasePlanner(RevisionGraph graph, BitSet applied) {
    this.graph = graph;
    this.topology = graph.topology();
    this.applied = applied;
    this.names = new RevisionLookup(graph);
  }

  RebasePlan rebase(int first, int onto, Instant now) {
    BitSet branch = topology.up(RevisionTopology.only(first), Edges.LINEAGE);
    int[] parents = topology.parents(first);
    if (parents.length == 1 && parents[0] == onto) {
      return new RebasePlan(graph.at(onto), List.of());
    }
    refuseWrongPlace(first, onto, branch);
    refuseApplied(branch);
    refuseBonds(branch);
    return new RebasePlan(graph.at(onto), moves(first, onto, branch, now));
  }

  private void refuseWrongPlace(int first, int onto, BitSet branch) {
    if (topology.parents(first).length > 1) {
      throw refused(
          graph.at(first).title() + " is a merge, and a merge cannot be moved.",
          "Move one of the branches that it joins, before they are merged.");
    }
    if (branch.get(onto)) {
      throw refused(
          onto == first
              ? graph.at(first).title() + " cannot be moved onto itself."
              : graph.at(onto).title() + " lies above " + graph.at(first).title() + ".",
          "Move onto a revision of another branch; 'mvn migrate:heads' shows the heads.");
    }
    if (topology.up(branch, Edges.ALL).get(onto)) {
      throw refused(
          graph.at(onto).title() + " depends on the branch that should be moved onto it.",
          "Take the dependency out of its file first.");
    }
  }

  private void refuseApplied(BitSet branch) {
    BitSet both = (BitSet) branch.clone();
    both.and(applied);
    if (!both.isEmpty()) {
      throw refused(
          "These revisions are applied, and an applied revision keeps its id: "
              + names.list(both)
              + ".",
          "Join the branches with 'mvn migrate:merge -Dmigrate.message=\"…\"' instead, or take them"
              + " back with 'mvn migrate:downgrade' first if no other database has them.");
    }
  }

  private void refuseBonds(BitSet branch) {
    for (int node = branch.nextSetBit(0); node >= 0; node = branch.nextSetBit(node + 1)) {
      BitSet others = new BitSet();
      if (topology.parents(node).length > 1) {
        IntStream.of(topology.parents(node)).filter(n -> !branch.get(n)).forEach(others::set);
      }
      if (!others.isEmpty()) {
        throw refused(
            graph.at(node).title() + " joins the branch with " + names.list(others) + " already.",
            "Only a branch that has not been merged can be moved.");
      }
      IntStream.of(topology.dependants(node)).filter(n -> !branch.get(n)).forEach(others::set);
      if (!others.isEmpty()) {
        throw refused(
            names.list(others)
                + (others.cardinality() == 1 ? " depends on " : " depend on ")
                + graph.at(node).title()
                + " and would stay where it is.",
            "Take the dependency out of that file first, or merge instead of moving.");
      }
    }
  }

  private List<RebasePlan.Move> moves(int first, int onto, BitSet branch, Instant now) {
    Map<RevisionId, RevisionId> renamed = new HashMap<>();
    List<RebasePlan.Move> moves = new ArrayList<>();
    RevisionId last = graph.at(onto).id();
    for (int node = branch.nextSetBit(0); node >= 0; node = branch.nextSetBit(node + 1)) {
      Revision from = graph.at(node);
      List<RevisionId> older = new ArrayList<>(List.of(last));
      for (int dependency : topology.dependencies(node)) {
        RevisionId id = graph.at(dependency).id();
        older.add(renamed.getOrDefault(id, id));
      }
      last = free(now, older);
      renamed.put(from.id(), last);
      List<RevisionId> parents =
          node == first
              ? List.of(graph.at(onto).id())
              : from.parents().stream().map(renamed::get).toList();
      List<String> dependencies =
          from.dependencies().stream()
              .map(
                  text ->
                      RevisionId.parse(text)
                          .map(renamed::get)
                          .map(RevisionId::toString)
                          .orElse(text))
              .toList();
      moves.add(
          new RebasePlan.Move(
              from,
              new Revision(
                  last,
                  from.message(),
                  parents,
                  dependencies,
                  from.labels(),
                  from.createdAt(),
                  from.origin())));
    }
    return moves;
  }

  private RevisionId free(Instant now, List<RevisionId> older) {
    RevisionId id = RevisionId.following(now, older);
    while (graph.indexOf(id).isPresent()) {
      id = RevisionId.following(now, List.of(id));
    }
    return id;
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_PARAMETER, problem, remedy);
  }
}
