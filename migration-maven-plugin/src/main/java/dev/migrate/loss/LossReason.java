package dev.migrate.loss;

import java.util.Optional;

/** The reason why a statement can lose data, or none. */
final class LossReason {
  /** It says so itself. */
  static final Optional<String> LOSES = Optional.of("");

  static final Optional<String> NOTHING = Optional.empty();

  private LossReason() {}

  /** Something to ask, the first answer of which is enough. */
  interface Question {
    Optional<String> ask();
  }

  static Optional<String> first(Question... questions) {
    for (Question question : questions) {
      Optional<String> why = question.ask();
      if (why.isPresent()) {
        return why;
      }
    }
    return NOTHING;
  }
}
