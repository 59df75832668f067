package dev.migrate.history;

import dev.migrate.script.ParsedScript;
import dev.migrate.script.ScriptStatement;
import java.util.List;

/**
 * Maps the statements of a script to their line numbers: enough to say of one that stopped half-way
 * how far it came.
 *
 * @param lines the first line of each statement, in order
 */
record StatementLines(List<Integer> lines) {
  StatementLines {
    lines = List.copyOf(lines);
  }

  static StatementLines of(ParsedScript script) {
    return new StatementLines(script.statements().stream().map(ScriptStatement::line).toList());
  }

  /**
   * @param line within the statement that failed
   * @return which one it is, and how many are left, in brackets; empty when the line is none of the
   *     script's
   */
  String around(int line) {
    long at = lines.stream().filter(first -> first <= line).count();
    return line <= 0 || at == 0
        ? ""
        : " (%d of its %d ran, this one failed, %d did not run)"
            .formatted(at - 1, lines.size(), lines.size() - at);
  }
}
