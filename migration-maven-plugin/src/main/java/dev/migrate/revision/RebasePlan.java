package dev.migrate.revision;

import java.util.List;

/**
 * The result of planning a rebase: the revisions of a branch with their new ids and parents.
 *
 * @param onto what its first revision revises afterwards
 * @param moves which revision becomes which, oldest first; empty when it is there already
 */
public record RebasePlan(Revision onto, List<Move> moves) {
  /** Copies what it is given. */
  public RebasePlan {
    moves = List.copyOf(moves);
  }

  /**
   * @return whether nothing has to be moved, because the branch is where it should be
   */
  public boolean isEmpty() {
    return moves.isEmpty();
  }

  /**
   * One revision of the branch.
   *
   * @param from as it is
   * @param to with its new id, parents and dependencies
   */
  public record Move(Revision from, Revision to) {}
}
