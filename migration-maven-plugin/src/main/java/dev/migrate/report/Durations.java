package dev.migrate.report;

import java.time.Duration;
import java.util.Locale;

/** Formats durations as people read them. */
public final class Durations {
  private Durations() {}

  /**
   * @param duration how long something took
   * @return such as {@code 12 ms}, {@code 3.4 s}, {@code 2 min 05 s}
   */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
    long seconds = duration.toSeconds();
    return seconds < 3_600
        ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3_600, seconds / 60 % 60);
  }
}
