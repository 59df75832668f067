package dev.migrate.backup;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a script can take data away that no other script brings back. It errs on the side of a
 * backup too many: a statement whose effect cannot be read off it counts. Pure.
 */
public final class DataLoss {
  /** What the generated scripts say before such a statement. */
  private static final Pattern MARKER = Pattern.compile("(?m)^\\s*--\\s*LOSES DATA: (.*)$");

  private static final Pattern NOISE =
      Pattern.compile(
          "--[^\\n]*|/\\*.*?\\*/|[eE]?'(?:[^'\\\\]|''|\\\\.)*'|\"(?:[^\"]|\"\")*\"",
          Pattern.DOTALL);

  private static final Pattern BODY =
      Pattern.compile("\\$((?:[A-Za-z_][A-Za-z_0-9]*)?)\\$(.*?)\\$\\1\\$", Pattern.DOTALL);

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
      Pattern.compile("\\b(DROP|TRUNCATE|DELETE|UPDATE|MERGE|EXECUTE|TYPE|CALL)\\b");

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
    Matcher body = BODY.matcher(statement);
    StringBuilder outside = new StringBuilder();
    StringBuilder inside = new StringBuilder();
    int from = 0;
    while (body.find()) {
      outside.append(statement, from, body.start()).append(" x ");
      inside.append(body.group(2)).append(' ');
      from = body.end();
    }
    String plain = plain(outside.append(statement.substring(from)).toString());
    if (plain.startsWith("DO ") || plain.startsWith("CALL ")) {
      // What a procedure does stands somewhere else.
      return plain.startsWith("CALL ") || IN_BLOCK.matcher(plain(inside.toString())).find();
    }
    return LOSING.stream().anyMatch(pattern -> pattern.matcher(plain).find());
  }

  /** Upper case, single spaces, without comments, texts and quoted names. */
  private static String plain(String sql) {
    return NOISE
        .matcher(sql)
        .replaceAll(
            found ->
                found.group().startsWith("\"") ? "x" : found.group().endsWith("'") ? "''" : " ")
        .replaceAll("\\s+", " ")
        .replaceAll("[\\s;]+$", "")
        .strip()
        .toUpperCase(java.util.Locale.ROOT);
  }

  private static String shortened(String statement) {
    String line = statement.strip().replaceAll("\\s+", " ");
    return line.length() <= 80 ? line : line.substring(0, 79) + "…";
  }
}
