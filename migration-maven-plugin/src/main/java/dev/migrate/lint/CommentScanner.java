package dev.migrate.lint;

import dev.migrate.script.LeadingComments;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lexer that finds the comments of a SQL script; what looks like one inside a quote is none. */
final class CommentScanner {
  private static final Pattern DOLLAR = Pattern.compile("\\$([\\p{L}_][\\p{L}\\p{N}_]*)?\\$");

  private final String text;
  private final List<Comment> found = new ArrayList<>();

  private CommentScanner(String text) {
    this.text = text;
  }

  /**
   * A comment of one line.
   *
   * @param offset where it starts
   * @param content what follows the two hyphens
   */
  record Comment(int offset, String content) {}

  /** All comments of one line, in order. */
  static List<Comment> in(String text) {
    CommentScanner comments = new CommentScanner(text);
    int at = 0;
    while (at < text.length()) {
      at = comments.next(at);
    }
    return comments.found;
  }

  /** Where to go on after what begins here. */
  private int next(int at) {
    char c = text.charAt(at);
    if (text.startsWith("--", at)) {
      int end = LeadingComments.endOfLine(text, at);
      found.add(new Comment(at, text.substring(at + 2, end).strip()));
      return end;
    }
    if (text.startsWith("/*", at)) {
      return LeadingComments.endOfBlock(text, at);
    }
    if (c == '\'') {
      boolean escapes =
          at > 0
              && Character.toLowerCase(text.charAt(at - 1)) == 'e'
              && (at == 1 || !Character.isLetterOrDigit(text.charAt(at - 2)));
      return endOfQuote(at, escapes);
    }
    if (c == '"') {
      return after("\"", at + 1);
    }
    if (c == '$' && (at == 0 || !isNamePart(text.charAt(at - 1)))) {
      Matcher quote = DOLLAR.matcher(text).region(at, text.length());
      if (quote.lookingAt()) {
        return after(quote.group(), quote.end());
      }
    }
    return at + 1;
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private int endOf(String what, int from) {
    int end = text.indexOf(what, from);
    return end < 0 ? text.length() : end;
  }

  private int after(String what, int from) {
    return Math.min(text.length(), endOf(what, from) + what.length());
  }

  private int endOfQuote(int start, boolean escapes) {
    for (int at = start + 1; at < text.length(); at++) {
      if (escapes && text.charAt(at) == '\\') {
        at++;
      } else if (text.charAt(at) == '\'') {
        return at + 1;
      }
    }
    return text.length();
  }
}
