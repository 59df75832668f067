package dev.migrate.script;

/**
 * Skips comments at the start of a statement: Flyway hands a statement over with the comments
 * before it.
 */
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
        at = endOfLine(sql, at);
      } else if (sql.startsWith("/*", at)) {
        at = endOfBlock(sql, at);
      } else {
        break;
      }
    }
    return at;
  }

  /**
   * @param sql a script
   * @return whether it has no statement: white space, comments and semicolons are all of it
   */
  static boolean isAll(String sql) {
    int at = end(sql);
    while (at < sql.length() && sql.charAt(at) == ';') {
      at += 1 + end(sql.substring(at + 1));
    }
    return at >= sql.length();
  }

  /**
   * For PostgreSQL a return ends a line, too: behind it stands a statement.
   *
   * @param sql any SQL
   * @param start the index of the hyphens that begin a comment
   * @return the index of its line end, or the end of the text
   */
  public static int endOfLine(String sql, int start) {
    int at = start;
    while (at < sql.length() && sql.charAt(at) != '\n' && sql.charAt(at) != '\r') {
      at++;
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
