package dev.migrate.lint;

import java.util.Objects;

/**
 * One lint finding: the rule, the place and the message.
 *
 * @param rule the rule
 * @param place where
 * @param subject the table or object that it is about, as SQL names it; may be empty
 * @param statement the line of the statement that shows it
 */
public record Finding(Rule rule, SourcePosition place, String subject, String statement) {
  /** All are needed. */
  public Finding {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(statement, "statement");
  }
}
