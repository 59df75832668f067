package dev.migrate.plan;

import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Merges ALTER TABLE actions that each rewrite or scan a table into one statement: PostgreSQL then
 * does all of them in one pass. Only those share it that need the same lock, ACCESS EXCLUSIVE, so
 * that none is held for longer than it would be; and only where nothing has to run between them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, Notes</a>
 */
public final class AlterTableMerger {
  private final ChangeDependency dependence;
  private final TableRewrites rewrites;
  private final Predicate<Statement> chosen;

  /**
   * @param from the schema as it is
   * @param to the schema as it is wanted
   * @param chosen which statements may share at all
   */
  public AlterTableMerger(Schema from, Schema to, Predicate<Statement> chosen) {
    this.dependence = new ChangeDependency(from, to);
    this.rewrites = new TableRewrites(to);
    this.chosen = chosen;
  }

  /**
   * @param statements a plan, in order
   * @return the same with fewer statements, in an order that what they depend on allows
   */
  public List<Statement> shared(List<Statement> statements) {
    List<Statement> now = statements;
    for (Optional<List<Integer>> group = group(now); group.isPresent(); group = group(now)) {
      now = joined(now, group.get());
    }
    return now;
  }

  /** A table with or without its children: one ALTER TABLE is for either. */
  private record Altered(String table, boolean only) {}

  private Optional<Altered> table(Statement statement) {
    return statement.parts().isEmpty()
            && statement.transactional()
            && !statement.commitBefore()
            && statement.operation() instanceof Operation.AlterTable alter
            && alter.isAlter(AlterTableMerger::shares)
            && takesLong(statement)
            && chosen.test(statement)
        ? Optional.of(new Altered(alter.table(), alter.only()))
        : Optional.empty();
  }

  /** What needs ACCESS EXCLUSIVE and can stand beside others. */
  private static boolean shares(TableAction action) {
    return action instanceof TableAction.ChangeType
        || action instanceof TableAction.SetNotNull
        || action instanceof TableAction.SetExpression
        || action instanceof TableAction.AddColumn
        || action instanceof TableAction.SetStorage
        || action instanceof TableAction.AddConstraint add && add.check() && !add.notValid();
  }

  private boolean takesLong(Statement statement) {
    return rewrites.said(statement).hazards().stream()
        .anyMatch(one -> one instanceof Hazard.RewritesTable || one instanceof Hazard.ScansTable);
  }

  /** The first statements that can share one; where they stand. */
  private Optional<List<Integer>> group(List<Statement> statements) {
    List<Optional<Altered>> tables = statements.stream().map(this::table).toList();
    Set<Altered> seen = new LinkedHashSet<>();
    tables.forEach(one -> one.ifPresent(seen::add));
    for (Altered table : seen) {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < tables.size(); i++) {
        if (tables.get(i).filter(table::equals).isPresent()) {
          open.add(i);
        }
      }
      for (int first = 0; first + 1 < open.size(); first++) {
        List<Integer> group = new ArrayList<>(List.of(open.get(first)));
        for (int next : open.subList(first + 1, open.size())) {
          List<Integer> more = new ArrayList<>(group);
          more.add(next);
          if (between(statements, more).isEmpty()) {
            group = more;
          }
        }
        if (group.size() > 1) {
          return Optional.of(group);
        }
      }
    }
    return Optional.empty();
  }

  /** What must run after one of a group and before another one. */
  private Set<Integer> between(List<Statement> statements, List<Integer> group) {
    int last = group.get(group.size() - 1);
    Set<Integer> after = new TreeSet<>();
    for (int i = group.get(0) + 1; i < last; i++) {
      if (!group.contains(i) && isTied(statements, i, group, after)) {
        after.add(i);
      }
    }
    Set<Integer> before = new TreeSet<>();
    for (int i = last - 1; i > group.get(0); i--) {
      int at = i;
      if (!group.contains(i) && after.contains(i)) {
        boolean leads =
            group.stream().filter(j -> j > at).anyMatch(j -> tied(statements, at, j))
                || before.stream().anyMatch(j -> tied(statements, at, j));
        if (leads) {
          before.add(i);
        }
      }
    }
    return before;
  }

  private boolean isTied(
      List<Statement> statements, int at, List<Integer> group, Set<Integer> others) {
    return group.stream().filter(j -> j < at).anyMatch(j -> tied(statements, j, at))
        || others.stream().anyMatch(j -> tied(statements, j, at));
  }

  private boolean tied(List<Statement> statements, int one, int other) {
    Statement left = statements.get(one);
    Statement right = statements.get(other);
    return left.commitBefore()
        || right.commitBefore()
        || !left.transactional()
        || !right.transactional()
        || dependence.between(left.subjects(), right.subjects());
  }

  /** What must come before the last of the group comes before all of it, the rest behind. */
  private List<Statement> joined(List<Statement> statements, List<Integer> group) {
    int first = group.get(0);
    int last = group.get(group.size() - 1);
    Set<Integer> behind = new TreeSet<>();
    for (int i = first + 1; i < last; i++) {
      if (!group.contains(i) && isTied(statements, i, group, behind)) {
        behind.add(i);
      }
    }
    List<Statement> joined = new ArrayList<>(statements.subList(0, first));
    for (int i = first + 1; i < last; i++) {
      if (!group.contains(i) && !behind.contains(i)) {
        joined.add(statements.get(i));
      }
    }
    joined.add(together(group.stream().map(statements::get).toList()));
    behind.forEach(i -> joined.add(statements.get(i)));
    joined.addAll(statements.subList(last + 1, statements.size()));
    return joined;
  }

  private static Statement together(List<Statement> parts) {
    List<Operation.AlterTable> alters =
        parts.stream().map(part -> (Operation.AlterTable) part.operation()).toList();
    Operation.AlterTable first = alters.get(0);
    return Statement.together(
        new Operation.AlterTable(
            first.table(),
            first.only(),
            alters.stream().flatMap(alter -> alter.actions().stream()).toList()),
        parts);
  }
}
