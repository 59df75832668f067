package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionTopology.Edges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes which revisions an upgrade, a downgrade or a stamp must run to get from an applied set
 * to the one that an expression asks for.
 */
final class RevisionPlanner {
  private final RevisionGraph graph;
  private final RevisionTopology topology;
  private final BitSet applied;
  private final ExpressionResolver resolver;
  private final RevisionLookup names;

  RevisionPlanner(RevisionGraph graph, BitSet applied) {
    this.graph = graph;
    this.topology = graph.topology();
    this.applied = applied;
    this.resolver = new ExpressionResolver(graph, applied);
    this.names = new RevisionLookup(graph);
  }

  RevisionPlan upgrade(String expression) {
    BitSet wanted = new BitSet();
    List<ResolvedTarget> targets = resolver.targets(expression);
    for (ResolvedTarget target : targets) {
      if (target instanceof ResolvedTarget.At at) {
        wanted.set(at.node());
      } else if (target instanceof ResolvedTarget.Back) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "'" + expression + "' goes down, and an upgrade goes up.",
            "Use 'mvn migrate:downgrade -Dmigrate.to=" + expression + "', or a step such as +1.");
      }
    }
    refuseOverlap(expression, targets);
    BitSet toRun = topology.down(wanted, Edges.ALL);
    toRun.andNot(applied);
    if (toRun.isEmpty()) {
      return nothingToUpgrade(wanted);
    }
    BitSet after = (BitSet) applied.clone();
    after.or(toRun);
    return new RevisionPlan.Steps(graph.revisions(toRun), heads(applied), heads(after));
  }

  private RevisionPlan nothingToUpgrade(BitSet wanted) {
    List<Revision> heads = heads(applied);
    if (topology.size() == 0) {
      return new RevisionPlan.Nothing(
          RevisionPlan.Reason.NO_REVISIONS, "There are no revisions yet.", heads);
    }
    BitSet current = topology.maxima(applied, Edges.ALL);
    String place = current.isEmpty() ? "at base" : "at " + names.list(current);
    BitSet below = (BitSet) wanted.clone();
    below.andNot(current);
    if (below.isEmpty() && (!wanted.isEmpty() || applied.isEmpty())) {
      return new RevisionPlan.Nothing(
          RevisionPlan.Reason.ALREADY_THERE, "The database is " + place + " already.", heads);
    }
    String what =
        wanted.isEmpty()
            ? "Base is below every revision"
            : names.list(below) + (below.cardinality() == 1 ? " is" : " are") + " applied already";
    return new RevisionPlan.Nothing(
        RevisionPlan.Reason.ALREADY_ABOVE,
        what + "; the database is " + place + ". To go back, use 'mvn migrate:downgrade'.",
        heads);
  }

  RevisionPlan downgrade(String expression) {
    List<ResolvedTarget> targets = resolver.targets(expression);
    refuseOverlap(expression, targets);
    BitSet toUndo = new BitSet();
    for (ResolvedTarget target : targets) {
      toUndo.or(undoneBy(target));
    }
    List<Revision> before = heads(applied);
    if (toUndo.isEmpty()) {
      return applied.isEmpty()
          ? new RevisionPlan.Nothing(
              RevisionPlan.Reason.NOTHING_APPLIED,
              "Nothing is applied; the database is at base already.",
              before)
          : new RevisionPlan.Nothing(
              RevisionPlan.Reason.ALREADY_THERE,
              "Nothing above '"
                  + expression
                  + "' is applied; the database is at "
                  + names.list(topology.maxima(applied, Edges.ALL))
                  + " already.",
              before);
    }
    BitSet after = (BitSet) applied.clone();
    after.andNot(toUndo);
    return new RevisionPlan.Steps(reversed(toUndo), before, heads(after), remark(targets, after));
  }

  /** Taking a merge back leaves the lines that it had joined, of which one was asked for. */
  private String remark(List<ResolvedTarget> targets, BitSet after) {
    BitSet asked = new BitSet();
    for (ResolvedTarget target : targets) {
      if (target instanceof ResolvedTarget.At at) {
        asked.set(at.node());
      }
    }
    BitSet current = topology.maxima(after, Edges.ALL);
    BitSet others = (BitSet) current.clone();
    others.andNot(asked);
    if (others.isEmpty()) {
      return "";
    }
    BitSet below = (BitSet) asked.clone();
    below.andNot(current);
    if (!below.isEmpty()) {
      return "%s %s applied, below %s, which %s on it and %s applied."
          .formatted(
              names.list(below),
              below.cardinality() == 1 ? "is" : "are",
              names.list(others),
              others.cardinality() == 1 ? "builds" : "build",
              others.cardinality() == 1 ? "stays" : "stay");
    }
    others.andNot(topology.maxima(applied, Edges.ALL));
    boolean joined = asked.isEmpty() ? others.cardinality() > 1 : !others.isEmpty();
    if (!joined) {
      return "";
    }
    return asked.isEmpty()
        ? "A merge had joined the lines of %s; they stay applied.".formatted(names.list(others))
        : "A merge had joined %s with the line of %s; the other %s applied."
            .formatted(
                names.list(others),
                names.list(asked),
                others.cardinality() == 1 ? "line stays" : "lines stay");
  }

  private BitSet undoneBy(ResolvedTarget target) {
    BitSet roots = new BitSet();
    if (target instanceof ResolvedTarget.Back back) {
      roots.or(back.taken());
    } else if (target instanceof ResolvedTarget.Base base) {
      roots.or(topology.bases());
      roots.and(base.lineage());
    } else if (target instanceof ResolvedTarget.At at) {
      IntStream.of(topology.children(at.node())).forEach(roots::set);
      roots.and(at.lineage());
    }
    BitSet undone = topology.up(roots, Edges.ALL);
    undone.and(applied);
    if (undone.isEmpty() && target instanceof ResolvedTarget.At at && !applied.get(at.node())) {
      throw notBelow(at.node());
    }
    return undone;
  }

  private MigrateException notBelow(int node) {
    String title = graph.at(node).title();
    BitSet current = topology.maxima(applied, Edges.ALL);
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        title
            + " is not a valid target of a downgrade, because it is not applied; the database is at "
            + (current.isEmpty() ? "base" : names.list(current))
            + ".",
        "To go up to it use 'mvn migrate:upgrade -Dmigrate.to="
            + graph.at(node).id()
            + "'; 'mvn migrate:history' shows what is applied.");
  }

  StampPlan stamp(String expression) {
    List<ResolvedTarget> targets = resolver.targets(expression);
    refuseOverlap(expression, targets);
    BitSet heads = topology.maxima(applied, Edges.ALL);
    BitSet stamped = new BitSet();
    BitSet undone = new BitSet();
    for (ResolvedTarget target : targets) {
      if (target instanceof ResolvedTarget.At at) {
        stamped.set(at.node());
        heads.andNot(topology.down(RevisionTopology.only(at.node()), Edges.ALL));
        heads.andNot(topology.up(RevisionTopology.only(at.node()), Edges.ALL));
      } else if (target instanceof ResolvedTarget.Base base) {
        heads.andNot(base.lineage());
      } else if (target instanceof ResolvedTarget.Back back) {
        undone.or(topology.up(back.taken(), Edges.ALL));
      }
    }
    BitSet after = (BitSet) applied.clone();
    after.andNot(undone);
    if (!targets.stream().allMatch(ResolvedTarget.Back.class::isInstance)) {
      heads.andNot(undone);
      heads.or(stamped);
      after = topology.down(heads, Edges.ALL);
    }
    BitSet toRecord = (BitSet) after.clone();
    toRecord.andNot(applied);
    BitSet toTakeBack = (BitSet) applied.clone();
    toTakeBack.andNot(after);
    return new StampPlan(graph.revisions(toRecord), reversed(toTakeBack), heads(after));
  }

  /** Two targets of which one is above the other: whoever writes that means something else. */
  private void refuseOverlap(String expression, List<ResolvedTarget> targets) {
    BitSet nodes = new BitSet();
    for (ResolvedTarget target : targets) {
      if (target instanceof ResolvedTarget.At at) {
        nodes.set(at.node());
      } else if (targets.size() > 1) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "'" + expression + "' mixes revisions with base or with steps back.",
            "Ask for one of them at a time.");
      }
    }
    BitSet covered = (BitSet) nodes.clone();
    covered.andNot(topology.maxima(nodes, Edges.LINEAGE));
    if (!covered.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The targets in '"
              + expression
              + "' overlap: "
              + names.list(covered)
              + (covered.cardinality() == 1 ? " is" : " are")
              + " below another of them.",
          "Leave out the ones below.");
    }
  }

  private List<Revision> heads(BitSet set) {
    return graph.revisions(topology.maxima(set, Edges.ALL));
  }

  private List<Revision> reversed(BitSet set) {
    List<Revision> revisions = new ArrayList<>(graph.revisions(set));
    Collections.reverse(revisions);
    return revisions;
  }
}
