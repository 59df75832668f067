package dev.migrate.lint;

import dev.migrate.lint.ScriptSource.Statement;
import dev.migrate.parser.SyntaxNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lint rules about transaction control: what the statements of a script say about transactions,
 * before any of them runs.
 */
final class TransactionRules {
  private static final Set<String> SAVEPOINTS =
      Set.of("TRANS_STMT_SAVEPOINT", "TRANS_STMT_RELEASE", "TRANS_STMT_ROLLBACK_TO");

  /** Commands of ALTER TABLE that may come twice. */
  private static final Set<String> REPEATABLE =
      Set.of(
          "AT_ValidateConstraint",
          "AT_SetNotNull",
          "AT_DropNotNull",
          "AT_ColumnDefault",
          "AT_AlterColumnType",
          "AT_SetStatistics",
          "AT_SetRelOptions",
          "AT_ResetRelOptions");

  private final ScriptSource source;
  private final Findings findings;

  TransactionRules(ScriptSource source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  /**
   * Says what is wrong.
   *
   * @return whether the statements can run in one transaction
   */
  boolean together() {
    if (!source.transactional()) {
      halfWay();
      return false;
    }
    boolean fine = true;
    for (Statement statement : source.statements()) {
      if (!statement.runnable().transactional()) {
        findings.add(Rule.MIXED_TRANSACTION, statement, "");
        fine = false;
      } else if (statement.node().filter(TransactionRules::endsTransaction).isPresent()) {
        findings.add(Rule.TRANSACTION_CONTROL, statement, "");
        fine = false;
      }
    }
    return fine;
  }

  private static boolean endsTransaction(SyntaxNode node) {
    return node.is("TransactionStmt") && !SAVEPOINTS.contains(node.text("kind"));
  }

  private void halfWay() {
    List<Statement> work =
        source.statements().stream()
            .filter(
                one ->
                    one.node()
                        .filter(node -> node.is("VariableSetStmt") || node.is("TransactionStmt"))
                        .isEmpty())
            .toList();
    if (work.size() < 2 || source.rerunSafe() || isOneTransaction()) {
      return;
    }
    Set<String> dropped = new HashSet<>();
    for (Statement statement : work) {
      Optional<SyntaxNode> node = statement.node();
      if (node.isPresent() && !isRepeatable(node.get(), dropped)) {
        findings.add(Rule.STOPS_HALF_WAY, statement, "");
        return;
      }
    }
  }

  /** BEGIN, everything, COMMIT. */
  private boolean isOneTransaction() {
    List<Statement> all =
        source.statements().stream()
            .filter(one -> one.node().filter(node -> node.is("VariableSetStmt")).isEmpty())
            .toList();
    return !all.isEmpty()
        && all.get(0).node().filter(TransactionRules::endsTransaction).isPresent()
        && all.stream()
                .filter(one -> one.node().filter(TransactionRules::endsTransaction).isPresent())
                .count()
            == 2
        && all.get(all.size() - 1).node().filter(TransactionRules::endsTransaction).isPresent();
  }

  private static boolean isRepeatable(SyntaxNode node, Set<String> dropped) {
    return switch (node.kind()) {
      case "IndexStmt" -> node.flag("if_not_exists") || dropped.contains(node.text("idxname"));
      case "DropStmt" -> {
        node.list("objects").stream()
            .map(SyntaxNode::names)
            .filter(names -> !names.isEmpty())
            .forEach(names -> dropped.add(names.get(names.size() - 1)));
        yield node.flag("missing_ok");
      }
      case "CreateStmt" -> node.flag("if_not_exists");
      case "AlterTableStmt" -> node.list("cmds").stream().allMatch(TransactionRules::isRepeatable);
      case "CreateFunctionStmt", "ViewStmt" -> node.flag("replace");
      case "RenameStmt", "CreateTrigStmt", "CreateEnumStmt", "CreateSeqStmt", "InsertStmt" -> false;
      default -> true;
    };
  }

  private static boolean isRepeatable(SyntaxNode command) {
    return command.flag("missing_ok") || REPEATABLE.contains(command.text("subtype"));
  }
}
