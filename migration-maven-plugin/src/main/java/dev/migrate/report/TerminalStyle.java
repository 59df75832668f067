package dev.migrate.report;

import dev.migrate.text.PlainText;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * ANSI colours on a terminal, plain text in a log. A line carries marks where its colour changes;
 * only where it is printed do they become escape sequences, and whatever else could give a terminal
 * orders is made harmless. Nobody who has named a table can know what the marks of this run are.
 */
public enum TerminalStyle {
  /** No escape sequences. */
  PLAIN,
  /** ANSI escape sequences. */
  COLOUR;

  private static final int RED = 31;
  private static final int GREEN = 32;
  private static final int YELLOW = 33;
  private static final int DEFAULT = 0;

  private static final String MARK =
      "\uE0F1%016x\uE0F2".formatted(ThreadLocalRandom.current().nextLong());
  private static final Pattern COLOURED = Pattern.compile(MARK + "(\\d+);");

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
    return this == PLAIN ? text : mark(colour) + text + mark(DEFAULT);
  }

  private static String mark(int colour) {
    return MARK + colour + ";";
  }

  /**
   * @param text a line of a result, or several
   * @return the lines as they are printed on a console, with nothing in them that a terminal obeys
   *     but our colours; those behind the first are indented
   */
  public static List<String> onConsole(String text) {
    return PlainText.lines(text).stream()
        .map(line -> COLOURED.matcher(line).replaceAll("\u001B[$1m"))
        .toList();
  }

  /**
   * @param text a line of a result, or several
   * @return the lines as they are written to a file, without colour
   */
  static List<String> inFile(String text) {
    return PlainText.lines(text).stream()
        .map(line -> COLOURED.matcher(line).replaceAll(""))
        .toList();
  }
}
