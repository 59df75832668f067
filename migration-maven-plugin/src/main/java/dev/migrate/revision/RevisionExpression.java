package dev.migrate.revision;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of a revision expression, what a person writes to name a revision: {@code
 * [branch@]symbol[±steps]}, where the symbol is a word, an id, the beginning or end of one, or a
 * label, and may be missing when there are steps.
 *
 * @param text as it was written
 * @param branch the label or id before the {@code @}, or empty
 * @param symbol the word, id or label, or empty
 * @param steps how far to go from there; 0 when nothing is said
 */
record RevisionExpression(String text, String branch, String symbol, int steps) {
  private static final Pattern SYNTAX =
      Pattern.compile("(?:([^@]+)@)?([^@+:\\-\\s]*)([+-][0-9]{1,9})?");
  private static final List<String> WORDS = List.of("head", "heads", "base", "current");

  /** The items of a comma separated list. */
  static List<RevisionExpression> list(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .map(RevisionExpression::of)
        .toList();
  }

  static RevisionExpression of(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    boolean matches = matcher.matches();
    String steps = matches && matcher.group(3) != null ? matcher.group(3) : "";
    if (!matches || (matcher.group(2).isEmpty() && steps.isEmpty())) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "'" + text + "' is not a way to name a revision.",
          "Write an id, the beginning or end of one, head, heads, base, current, a step such as -1 or +2,"
              + " id+1, id-1, label@head, or several of them with commas between.");
    }
    int count = steps.isEmpty() ? 0 : Integer.parseInt(steps);
    if (!steps.isEmpty() && count == 0) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "'" + text + "' is a step of nothing.",
          "Write at least one step, for example -1 or +1.");
    }
    String branch = matcher.group(1) == null ? "" : matcher.group(1).strip();
    return new RevisionExpression(text, branch, word(matcher.group(2)), count);
  }

  boolean isRelativeToCurrent() {
    return steps != 0 && (symbol.isEmpty() || symbol.equals("current"));
  }

  private static String word(String symbol) {
    String lower = symbol.toLowerCase(Locale.ROOT);
    return WORDS.contains(lower) ? lower : symbol;
  }
}
