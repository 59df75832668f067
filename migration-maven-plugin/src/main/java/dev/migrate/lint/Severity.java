package dev.migrate.lint;

import java.util.Locale;

/** Severity of a lint finding, mildest first. */
public enum Severity {
  /** Worth knowing; nothing stops. */
  NOTE,
  /** Can hurt, depending on what only people know: who uses it, how large it is. */
  WARNING,
  /** Fails, or makes others wait for as long as it works on the rows. */
  ERROR;

  /**
   * @return its name in output
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
