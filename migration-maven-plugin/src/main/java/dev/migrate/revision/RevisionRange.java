package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionTopology.Edges;
import java.util.BitSet;
import java.util.List;

/** Selects the revisions between two ends, both included, as a history lists them. */
final class RevisionRange {
  private static final RevisionExpression BASE = RevisionExpression.of("base");
  private static final RevisionExpression HEADS = RevisionExpression.of("heads");
  private static final RevisionExpression HEAD = RevisionExpression.of("head");

  private final RevisionGraph graph;
  private final RevisionTopology topology;
  private final ExpressionResolver resolver;
  private final RevisionLookup names;

  RevisionRange(RevisionGraph graph, BitSet applied) {
    this.graph = graph;
    this.topology = graph.topology();
    this.resolver = new ExpressionResolver(graph, applied);
    this.names = new RevisionLookup(graph);
  }

  BitSet between(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return nodes(resolver.targets(text), text);
    }
    String low = text.substring(0, colon).strip();
    String high = text.substring(colon + 1).strip();
    if (high.indexOf(':') >= 0) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "'" + text + "' is not a range.",
          "Write two ends with one colon between, for example base:head, :current or -3:head.");
    }
    RevisionExpression lower = low.isEmpty() ? BASE : RevisionExpression.of(low);
    RevisionExpression upper = high.isEmpty() ? HEADS : RevisionExpression.of(high);
    boolean lowerHangs = lower.symbol().isEmpty() && lower.steps() < 0 && lower.branch().isEmpty();
    boolean upperHangs = upper.symbol().isEmpty() && upper.branch().isEmpty();
    if (lowerHangs && upperHangs) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "Both ends of '" + text + "' are relative to each other.",
          "Write an id, head, base or current at one of them.");
    }
    List<ResolvedTarget> tops;
    List<ResolvedTarget> bottoms;
    if (lowerHangs) {
      // "-2:" counts from the one head, "-2:x" from x.
      tops = resolver.resolve(high.isEmpty() ? HEAD : upper, true);
      bottoms = List.of(resolver.walkFrom(lower, one(tops, text), true));
    } else if (upperHangs) {
      bottoms = resolver.resolve(lower, true);
      boolean fromBase = bottoms.stream().anyMatch(ResolvedTarget.Base.class::isInstance);
      tops = List.of(resolver.walkFrom(upper, fromBase ? -1 : one(bottoms, text), true));
    } else {
      bottoms = resolver.resolve(lower, true);
      tops = resolver.resolve(upper, true);
    }
    return between(bottoms, tops, text);
  }

  private BitSet between(List<ResolvedTarget> bottoms, List<ResolvedTarget> tops, String text) {
    BitSet top = nodes(tops, text);
    BitSet range = topology.down(top, Edges.LINEAGE);
    BitSet bottom = new BitSet();
    for (ResolvedTarget target : bottoms) {
      if (target instanceof ResolvedTarget.Base base) {
        range.and(base.lineage());
        return range;
      }
      bottom.or(nodes(List.of(target), text));
    }
    BitSet strangers = (BitSet) bottom.clone();
    strangers.andNot(range);
    if (!strangers.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          names.list(strangers)
              + (strangers.cardinality() == 1 ? " is not an ancestor" : " are not ancestors")
              + " of "
              + (top.isEmpty() ? "base" : names.list(top))
              + ".",
          "Write the older end first, and two ends of the same line of revisions.");
    }
    range.and(topology.up(bottom, Edges.LINEAGE));
    return range;
  }

  private int one(List<ResolvedTarget> targets, String text) {
    BitSet nodes = nodes(targets, text);
    if (nodes.cardinality() != 1) {
      throw new MigrateException(
          FailureCode.AMBIGUOUS_REVISION,
          "'"
              + text
              + "' counts from "
              + (nodes.isEmpty() ? "base" : "several revisions: " + names.list(nodes))
              + ".",
          "Count from one revision, for example -3:<id>.");
    }
    return nodes.nextSetBit(0);
  }

  private static BitSet nodes(List<ResolvedTarget> targets, String text) {
    BitSet nodes = new BitSet();
    for (ResolvedTarget target : targets) {
      if (target instanceof ResolvedTarget.At at) {
        nodes.set(at.node());
      } else if (target instanceof ResolvedTarget.Back) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "'" + text + "' counts back from nowhere.",
            "Write current-1, head-1 or <id>-1.");
      }
    }
    return nodes;
  }
}
