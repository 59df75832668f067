package dev.migrate.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A migration plan: the statements that lead from one schema to another, in the order in which they
 * run.
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
   * transaction is a group of its own, unless it can be repeated: those stand together.
   *
   * @return the groups, in order; together they hold every statement once
   */
  public List<List<Statement>> transactions() {
    List<List<Statement>> groups = new ArrayList<>();
    Statement before = null;
    for (Statement statement : statements) {
      if (before == null || statement.commitBefore() || !fit(before, statement)) {
        groups.add(new ArrayList<>());
      }
      groups.get(groups.size() - 1).add(statement);
      before = statement;
    }
    return groups.stream().map(List::copyOf).toList();
  }

  /**
   * @param zone a time zone, as PostgreSQL names it
   * @return the same, with that zone wherever a statement assumes one
   */
  public Plan in(String zone) {
    return new Plan(statements.stream().map(statement -> statement.in(zone)).toList());
  }

  private static boolean fit(Statement before, Statement next) {
    return before.transactional() && next.transactional()
        || before.repeatable() && next.repeatable();
  }

  /**
   * @return the statements as a script, each ended with a semicolon
   */
  public String sql() {
    return statements.stream().map(Statement::toString).collect(Collectors.joining("\n\n"));
  }
}
