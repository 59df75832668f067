package dev.migrate.revision;

import java.util.BitSet;

/**
 * What one item of a revision expression stands for in a graph: a revision, base, or steps back
 * from where the database is.
 */
sealed interface ResolvedTarget {

  /**
   * A revision.
   *
   * @param node its number
   * @param lineage the branch that was named with it; the whole graph when none was
   */
  record At(int node, BitSet lineage) implements ResolvedTarget {}

  /**
   * Before the first revision.
   *
   * @param lineage of which branch; the whole graph when none was named
   * @param branched whether a branch was named
   */
  record Base(BitSet lineage, boolean branched) implements ResolvedTarget {}

  /**
   * Steps back from where the database is.
   *
   * @param taken the revisions that these steps take back
   */
  record Back(BitSet taken) implements ResolvedTarget {}
}
