package dev.migrate.revision;

import java.util.List;
import java.util.Objects;

/**
 * The plan of a squash: which revisions a baseline replaces, and which branch labels it takes over.
 *
 * @param upTo the last revision that it replaces, whose id it gets
 * @param replaced every revision that it replaces, in version order
 * @param labels the branch labels that these carry
 */
public record SquashPlan(Revision upTo, List<Revision> replaced, List<String> labels) {
  /** Copies what it is given. */
  public SquashPlan {
    Objects.requireNonNull(upTo, "upTo");
    replaced = List.copyOf(replaced);
    labels = List.copyOf(labels);
  }
}
