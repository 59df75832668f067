package dev.migrate.script;

/**
 * Parser of a SQL comment line that starts with two dashes: {@code -- key: value}, or some text.
 * Taken apart by hand, because every script of a project is read whenever a goal looks at it, and a
 * goal that only looks must not take long.
 *
 * @param key the key, or null when it is text
 * @param start where the value or the text starts in the line
 * @param end where it ends
 */
record CommentLine(RevisionHeader.Key key, int start, int end) {
  /**
   * @param line a line without its end
   */
  static CommentLine of(String line) {
    int dashes = skipSpace(line, 0);
    if (!line.startsWith("--", dashes)) {
      return new CommentLine(null, line.length(), line.length());
    }
    int word = skipSpace(line, dashes + 2);
    int wordEnd = word;
    while (wordEnd < line.length() && isLetter(line.charAt(wordEnd))) {
      wordEnd++;
    }
    int colon = skipSpace(line, wordEnd);
    if (wordEnd > word && colon < line.length() && line.charAt(colon) == ':') {
      RevisionHeader.Key key = RevisionHeader.Key.of(line.substring(word, wordEnd));
      if (key != null) {
        int value = skipSpace(line, colon + 1);
        int end = endOfText(line, value);
        // A message may speak of a format; one that is no number is none of a header's.
        if (key != RevisionHeader.Key.FORMAT || line.substring(value, end).matches("\\d{1,9}")) {
          return new CommentLine(key, value, end);
        }
      }
    }
    int text = dashes;
    while (text < line.length() && line.charAt(text) == '-') {
      text++;
    }
    text = skipSpace(line, text);
    return new CommentLine(null, text, endOfText(line, text));
  }

  private static int skipSpace(String line, int from) {
    int at = from;
    while (at < line.length() && isSpace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfText(String line, int start) {
    int end = line.length();
    while (end > start && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
