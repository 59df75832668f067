package dev.migrate.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that lead from one schema to another, in the order in which they run.
 *
 * @param statements the statements
 */
public record Plan(List<Statement> statements) {
  /**
   * @param statements the statements, in order
   */
  public Plan {
    statements = List.copyOf(statements);
  }

  /**
   * @return whether there is nothing to do
   */
  public boolean isEmpty() {
    return statements.isEmpty();
  }

  /**
   * The statements in groups that each run in one transaction; a statement that cannot run in a
   * transaction is a group of its own.
   *
   * @return the groups, in order; together they hold every statement once
   */
  public List<List<Statement>> transactions() {
    List<List<Statement>> groups = new ArrayList<>();
    boolean open = false;
    for (Statement statement : statements) {
      if (!open || statement.commitBefore() || !statement.transactional()) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(statement);
      open = statement.transactional();
    }
    return groups.stream().map(List::copyOf).toList();
  }

  /**
   * @return the statements as a script, each ended with a semicolon
   */
  public String sql() {
    return statements.stream().map(Statement::toString).collect(Collectors.joining("\n\n"));
  }
}
