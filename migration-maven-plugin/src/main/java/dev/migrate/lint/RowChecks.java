package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import java.util.Optional;

/** Lint rules about statements that change rows (UPDATE, DELETE), and explicit locks. */
final class RowChecks implements StatementCheck {
  private static final int SHARE = 5;

  @Override
  public void look(LintedStatement subject, ScriptState past, Findings findings) {
    SyntaxNode node = subject.node();
    switch (node.kind()) {
      case "UpdateStmt", "DeleteStmt" -> {
        subject
            .table()
            .filter(table -> isWhole(node))
            .ifPresent(
                table -> findings.add(Rule.WHOLE_TABLE_UPDATE, subject.statement(), table.name()));
        underLock(subject, past, findings);
      }
      case "MergeStmt" -> underLock(subject, past, findings);
      case "InsertStmt" -> {
        if (node.node("selectStmt").filter(select -> select.has("fromClause")).isPresent()) {
          underLock(subject, past, findings);
        }
      }
      case "LockStmt" -> {
        if (Integer.parseInt("0" + node.text("mode")) >= SHARE) {
          for (SyntaxNode table : node.list("relations")) {
            subject
                .relations()
                .existing(table)
                .ifPresent(
                    relation ->
                        findings.add(Rule.LOCK_TABLE, subject.statement(), table, relation.name()));
          }
        }
      }
      default -> {}
    }
  }

  private static boolean isWhole(SyntaxNode change) {
    Optional<SyntaxNode> condition = change.node("whereClause");
    return condition.isEmpty()
        || condition
            .filter(one -> one.is("A_Const"))
            .flatMap(one -> one.node("boolval"))
            .filter(value -> value.flag("boolval"))
            .isPresent();
  }

  private static void underLock(LintedStatement subject, ScriptState past, Findings findings) {
    if (!past.held().isEmpty()) {
      findings.add(
          Rule.ROWS_CHANGED_UNDER_LOCK,
          subject.statement(),
          String.join(", ", past.held().keySet()));
    }
  }
}
