package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.SqlState;
import java.sql.SQLException;
import java.util.Set;

/**
 * Detects psql meta-commands in a script, such as {@code \i other.sql}, or the {@code \restrict}
 * with which pg_dump begins. It stands where a statement begins, and PostgreSQL would call it a
 * syntax error.
 */
public final class PsqlCommand {
  private static final Set<String> INCLUDES =
      Set.of("\\i", "\\ir", "\\include", "\\include_relative");
  private static final Set<String> OF_DUMPS =
      Set.of("\\restrict", "\\unrestrict", "\\connect", "\\c");

  private PsqlCommand() {}

  /**
   * @param sql a statement, without the comments before it
   * @return whether it is none, but a command of psql
   */
  public static boolean is(String sql) {
    return sql.startsWith("\\");
  }

  /**
   * @param refused what PostgreSQL said to a statement
   * @return whether there is a command of psql in it, such as {@code \\gexec} at its end: nothing
   *     in SQL begins with a backslash
   */
  public static boolean isIn(SQLException refused) {
    return SqlState.SYNTAX_ERROR.is(refused)
        && String.valueOf(refused.getMessage()).contains("\"\\\"");
  }

  /**
   * @param code what kind of file it is that it does not belong into
   * @param file the file, as messages name it
   * @param line where the statement begins
   * @param sql the statement, without the comments before it
   * @param holder what it is a file of, such as {@code a model}
   * @param include what to do instead of including another file
   * @throws MigrateException with that code when it is a command of psql
   */
  public static void refuse(
      FailureCode code, String file, int line, String sql, String holder, String include) {
    if (!is(sql)) {
      return;
    }
    String command = sql.lines().findFirst().orElse("").strip();
    throw new MigrateException(
        code,
        "%s, line %d: \"%s\" is a command of psql and not SQL.".formatted(file, line, command),
        remedy(command, holder, include));
  }

  private static String remedy(String command, String holder, String include) {
    String word = command.split("\\s", 2)[0];
    if (INCLUDES.contains(word)) {
      return include;
    }
    String only = "; %s holds nothing but SQL.".formatted(holder);
    return OF_DUMPS.contains(word)
        ? "Remove the line, and all others of this file that begin with a backslash where no COPY is"
            + " under way: pg_dump writes them for psql"
            + only
        : "Remove the line" + only;
  }

  /**
   * @param holder what PostgreSQL has refused already, such as {@code a script}
   * @return what to do about a command in the middle of a statement
   */
  public static String remedyWithin(String holder) {
    return "What begins with a backslash is a command of psql and not SQL: end the statement with a"
        + " semicolon in its place; %s holds nothing but SQL.".formatted(holder);
  }
}
