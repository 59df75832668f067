package dev.migrate.report;

/** Colour on a terminal, plain text in a log. */
public enum Style {
  /** No escape sequences. */
  PLAIN,
  /** ANSI escape sequences. */
  COLOUR;

  private static final int RED = 31;
  private static final int GREEN = 32;
  private static final int YELLOW = 33;

  String good(String text) {
    return painted(GREEN, text);
  }

  String waiting(String text) {
    return painted(YELLOW, text);
  }

  String bad(String text) {
    return painted(RED, text);
  }

  private String painted(int colour, String text) {
    return this == PLAIN ? text : "\u001B[" + colour + "m" + text + "\u001B[0m";
  }
}
