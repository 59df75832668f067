package dev.migrate.plan;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Places commits where PostgreSQL needs them: a value added to an enum cannot be used in the
 * transaction that added it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertype.html">ALTER TYPE</a>
 */
final class Commits {
  private Commits() {}

  static List<Statement> placed(List<Statement> statements, Schema from, Schema to) {
    Set<String> waiting = new HashSet<>();
    List<Statement> placed = new ArrayList<>();
    for (Statement statement : statements) {
      String added = addedLabel(statement, from, to);
      boolean uses = waiting.stream().anyMatch(statement.sql()::contains);
      if (added.isEmpty() && uses && !statement.commitBefore()) {
        placed.add(statement.afterCommit());
        waiting.clear();
      } else {
        placed.add(statement);
      }
      if (!added.isEmpty()) {
        waiting.add(added);
      }
    }
    return placed;
  }

  private static String addedLabel(Statement statement, Schema from, Schema to) {
    FactId id = statement.about();
    if (id.kind() != Kind.ENUM || !from.has(id) || !statement.sql().contains(" ADD VALUE ")) {
      return "";
    }
    List<String> before = from.find(id).map(fact -> fact.items("labels")).orElse(List.of());
    for (String label : to.find(id).map(Commits::labels).orElse(List.of())) {
      String literal = Names.literal(label);
      if (!before.contains(label) && statement.sql().contains(" ADD VALUE " + literal)) {
        return literal;
      }
    }
    return "";
  }

  private static List<String> labels(Fact fact) {
    return fact.items("labels");
  }
}
