package dev.migrate.lint;

import java.util.Locale;

/** How a lint rule finds what it finds: from the statement's text, from the run, or from both. */
public enum Detection {
  /** By reading the statement; that the table was there before, the run tells. */
  READ,
  /** Only the run shows it. */
  WATCHED,
  /** By reading; the run shows where it does no harm. */
  BOTH;

  /**
   * @return its name in the documents
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
