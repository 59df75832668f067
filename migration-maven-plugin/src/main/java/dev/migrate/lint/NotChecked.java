package dev.migrate.lint;

import java.util.Objects;

/**
 * A statement that could not be linted, and why.
 *
 * @param place where it stands
 * @param reason why: the parser does not know it, PostgreSQL refused it, or it was never reached
 * @param statement its first line
 */
public record NotChecked(SourcePosition place, String reason, String statement) {
  /** All are needed. */
  public NotChecked {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(statement, "statement");
  }
}
