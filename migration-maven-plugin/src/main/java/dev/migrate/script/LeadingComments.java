package dev.migrate.script;

/** Finds where a statement really begins: Flyway hands it over with the comments before it. */
public final class LeadingComments {
  private LeadingComments() {}

  /**
   * @param sql a statement
   * @return the index of its first character that is neither white space nor part of a comment
   */
  public static int end(String sql) {
    int at = 0;
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        int line = sql.indexOf('\n', at);
        at = line < 0 ? sql.length() : line + 1;
      } else if (sql.startsWith("/*", at)) {
        at = endOfBlock(sql, at);
      } else {
        break;
      }
    }
    return at;
  }

  /**
   * Block comments nest in PostgreSQL.
   *
   * @param sql any SQL
   * @param start the index of the slash that begins one
   * @return the index behind it, or the end of the text when it is not closed
   */
  public static int endOfBlock(String sql, int start) {
    int depth = 0;
    int at = start;
    while (at < sql.length()) {
      if (sql.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (sql.startsWith("*/", at)) {
        depth--;
        at += 2;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }
}
