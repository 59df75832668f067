package dev.migrate.report;

import java.util.Locale;

/** Formats sizes in bytes as people read them. */
public final class Sizes {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Sizes() {}

  /**
   * @param bytes a number of bytes
   * @return such as {@code 512 bytes}, {@code 1.5 MB}
   */
  public static String text(long bytes) {
    if (bytes < 1024) {
      return bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
