package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionTopology.Edges;
import java.util.BitSet;
import java.util.List;

/**
 * Plans a squash: decides whether the history up to a revision can be replaced by one baseline. A
 * baseline stands for every version up to its own, so nothing that stays may be older, and nothing
 * may build on a middle of it that no database can be at any more.
 */
final class SquashPlanner {
  private final RevisionGraph graph;
  private final RevisionTopology topology;
  private final RevisionLookup names;

  SquashPlanner(RevisionGraph graph) {
    this.graph = graph;
    this.topology = graph.topology();
    this.names = new RevisionLookup(graph);
  }

  SquashPlan upTo(int last) {
    BitSet squashed = topology.down(RevisionTopology.only(last), Edges.ALL);
    refuseOnlyBaseline(squashed);
    refuseOlderOnes(last, squashed);
    refuseBranches(last, squashed);
    List<Revision> replaced = graph.revisions(squashed);
    return new SquashPlan(
        graph.at(last),
        replaced,
        replaced.stream().flatMap(one -> one.labels().stream()).distinct().toList());
  }

  private void refuseOnlyBaseline(BitSet squashed) {
    if (squashed.cardinality() == 1 && graph.at(squashed.nextSetBit(0)).baseline()) {
      throw refused(
          graph.at(squashed.nextSetBit(0)).title() + " is a baseline already.",
          "Name a later revision with -Dmigrate.to=….");
    }
  }

  private void refuseOlderOnes(int last, BitSet squashed) {
    BitSet older = new BitSet();
    older.set(0, last);
    older.andNot(squashed);
    if (!older.isEmpty()) {
      throw refused(
          "A baseline at %s would swallow what %s does not build on: %s."
              .formatted(graph.at(last).id(), graph.at(last).title(), names.list(older)),
          "Squash up to a revision that has all of them below it, such as the merge that joins the"
              + " branches, or move the branch up with mvn migrate:rebase first.");
    }
  }

  private void refuseBranches(int last, BitSet squashed) {
    for (int node = last + 1; node < topology.size(); node++) {
      for (int parent : topology.parents(node)) {
        if (parent != last && squashed.get(parent)) {
          throw refused(
              "%s revises %s, in the middle of what would be replaced."
                  .formatted(graph.at(node).title(), graph.at(parent).title()),
              "Squash up to %s at most, or squash the merge that joins the branches with the rest."
                  .formatted(graph.at(parent).id()));
        }
      }
    }
  }

  private static MigrateException refused(String problem, String remedy) {
    return new MigrateException(FailureCode.SQUASH_REFUSED, problem, remedy);
  }
}
