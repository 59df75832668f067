package dev.migrate.sql;

import dev.migrate.text.PlainText;

/**
 * Formats a SQL comment line: one line behind two hyphens, whatever is said in it. It holds neither
 * a line end, behind which the rest would be a statement, nor a placeholder, for which Flyway would
 * look for a value.
 */
public final class SqlComment {
  private SqlComment() {}

  /**
   * @param text what it says
   * @return the comment with its line end
   */
  public static String line(String text) {
    return ("-- " + PlainText.line(text).replace("${", "$ {")).stripTrailing() + "\n";
  }
}
