package dev.migrate.plan.rules;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the printed form of an IN list: {@code (a)::text = ANY ((ARRAY['x'::character
 * varying])::text[])} becomes {@code a IN ('x')}. PostgreSQL prints the one for the other, and
 * reads what it printed as something else; so this is not only shorter, it is the only way to get
 * the same expression again.
 */
final class InListText {
  private static final String LITERAL = "'(?:[^']|'')*'::(?:character varying|bpchar)";
  private static final Pattern LIST =
      Pattern.compile(
          "\\)::text (= ANY|<> ALL) \\(\\(ARRAY\\[("
              + LITERAL
              + "(?:, "
              + LITERAL
              + ")*)\\]\\)::text\\[\\]\\)");

  private InListText() {}

  static String written(String sql) {
    Matcher list = LIST.matcher(sql);
    StringBuilder result = new StringBuilder();
    int copied = 0;
    while (list.find()) {
      int open = opening(sql, list.start());
      if (open < copied) {
        continue;
      }
      result.append(sql, copied, open);
      result.append(operand(sql.substring(open + 1, list.start())));
      result.append(list.group(1).startsWith("=") ? " IN (" : " NOT IN (");
      result.append(list.group(2).replaceAll("::(character varying|bpchar)(?=, '|$)", ""));
      result.append(')');
      copied = list.end();
    }
    return result.append(sql.substring(copied)).toString();
  }

  private static String operand(String text) {
    return text.matches("[\\w.\"$]+") ? text : "(" + text + ")";
  }

  /** The parenthesis that a closing one belongs to; what is before it is balanced. */
  private static int opening(String sql, int close) {
    for (int open = sql.lastIndexOf('(', close); open >= 0; open = sql.lastIndexOf('(', open - 1)) {
      if (PrintedExpressions.closing(sql, open) == close) {
        return open;
      }
    }
    return -1;
  }
}
