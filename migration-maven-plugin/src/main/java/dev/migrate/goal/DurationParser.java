package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parser of durations as people write them: {@code 5}, {@code 0.5}, {@code 500ms}, {@code 2m}. */
final class DurationParser {
  private static final Pattern SHAPE =
      Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,3})?)\\s*(ms|s|m|h)?");

  private DurationParser() {}

  /**
   * @param parameter its name without prefix, for the message
   * @param text the duration; a number without unit counts seconds
   * @return the duration
   * @throws MigrateException {@code INVALID_PARAMETER} when it is none
   */
  static Duration parse(String parameter, String text) {
    Matcher shape = SHAPE.matcher(text.strip());
    if (!shape.matches()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "-Dmigrate.%s=%s is not a duration.".formatted(parameter, text),
          "Give seconds (5, 0.5) or a number with a unit (500ms, 2m).");
    }
    int unit =
        switch (shape.group(2) == null ? "s" : shape.group(2)) {
          case "ms" -> 1;
          case "m" -> 60_000;
          case "h" -> 3_600_000;
          default -> 1_000;
        };
    return Duration.ofMillis(
        new BigDecimal(shape.group(1)).multiply(BigDecimal.valueOf(unit)).longValue());
  }
}
