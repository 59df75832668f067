package dev.migrate.conformance;

/**
 * What became of a case.
 *
 * @param id the case
 * @param source where it comes from
 * @param verdict whether it passed
 * @param direction the plan that failed: {@code up} or {@code down}; empty when none did
 * @param reason the kind of failure, short enough to group by
 * @param detail everything that helps to understand it
 */
record Outcome(
    String id, String source, Verdict verdict, String direction, String reason, String detail) {
  enum Verdict {
    PASSED,
    /** The planner says by name that PostgreSQL cannot do it. */
    REFUSED,
    /** Our own proof said no, or did not get that far. */
    FAILED,
    /** Our own proof said yes and the judge said no: the worst. */
    DECEIVED
  }
}
