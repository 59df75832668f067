package dev.migrate.lint;

/** Interface of a group of lint rules, which looks at one statement after the other. */
interface StatementCheck {
  /**
   * @param subject a statement that has run
   * @param past what those before it have left
   * @param findings takes what is found
   */
  void look(LintedStatement subject, ScriptState past, Findings findings);
}
