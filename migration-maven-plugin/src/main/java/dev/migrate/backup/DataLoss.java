package dev.migrate.backup;

import dev.migrate.script.LeadingComments;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a script can take data away that no other script brings back. It errs on the side of a
 * backup too many: a statement whose effect cannot be read off it counts. Pure.
 */
public final class DataLoss {
  /** What the generated scripts say before such a statement. */
  private static final Pattern MARKER = Pattern.compile("(?m)^\\s*--\\s*LOSES DATA: (.*)$");

  private static final List<Pattern> LOSING =
      List.of(
          Pattern.compile(
              "^DROP (TABLE|FOREIGN TABLE|SCHEMA|TYPE|DOMAIN|SEQUENCE|EXTENSION|OWNED|DATABASE)\\b"),
          Pattern.compile("^DROP .* CASCADE$"),
          Pattern.compile(
              "^ALTER (TABLE|FOREIGN TABLE|TYPE)\\b.*\\bDROP"
                  + " (?!CONSTRAINT\\b|DEFAULT\\b|NOT NULL\\b|IDENTITY\\b|EXPRESSION\\b)"),
          Pattern.compile("^ALTER TABLE\\b.*\\b(SET DATA )?TYPE\\b"),
          Pattern.compile("^(WITH\\b.*\\b)?(TRUNCATE|DELETE FROM|UPDATE|MERGE INTO)\\b"),
          Pattern.compile("^INSERT\\b.*\\bDO UPDATE\\b"));

  private static final Pattern IN_BLOCK =
      Pattern.compile("\\b(DROP|TRUNCATE|DELETE|UPDATE|MERGE|EXECUTE|TYPE|CALL|PERFORM)\\b");

  private static final Pattern CALLED = Pattern.compile("([A-Z_0-9.]+) ?\\(");

  /** Functions, and words before a parenthesis, that take nothing away; all others may. */
  private static final Set<String> HARMLESS =
      Set.of(
          "SET_CONFIG",
          "CURRENT_SETTING",
          "SETVAL",
          "NEXTVAL",
          "CURRVAL",
          "LASTVAL",
          "COUNT",
          "MAX",
          "MIN",
          "SUM",
          "AVG",
          "COALESCE",
          "NULLIF",
          "GREATEST",
          "LEAST",
          "NOW",
          "LENGTH",
          "LOWER",
          "UPPER",
          "FORMAT",
          "CONCAT",
          "GENERATE_SERIES",
          "PG_GET_SERIAL_SEQUENCE",
          "TO_REGCLASS",
          "VERSION",
          "SELECT",
          "FROM",
          "WHERE",
          "AND",
          "OR",
          "NOT",
          "IN",
          "EXISTS",
          "ANY",
          "ALL",
          "AS",
          "ON",
          "USING",
          "CASE",
          "WHEN",
          "THEN",
          "ELSE",
          "CAST",
          "VALUES",
          "OVER",
          "FILTER",
          "JOIN",
          "UNION",
          "ROW",
          "ARRAY",
          "DISTINCT",
          "LATERAL",
          "LO_CREATE",
          "PG_ADVISORY_XACT_LOCK",
          "PG_SLEEP");

  private DataLoss() {}

  /**
   * @param text the script as it is
   * @param statements its statements
   * @return the first thing in it that can lose data, shortened for people; empty when nothing can
   */
  public static Optional<String> in(String text, List<String> statements) {
    Matcher marked = MARKER.matcher(text);
    if (marked.find()) {
      return Optional.of(marked.group(1).strip());
    }
    return statements.stream().filter(DataLoss::loses).map(DataLoss::shortened).findFirst();
  }

  private static boolean loses(String statement) {
    StringBuilder bodies = new StringBuilder();
    String plain = plain(statement, bodies);
    if (plain.startsWith("DO ")) {
      String body = plain(bodies.toString(), new StringBuilder());
      return body.isEmpty() || IN_BLOCK.matcher(body).find();
    }
    if (plain.startsWith("CALL ") || plain.startsWith("EXECUTE ")) {
      return true; // what a procedure does stands somewhere else
    }
    if (plain.startsWith("SELECT ") && callsUnknown(plain)) {
      return true;
    }
    return LOSING.stream().anyMatch(pattern -> pattern.matcher(plain).find());
  }

  /** Whether a query calls what somebody has written, which may do anything. */
  private static boolean callsUnknown(String query) {
    return CALLED
        .matcher(query)
        .results()
        .map(call -> call.group(1))
        .anyMatch(
            name -> {
              String own = name.startsWith("PG_CATALOG.") ? name.substring(11) : name;
              return !HARMLESS.contains(own);
            });
  }

  /**
   * Upper case, single spaces, without comments, texts and quoted names. By hand and in one pass: a
   * pattern with alternatives recurses for each character, and rows can be long.
   *
   * @param bodies gets what stands between dollars
   */
  private static String plain(String sql, StringBuilder bodies) {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = at + 1;
      if (sql.startsWith("--", at)) {
        end = LeadingComments.endOfLine(sql, at);
        plain.append(' ');
      } else if (sql.startsWith("/*", at)) {
        end = LeadingComments.endOfBlock(sql, at);
        plain.append(' ');
      } else if (c == '\'') {
        end = endOfText(sql, at);
        plain.append("''");
      } else if (c == '"') {
        end = endOf(sql, "\"", at + 1);
        plain.append('x');
      } else if (c == '$' && !dollars(sql, at).isEmpty()) {
        String tag = dollars(sql, at);
        end = endOf(sql, tag, at + tag.length());
        bodies.append(sql, at + tag.length(), Math.max(at + tag.length(), end - tag.length()));
        bodies.append(' ');
        plain.append(" x ");
      } else {
        plain.append(c);
      }
      at = end;
    }
    return plain
        .toString()
        .replaceAll("\\s+", " ")
        .replaceAll("[\\s;]+$", "")
        .strip()
        .toUpperCase(Locale.ROOT);
  }

  private static int endOf(String sql, String mark, int from) {
    int found = sql.indexOf(mark, from);
    return found < 0 ? sql.length() : found + mark.length();
  }

  /** A backslash means something only in a text that begins with E. */
  private static int endOfText(String sql, int start) {
    boolean escapes =
        start > 0
            && "eE".indexOf(sql.charAt(start - 1)) >= 0
            && (start == 1 || !Character.isJavaIdentifierPart(sql.charAt(start - 2)));
    int at = start + 1;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (c == '\\' && escapes) {
        at += 2;
      } else if (c != '\'') {
        at++;
      } else if (sql.startsWith("''", at)) {
        at += 2;
      } else {
        return at + 1;
      }
    }
    return sql.length();
  }

  /** The dollar quote that begins here; empty when none does. */
  private static String dollars(String sql, int start) {
    if (start > 0 && Character.isJavaIdentifierPart(sql.charAt(start - 1))) {
      return "";
    }
    int at = start + 1;
    while (at < sql.length()
        && sql.charAt(at) != '$'
        && Character.isJavaIdentifierPart(sql.charAt(at))) {
      at++;
    }
    boolean tag = at < sql.length() && sql.charAt(at) == '$';
    boolean parameter = at > start + 1 && Character.isDigit(sql.charAt(start + 1));
    return tag && !parameter ? sql.substring(start, at + 1) : "";
  }

  private static String shortened(String statement) {
    String line = statement.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 79) + "…";
  }
}
