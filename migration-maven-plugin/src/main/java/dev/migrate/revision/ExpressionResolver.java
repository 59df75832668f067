package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionTopology.Edges;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Resolves revision expressions ({@code head}, {@code +2}, an id, a label) against a graph and an
 * applied set.
 */
final class ExpressionResolver {
  private static final int NOTHING = -1;

  private final RevisionGraph graph;
  private final RevisionTopology topology;
  private final RevisionLookup names;
  private final BitSet applied;

  ExpressionResolver(RevisionGraph graph, BitSet applied) {
    this.graph = graph;
    this.topology = graph.topology();
    this.names = new RevisionLookup(graph);
    this.applied = applied;
  }

  /** All items of a comma separated list; the same revision twice counts once. */
  List<ResolvedTarget> targets(String text) {
    List<ResolvedTarget> targets = new ArrayList<>();
    BitSet seen = new BitSet();
    for (RevisionExpression item : RevisionExpression.list(text)) {
      for (ResolvedTarget target : resolve(item, false)) {
        if (target instanceof ResolvedTarget.At at) {
          if (seen.get(at.node())) {
            continue;
          }
          seen.set(at.node());
        }
        targets.add(target);
      }
    }
    return targets;
  }

  /**
   * @param tolerant whether a walk that runs out of revisions just ends there
   */
  List<ResolvedTarget> resolve(RevisionExpression item, boolean tolerant) {
    BitSet lineage =
        item.branch().isEmpty() ? topology.all() : topology.lineage(names.branch(item.branch()));
    if (item.isRelativeToCurrent()) {
      return List.of(fromCurrent(item, lineage, tolerant));
    }
    if (item.steps() != 0) {
      return List.of(walk(item, start(item, lineage), lineage, tolerant));
    }
    return switch (item.symbol()) {
      case "head" -> topology.size() == 0 ? List.of() : List.of(at(head(item, lineage), lineage));
      case "heads" -> each(headsWithin(lineage), lineage);
      case "base" -> List.of(base(item, lineage));
      case "current" -> {
        BitSet current = current(item, lineage);
        yield current.isEmpty() ? List.of(base(item, lineage)) : each(current, lineage);
      }
      default -> List.of(at(names.find(item.symbol(), lineage, item.branch()), lineage));
    };
  }

  /** Walks from a node that the caller knows; for the ends of ranges. */
  ResolvedTarget walkFrom(RevisionExpression item, int start, boolean tolerant) {
    return walk(item, start, topology.all(), tolerant);
  }

  private int start(RevisionExpression item, BitSet lineage) {
    return switch (item.symbol()) {
      case "base" -> NOTHING;
      case "head", "heads" -> head(item, lineage);
      default -> names.find(item.symbol(), lineage, item.branch());
    };
  }

  private int head(RevisionExpression item, BitSet lineage) {
    BitSet heads = headsWithin(lineage);
    if (heads.cardinality() > 1) {
      throw severalHeads(
          item.branch().isEmpty()
              ? "There are " + heads.cardinality() + " heads"
              : "Branch '" + item.branch() + "' has " + heads.cardinality() + " heads",
          heads);
    }
    if (heads.isEmpty()) {
      throw new MigrateException(
          FailureCode.UNKNOWN_REVISION,
          "'" + item.text() + "' needs a head, and there are no revisions yet.",
          "Write the first one with 'mvn migrate:revision -Dmigrate.message=\"…\"'.");
    }
    return heads.nextSetBit(0);
  }

  /** The failure of a request that needs one head. */
  MigrateException severalHeads(String count, BitSet heads) {
    return new MigrateException(
        FailureCode.SEVERAL_HEADS,
        count + " where one is needed: " + names.list(heads) + ".",
        "Join them with 'mvn migrate:merge', or put one behind the other with 'mvn migrate:rebase"
            + " -Dmigrate.revision=%s -Dmigrate.onto=%s'; 'mvn migrate:upgrade"
                .formatted(ownOf(heads), graph.at(heads.nextSetBit(0)).id())
            + " -Dmigrate.to=heads' applies them side by side.");
  }

