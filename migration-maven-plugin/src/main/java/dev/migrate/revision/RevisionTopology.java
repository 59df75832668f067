package dev.migrate.revision;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Adjacency arrays of the revision graph, whose nodes are numbered in topological order. A child
 * has a greater id than what it builds on, so this order is topological, and every closure is one
 * sweep over the nodes without a stack.
 */
final class RevisionTopology {
  private static final int[] NONE = {};

  private final int[][] parents;
  private final int[][] children;
  private final int[][] dependencies;
  private final int[][] dependants;

  /**
   * @param parents for each node the nodes it revises
   * @param dependencies for each node the nodes it depends on
   */
  RevisionTopology(int[][] parents, int[][] dependencies) {
    this.parents = parents;
    this.dependencies = dependencies;
    this.children = reversed(parents);
    this.dependants = reversed(dependencies);
  }

  int size() {
    return parents.length;
  }

  int[] parents(int node) {
    return parents[node];
  }

  int[] children(int node) {
    return children[node];
  }

  int[] dependencies(int node) {
    return dependencies[node];
  }

  int[] dependants(int node) {
    return dependants[node];
  }

  BitSet all() {
    BitSet all = new BitSet(size());
    all.set(0, size());
    return all;
  }

  BitSet bases() {
    return where(node -> parents[node].length == 0);
  }

  BitSet heads() {
    BitSet heads = new BitSet(size());
    for (int node = 0; node < size(); node++) {
      if (children[node].length == 0) {
        heads.set(node);
      }
    }
    return heads;
  }

  BitSet where(IntPredicate condition) {
    BitSet found = new BitSet(size());
    IntStream.range(0, size()).filter(condition).forEach(found::set);
    return found;
  }

  /** The nodes themselves and everything they build on. */
  BitSet down(BitSet from, Edges edges) {
    BitSet closure = (BitSet) from.clone();
    for (int node = closure.length() - 1; node >= 0; node = closure.previousSetBit(node - 1)) {
      mark(closure, parents[node]);
      if (edges == Edges.ALL) {
        mark(closure, dependencies[node]);
      }
    }
    return closure;
  }

  /** The nodes themselves and everything that builds on them. */
  BitSet up(BitSet from, Edges edges) {
    BitSet closure = (BitSet) from.clone();
    for (int node = closure.nextSetBit(0); node >= 0; node = closure.nextSetBit(node + 1)) {
      mark(closure, children[node]);
      if (edges == Edges.ALL) {
        mark(closure, dependants[node]);
      }
    }
    return closure;
  }

  /** The node, what it builds on and what builds on it, without dependencies: its branch. */
  BitSet lineage(int node) {
    BitSet lineage = down(only(node), Edges.LINEAGE);
    lineage.or(up(only(node), Edges.LINEAGE));
    return lineage;
  }

  /** The members that no other member builds on, however far away. */
  BitSet maxima(BitSet members, Edges edges) {
    BitSet below = new BitSet(size());
    BitSet maxima = new BitSet(size());
    int highest = members.length() - 1;
    for (int node = highest; node >= 0; node--) {
      boolean covered = below.get(node);
      if (!covered && !members.get(node)) {
        continue;
      }
      if (!covered) {
        maxima.set(node);
      }
      mark(below, parents[node]);
      if (edges == Edges.ALL) {
        mark(below, dependencies[node]);
      }
    }
    return maxima;
  }

  static BitSet only(int node) {
    BitSet one = new BitSet(node + 1);
    one.set(node);
    return one;
  }

  private static void mark(BitSet set, int[] nodes) {
    for (int node : nodes) {
      set.set(node);
    }
  }

  private static int[][] reversed(int[][] edges) {
    int[] counts = new int[edges.length];
    for (int[] targets : edges) {
      for (int target : targets) {
        counts[target]++;
      }
    }
    int[][] reversed = new int[edges.length][];
    for (int node = 0; node < edges.length; node++) {
      reversed[node] = counts[node] == 0 ? NONE : new int[counts[node]];
    }
    Arrays.fill(counts, 0);
    for (int node = 0; node < edges.length; node++) {
      for (int target : edges[node]) {
        reversed[target][counts[target]++] = node;
      }
    }
    return reversed;
  }

  /** Which edges a walk follows. */
  enum Edges {
    /** From child to parent only. */
    LINEAGE,
    /** Dependencies, too. */
    ALL
  }
}
