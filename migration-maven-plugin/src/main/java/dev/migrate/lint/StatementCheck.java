package dev.migrate.lint;

/** Looks at one statement after the other. */
interface StatementCheck {
  /**
   * @param subject a statement that has run
   * @param past what those before it have left
   * @param findings takes what is found
   */
  void look(LintedStatement subject, ScriptState past, Findings findings);
}
