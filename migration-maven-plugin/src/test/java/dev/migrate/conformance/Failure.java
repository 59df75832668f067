package dev.migrate.conformance;

/** A failure that belongs to the pair, not to whoever runs it. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  private final Outcome.Verdict verdict;
  private final String direction;
  private final String reason;
  private final String detail;

  Failure(Outcome.Verdict verdict, String direction, String reason, String detail) {
    super((direction.isEmpty() ? "" : direction + ": ") + reason);
    this.verdict = verdict;
    this.direction = direction;
    this.reason = reason;
    this.detail = detail;
  }

  Outcome outcome(String id, String source) {
    return new Outcome(id, source, verdict, direction, reason, detail);
  }

  Outcome.Verdict verdict() {
    return verdict;
  }

  String direction() {
    return direction;
  }

  String reason() {
    return reason;
  }

  String detail() {
    return detail;
  }
}
