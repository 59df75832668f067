package dev.migrate.revision;

import java.util.List;
import java.util.Objects;

/**
 * The plan of an upgrade or a downgrade: which revisions it runs, in order, from one applied set.
 */
public sealed interface RevisionPlan {

  /**
   * @return the revisions to run (upward, oldest first) or to undo (downward, newest first)
   */
  List<Revision> revisions();

  /**
   * @return where the database is afterwards: the heads of the applied set, none for base
   */
  List<Revision> headsAfter();

  /**
   * Something to do.
   *
   * @param revisions in the order of execution
   * @param headsBefore where the database is now
   * @param headsAfter where it is afterwards
   * @param remark a sentence about that, where it is not what was asked for by name; else empty
   */
  record Steps(
      List<Revision> revisions,
      List<Revision> headsBefore,
      List<Revision> headsAfter,
      String remark)
      implements RevisionPlan {
    /** Ends where it was asked to. */
    public Steps(List<Revision> revisions, List<Revision> headsBefore, List<Revision> headsAfter) {
      this(revisions, headsBefore, headsAfter, "");
    }

    /** Copies what it is given. */
    public Steps {
      Objects.requireNonNull(remark, "remark");
      revisions = List.copyOf(revisions);
      headsBefore = List.copyOf(headsBefore);
      headsAfter = List.copyOf(headsAfter);
    }
  }

  /**
   * Nothing to do.
   *
   * @param reason why, for programs
   * @param explanation why, as a sentence
   * @param headsAfter where the database is and stays
   */
  record Nothing(Reason reason, String explanation, List<Revision> headsAfter)
      implements RevisionPlan {
    /** Copies what it is given. */
    public Nothing {
      headsAfter = List.copyOf(headsAfter);
    }

    @Override
    public List<Revision> revisions() {
      return List.of();
    }
  }

  /** Why a plan is empty. */
  enum Reason {
    /** There are no revision files. */
    NO_REVISIONS,
    /** The database is exactly where it should go. */
    ALREADY_THERE,
    /** Upward: what was asked for is applied, and something above it, too. */
    ALREADY_ABOVE,
    /** Downward: nothing is applied. */
    NOTHING_APPLIED
  }
}
