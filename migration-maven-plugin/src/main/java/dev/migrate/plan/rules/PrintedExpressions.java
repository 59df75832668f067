package dev.migrate.plan.rules;

/** Normalises SQL expressions that PostgreSQL prints, without changing what they say. */
final class PrintedExpressions {
  private PrintedExpressions() {}

  /** {@code CHECK ((a > 0))} as people write it: {@code CHECK (a > 0)}. */
  static String unwrapped(String printed) {
    String definition = InListText.written(printed);
    String start = "CHECK ((";
    if (!definition.startsWith(start)) {
      return definition;
    }
    int close = closing(definition, start.length() - 1);
    if (close < 0 || close + 1 >= definition.length() || definition.charAt(close + 1) != ')') {
      return definition;
    }
    return "CHECK ("
        + definition.substring(start.length(), close)
        + definition.substring(close + 1);
  }

  /** Where the parenthesis at a position is closed, not counting what stands in quotes; or -1. */
  static int closing(String text, int open) {
    if (open < 0) {
      return -1;
    }
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        boolean escapes = c == '\'' && i > 0 && text.charAt(i - 1) == 'E';
        i = endOfQuote(text, i, c, escapes);
        if (i < 0) {
          return -1;
        }
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private static int endOfQuote(String text, int start, char quote, boolean escapes) {
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escapes && c == '\\') {
        i++;
      } else if (c == quote) {
        if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
          i++;
        } else {
          return i;
        }
      }
    }
    return -1;
  }
}
