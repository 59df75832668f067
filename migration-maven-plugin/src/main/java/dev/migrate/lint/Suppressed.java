package dev.migrate.lint;

import java.util.Objects;

/**
 * A lint finding that a comment in the script has silenced.
 *
 * @param finding what was found
 * @param reason why it is all right, as the script or the build file says
 */
public record Suppressed(Finding finding, String reason) {
  /** Both are needed. */
  public Suppressed {
    Objects.requireNonNull(finding, "finding");
    Objects.requireNonNull(reason, "reason");
  }
}
