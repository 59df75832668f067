package dev.migrate.history;

import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.inQuotes;

import dev.migrate.revision.RevisionId;
import dev.migrate.sql.DollarQuote;
import dev.migrate.sql.SqlComment;

/**
 * A Flyway callback script ({@code beforeMigrate}) that lies beside a baseline and stops a database
 * which has applied only a part of what the baseline has replaced. This project asks where a
 * database stands before it hands anything to Flyway; an application that starts with Flyway alone
 * would leave out, on a database in the middle of what the baseline has replaced, what is missing
 * there, and go on.
 */
public final class BaselineGuard {
  private BaselineGuard() {}

  /**
   * @param options how the history is kept
   * @param baseline the version of the baseline
   * @param remedy what to do with a database that is stopped, in one line
   * @return the script
   */
  public static String sql(HistoryOptions options, RevisionId baseline, String remedy) {
    String name = inQuotes(options.table());
    String table = options.schema().map(schema -> inQuotes(schema) + "." + name).orElse(name);
    String number = baseline.toString().replace('.', ',');
    String body =
        """

        DECLARE
          history regclass := to_regclass(%1$s);
          amid boolean;
        BEGIN
          IF history IS NULL THEN
            RETURN;
          END IF;
          EXECUTE format(
            'SELECT bool_or(number < ARRAY[%2$s]::numeric[])
                AND NOT bool_or(number >= ARRAY[%2$s]::numeric[])
               FROM (SELECT DISTINCT ON (version)
                            type,
                            string_to_array(replace(version, ''_'', ''.''), ''.'')::numeric[] AS number
                       FROM %%s
                      WHERE version IS NOT NULL AND success
                      ORDER BY version, installed_rank DESC) AS last
              WHERE type NOT IN (''DELETE'', ''SCHEMA'') AND left(type, 4) <> ''UNDO'' ',
            history)
            INTO amid;
          IF amid THEN
            RAISE EXCEPTION USING
              MESSAGE = %3$s,
              HINT = %4$s;
          END IF;
        END
        """
            .formatted(
                literal(table),
                number,
                literal(
                    "This database stands in the middle of what the baseline %s has replaced"
                        .formatted(baseline)),
                literal(remedy));
    return SqlComment.line(
            "Runs before every migration, and stops it on a database that stands in the middle of what")
        + SqlComment.line(
            "the baseline %s has replaced. Remove it when no such database is left."
                .formatted(baseline))
        + "DO "
        + DollarQuote.of(body, "guard")
        + ";\n";
  }

  /**
   * @return whether it is such a guard, which only looks
   */
  public static boolean is(String script) {
    HistoryOptions any = HistoryOptions.defaults();
    return plain(script).equals(plain(sql(any, RevisionId.of("1"), "")));
  }

  /** Without what differs from one guard to the other. */
  private static String plain(String script) {
    return script
        .replaceAll("\\R", "\n")
        .replaceAll("baseline [0-9._]+", "baseline")
        .replaceAll("ARRAY\\[[0-9,]+]", "ARRAY[]")
        .replaceAll("(to_regclass\\(|MESSAGE = |HINT = )'(?:[^']|'')*+'", "$1''");
  }
}
