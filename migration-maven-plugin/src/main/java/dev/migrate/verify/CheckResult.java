package dev.migrate.verify;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * The result of one check: passed, failed, skipped or not run, with its findings.
 *
 * @param check which one
 * @param status how it ended
 * @param summary what was looked at, or why it was not
 * @param findings what is wrong; not empty exactly when it failed
 * @param notes what somebody should know all the same
 * @param took how long it took
 */
public record CheckResult(
    Check check,
    Status status,
    String summary,
    List<CheckFinding> findings,
    List<String> notes,
    Duration took) {

  /** How a check can end. */
  public enum Status {
    /** It is as it should be. */
    PASSED,
    /** It is not. */
    FAILED,
    /** Nobody wanted to know, or there is nothing to look at. */
    SKIPPED,
    /** It could not be found out. */
    NOT_RUN;

    /**
     * @return how people read it
     */
    public String text() {
      return this == NOT_RUN ? "not run" : name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Copies what it is given. */
  public CheckResult {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(took, "took");
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
    if (findings.isEmpty() == (status == Status.FAILED)) {
      throw new IllegalArgumentException(status + " with " + findings.size() + " findings");
    }
  }

  static CheckResult passed(Check check, String summary, List<String> notes) {
    return new CheckResult(check, Status.PASSED, summary, List.of(), notes, Duration.ZERO);
  }

  static CheckResult skipped(Check check, String reason) {
    return new CheckResult(check, Status.SKIPPED, reason, List.of(), List.of(), Duration.ZERO);
  }

  static CheckResult notRun(Check check, String reason) {
    return new CheckResult(check, Status.NOT_RUN, reason, List.of(), List.of(), Duration.ZERO);
  }

  static CheckResult of(
      Check check, String summary, List<CheckFinding> findings, List<String> notes) {
    Status status = findings.isEmpty() ? Status.PASSED : Status.FAILED;
    return new CheckResult(check, status, summary, findings, notes, Duration.ZERO);
  }

  CheckResult after(Duration duration) {
    return new CheckResult(check, status, summary, findings, notes, duration);
  }

  /**
   * @return whether a release may go on
   */
  public boolean fine() {
    return status == Status.PASSED || status == Status.SKIPPED;
  }
}
