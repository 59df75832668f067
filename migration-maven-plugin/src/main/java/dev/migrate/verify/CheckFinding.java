package dev.migrate.verify;

import dev.migrate.failure.MigrateException;
import java.util.List;
import java.util.Objects;

/**
 * One finding of a check: what is wrong, where, and what to do.
 *
 * @param subject the revision or file that it is about, or an empty text
 * @param problem what is wrong, in a sentence
 * @param remedy what to do about it, in a sentence
 * @param details the difference, line by line; often nothing
 */
public record CheckFinding(String subject, String problem, String remedy, List<String> details) {
  /** Copies what it is given. */
  public CheckFinding {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(remedy, "remedy");
    details = List.copyOf(details);
  }

  static CheckFinding of(String subject, String problem, String remedy) {
    return new CheckFinding(subject, problem, remedy, List.of());
  }

  static CheckFinding of(MigrateException e) {
    return of("", e.problem(), e.remedy());
  }
}