  /** The first revision that only the last of these heads builds on. */
  private RevisionId ownOf(BitSet heads) {
    int last = heads.length() - 1;
    BitSet own = new BitSet();
    own.set(last);
    BitSet others = (BitSet) heads.clone();
    others.clear(last);
    own = topology.down(own, Edges.LINEAGE);
    own.andNot(topology.down(others, Edges.LINEAGE));
    return graph.at(own.isEmpty() ? last : own.nextSetBit(0)).id();
  }

  private BitSet headsWithin(BitSet lineage) {
    BitSet heads = topology.heads();
    heads.and(lineage);
    return heads;
  }

  private BitSet current(RevisionExpression item, BitSet lineage) {
    BitSet within = (BitSet) applied.clone();
    within.and(lineage);
    return topology.maxima(within, item.branch().isEmpty() ? Edges.ALL : Edges.LINEAGE);
  }

  private ResolvedTarget fromCurrent(RevisionExpression item, BitSet lineage, boolean tolerant) {
    if (item.steps() < 0) {
      Edges edges = item.branch().isEmpty() ? Edges.ALL : Edges.LINEAGE;
      return new ResolvedTarget.Back(takenBack(item, lineage, edges));
    }
    BitSet current = current(item, lineage);
    int start = NOTHING;
    int steps = item.steps();
    if (current.cardinality() == 1) {
      start = current.nextSetBit(0);
    } else if (current.cardinality() > 1) {
      BitSet next = new BitSet();
      current.stream().flatMap(n -> IntStream.of(topology.children(n))).forEach(next::set);
      next.and(lineage);
      if (next.cardinality() != 1) {
        throw ambiguous(
            item,
            "the database is at several revisions ("
                + names.list(current)
                + ")"
                + (next.isEmpty() ? "" : ", and any of " + names.list(next) + " could be next"),
            next.isEmpty() ? current : next,
            "");
      }
      start = next.nextSetBit(0);
      steps--;
    }
    return up(item, start, steps, lineage, tolerant);
  }

  private ResolvedTarget walk(
      RevisionExpression item, int start, BitSet lineage, boolean tolerant) {
    return item.steps() > 0
        ? up(item, start, item.steps(), lineage, tolerant)
        : down(item, start, -item.steps(), lineage, tolerant);
  }

  private ResolvedTarget up(
      RevisionExpression item, int start, int steps, BitSet lineage, boolean tolerant) {
    int node = start;
    BitSet bases = topology.bases();
    for (int step = 0; step < steps; step++) {
      BitSet next = new BitSet();
      if (node == NOTHING) {
        next.or(bases);
      } else {
        IntStream.of(topology.children(node)).forEach(next::set);
      }
      next.and(lineage);
      if (next.isEmpty()) {
        if (tolerant) {
          break;
        }
        int missing = steps - step;
        throw runsOut(item, item.steps() - missing, "above");
      }
      if (next.cardinality() > 1) {
        String where = node == NOTHING ? "base" : graph.at(node).title();
        throw ambiguous(item, "above " + where + " come " + names.list(next), next, "");
      }
      node = next.nextSetBit(0);
    }
    return node == NOTHING ? base(item, lineage) : at(node, lineage);
  }

  private ResolvedTarget down(
      RevisionExpression item, int start, int steps, BitSet lineage, boolean tolerant) {
    int node = start;
    int tree = start;
    for (int step = 0; step < steps; step++) {
      if (node == NOTHING) {
        if (tolerant) {
          break;
        }
        throw runsOut(item, step, "below");
      }
      BitSet next = new BitSet();
      IntStream.of(topology.parents(node)).forEach(next::set);
      next.and(lineage);
      if (next.cardinality() > 1) {
        throw ambiguous(
            item, "below " + graph.at(node).title() + " come " + names.list(next), next, "");
      }
      tree = node;
      node = next.isEmpty() ? NOTHING : next.nextSetBit(0);
    }
    if (node != NOTHING) {
      return at(node, lineage);
    }
    return tree == NOTHING
        ? base(item, lineage)
        : new ResolvedTarget.Base(topology.lineage(tree), true);
  }

