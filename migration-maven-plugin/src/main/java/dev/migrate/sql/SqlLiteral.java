package dev.migrate.sql;

/** Quotes texts as SQL literals. This is the one place that doubles their quotes. */
public final class SqlLiteral {
  private SqlLiteral() {}

  /**
   * @param text any text
   * @return it as a literal, for sessions where {@code standard_conforming_strings} is on, as it is
   *     in every one of ours
   */
  public static String literal(String text) {
    return "'" + inside(text) + "'";
  }

  /**
   * @param text any text
   * @return it as a literal that means the same whatever {@code standard_conforming_strings} says
   */
  public static String escaped(String text) {
    return "E'" + inside(text.replace("\\", "\\\\")) + "'";
  }

  /**
   * @param quoted what stands between the quotes of a literal
   * @return the text
   */
  public static String unquoted(String quoted) {
    return quoted.replace("''", "'");
  }

  /**
   * @param text any text
   * @return what stands between the quotes of a literal of it
   */
  public static String inside(String text) {
    return text.replace("'", "''");
  }
}
