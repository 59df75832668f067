package dev.migrate.it;

import java.time.Duration;
import java.util.List;

/**
 * A build that has ended.
 *
 * @param command what was run
 * @param exitCode what it ended with: 0 for success
 * @param output everything that it wrote
 * @param duration how long it took, the start of the JVM included
 */
public record Build(List<String> command, int exitCode, String output, Duration duration) {
  public Build {
    command = List.copyOf(command);
  }

  /**
   * @return this build
   * @throws AssertionError with the whole output if it failed
   */
  public Build succeeds() {
    if (exitCode != 0) {
      throw new AssertionError("Should succeed: " + this);
    }
    return this;
  }

  /**
   * @return this build
   * @throws AssertionError with the whole output if it succeeded
   */
  public Build fails() {
    if (exitCode == 0) {
      throw new AssertionError("Should fail: " + this);
    }
    return this;
  }

  /**
   * @param texts what the output holds, each somewhere
   * @return this build
   * @throws AssertionError with the whole output if one is missing
   */
  public Build says(String... texts) {
    for (String text : texts) {
      if (!output.contains(text)) {
        throw new AssertionError("Should say '" + text + "': " + this);
      }
    }
    return this;
  }

  /**
   * @param texts what the output does not hold anywhere
   * @return this build
   * @throws AssertionError with the whole output if one is there
   */
  public Build saysNothingOf(String... texts) {
    for (String text : texts) {
      if (output.contains(text)) {
        throw new AssertionError("Should not say '" + text + "': " + this);
      }
    }
    return this;
  }

  @Override
  public String toString() {
    return "exit code %d after %d ms of %s%n%s"
        .formatted(exitCode, duration.toMillis(), String.join(" ", command), output);
  }
}
