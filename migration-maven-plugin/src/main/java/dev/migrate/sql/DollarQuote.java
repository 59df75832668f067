package dev.migrate.sql;

/** Dollar-quotes a text for SQL, with a tag that does not occur in it. */
public final class DollarQuote {
  private DollarQuote() {}

  /**
   * @param text any text
   * @param name what may stand between the dollars, such as {@code migrate}; empty for nothing
   * @return the text between dollars, with a number behind the name if the text needs one
   */
  public static String of(String text, String name) {
    String tag = "$" + name + "$";
    for (int i = 1; holds(text, tag); i++) {
      tag = "$" + (name.isEmpty() ? "body" : name) + i + "$";
    }
    return tag + text + tag;
  }

  /** A dollar at its end would make the first of the tag's two dollars its own. */
  private static boolean holds(String text, String tag) {
    return (text + tag).indexOf(tag) < text.length();
  }
}