  /**
   * Takes back one revision after the other, each the only one that could be next. Holes in the
   * applied set hold their neighbours together but are not counted.
   */
  private BitSet takenBack(RevisionExpression item, BitSet lineage, Edges edges) {
    BitSet applicable = (BitSet) applied.clone();
    applicable.and(lineage);
    BitSet left = topology.down(applicable, edges);
    left.and(lineage);
    int[] blockers = new int[topology.size()];
    BitSet free = new BitSet();
    for (int node = left.nextSetBit(0); node >= 0; node = left.nextSetBit(node + 1)) {
      below(node, edges).filter(left::get).forEach(n -> blockers[n]++);
    }
    left.stream().filter(n -> blockers[n] == 0).forEach(free::set);
    BitSet taken = new BitSet();
    int steps = -item.steps();
    while (taken.cardinality() < steps) {
      if (free.isEmpty()) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "'"
                + item.text()
                + "' takes back "
                + steps
                + (steps == 1 ? " revision, " : " revisions, ")
                + (applicable.isEmpty()
                    ? "and none is applied"
                    : "and only "
                        + applicable.cardinality()
                        + (applicable.cardinality() == 1 ? " is" : " are")
                        + " applied")
                + (item.branch().isEmpty() ? "." : " in branch '" + item.branch() + "'."),
            "Run 'mvn migrate:current' to see where the database is, or use -Dmigrate.to=base.");
      }
      if (free.cardinality() > 1) {
        throw ambiguous(
            item,
            (taken.isEmpty() ? "" : "after " + names.list(taken) + ", ")
                + "any of "
                + names.list(free)
                + " could be taken back next",
            free,
            taken.isEmpty() ? "@-1" : "-1");
      }
      int node = free.nextSetBit(0);
      free.clear(node);
      if (applied.get(node)) {
        taken.set(node);
      }
      below(node, edges).filter(left::get).filter(n -> --blockers[n] == 0).forEach(free::set);
    }
    return taken;
  }

  private IntStream below(int node, Edges edges) {
    IntStream parents = IntStream.of(topology.parents(node));
    return edges == Edges.LINEAGE
        ? parents
        : IntStream.concat(parents, IntStream.of(topology.dependencies(node)));
  }

  private MigrateException ambiguous(
      RevisionExpression item, String why, BitSet candidates, String step) {
    int example = candidates.nextSetBit(0);
    return new MigrateException(
        FailureCode.AMBIGUOUS_REVISION,
        "'" + item.text() + "' is ambiguous: " + why + ".",
        "Say which, with an id or a branch, for example -Dmigrate.to="
            + graph.at(example).id()
            + step
            + ".");
  }

  private static MigrateException runsOut(RevisionExpression item, int found, String direction) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "'"
            + item.text()
            + "' goes "
            + (direction.equals("above") ? "up " : "down ")
            + (Math.abs(item.steps()) == 1 ? "1 revision" : Math.abs(item.steps()) + " revisions")
            + ", and there "
            + (found == 0 ? "is none" : found == 1 ? "is only one" : "are only " + found)
            + " "
            + direction
            + ".",
        "Run 'mvn migrate:history' to see every revision.");
  }

  private ResolvedTarget base(RevisionExpression item, BitSet lineage) {
    return new ResolvedTarget.Base(lineage, !item.branch().isEmpty());
  }

  private static ResolvedTarget at(int node, BitSet lineage) {
    return new ResolvedTarget.At(node, lineage);
  }

  private static List<ResolvedTarget> each(BitSet nodes, BitSet lineage) {
    return nodes.stream().mapToObj(node -> at(node, lineage)).toList();
  }
}
