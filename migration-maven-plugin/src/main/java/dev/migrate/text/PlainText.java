package dev.migrate.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sanitises text from a database, a file or a server for people: control characters are shown, not
 * done. A name, a comment or a notice that comes from a database, a file or a server is data: it
 * must not end the line that it stands on, hide or turn round what stands beside it, or tell a
 * terminal what to do. Whatever could is shown instead of done: a line end as {@code \n}, an escape
 * character as <code>\</code>{@code u001b}.
 */
public final class PlainText {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n");
  private static final String INDENT = "  ";

  private PlainText() {}

  /**
   * @param text any text
   * @return the same on one line, without control characters
   */
  public static String line(String text) {
    return shown(text, "");
  }

  /**
   * @param text any text of several lines
   * @return its lines without control characters; all but the first are indented, so that none of
   *     them looks like a line of its own
   */
  public static List<String> lines(String text) {
    return lines(text, INDENT);
  }

  /**
   * @param text any text of several lines
   * @param indent what every line but the first begins with, unless it is indented already
   * @return its lines, without control characters
   */
  public static List<String> lines(String text, String indent) {
    List<String> lines = new ArrayList<>();
    for (String line : LINE_END.split(text, -1)) {
      String shown = shown(line, "\t");
      boolean further = !lines.isEmpty() && !shown.isEmpty() && !shown.startsWith(INDENT);
      lines.add(further ? indent + shown : shown);
    }
    while (lines.size() > 1 && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  /**
   * @param text any text of several lines
   * @return the same with its line ends, and without other control characters
   */
  public static String text(String text) {
    return shown(text.replace("\r\n", "\n"), "\n\t").replace("\n", System.lineSeparator());
  }

  /**
   * @param codePoint a character
   * @return whether it is one that people see, or a space
   */
  public static boolean isPlain(int codePoint) {
    if (codePoint >= ' ' && codePoint < 0x7F) {
      return true;
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT, // marks that turn the direction of text, and those without width
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> // one without its other half
          false;
      default -> (codePoint & 0xFFFE) != 0xFFFE && !(codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
    };
  }

  private static String shown(String text, String but) {
    int at = 0;
    while (at < text.length() && isPlain(text.codePointAt(at), but)) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.substring(0, at));
    while (at < text.length()) {
      int c = text.codePointAt(at);
      shown.append(isPlain(c, but) ? Character.toString(c) : escaped(c));
      at += Character.charCount(c);
    }
    return shown.toString();
  }

  private static boolean isPlain(int codePoint, String but) {
    return isPlain(codePoint) || but.indexOf(codePoint) >= 0;
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> {
        StringBuilder units = new StringBuilder();
        for (char unit : Character.toChars(codePoint)) {
          units.append("\\u%04x".formatted((int) unit));
        }
        yield units.toString();
      }
    };
  }
}
