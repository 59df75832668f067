package dev.migrate.script;

import java.util.regex.Pattern;

/**
 * Detects scripts that control their own transaction ({@code BEGIN; … COMMIT;}), as plain Flyway
 * lets them. Outside a transaction of ours they do what their author meant, and what they have
 * committed stays when they stop half-way.
 */
final class TransactionControl {
  /** In PL/pgSQL no semicolon follows BEGIN; without one of these, END ends a block. */
  private static final Pattern BEGINS =
      Pattern.compile("(?im)\\b(?:begin|start\\s+transaction)\\b[^;\\n]*;");

  /** Ends a transaction; to a savepoint it may go back. */
  private static final Pattern ENDS =
      Pattern.compile(
          "(?is)^(COMMIT|END|ROLLBACK(?!\\s+(WORK\\s+|TRANSACTION\\s+)?TO)|ABORT|PREPARE\\s+TRANSACTION)\\b.*");

  /** Scripts without such a word need not be taken apart. */
  private static final Pattern ENDING_WORD =
      Pattern.compile("(?i)\\b(?:commit|rollback|abort|prepare\\s+transaction)\\b");

  private TransactionControl() {}

  /**
   * @param text a script
   * @return whether a statement of it ends the transaction; bodies of functions are no statements
   */
  static boolean in(String text) {
    boolean perhaps = ENDING_WORD.matcher(text).find() || BEGINS.matcher(text).find();
    return perhaps
        && ScriptReader.statements(text).stream()
            .anyMatch(sql -> ENDS.matcher(sql.substring(LeadingComments.end(sql))).matches());
  }
}
