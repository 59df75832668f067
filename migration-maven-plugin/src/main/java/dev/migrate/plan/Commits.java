package dev.migrate.plan;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Places commits where PostgreSQL needs them: a value added to an enum cannot be used in the
 * transaction that added it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertype.html">ALTER TYPE</a>
 */
final class Commits {
  private Commits() {}

  static List<Statement> placed(List<Statement> statements, Schema from, Schema to) {
    Set<Added> waiting = new HashSet<>();
    List<Statement> placed = new ArrayList<>();
    for (Statement statement : statements) {
      Optional<Added> added = added(statement, from, to);
      boolean uses = waiting.stream().anyMatch(one -> one.isUsed(statement, to));
      if (added.isEmpty() && uses && !statement.commitBefore()) {
        placed.add(statement.afterCommit());
        waiting.clear();
      } else {
        placed.add(statement);
      }
      added.ifPresent(waiting::add);
    }
    return placed;
  }

  /** A value that a statement has added to an enum. */
  private record Added(FactId type, String label) {

    /**
     * Whether PostgreSQL has to read the value when it runs the statement. It prints a value with
     * its type, so the same text of another type is none; only bounds of partitions and bodies of
     * routines say it without.
     */
    boolean isUsed(Statement statement, Schema to) {
      String literal = Names.literal(label);
      String sql = statement.sql();
      String typed = "::" + Names.qualified(type);
      return sql.contains(literal + typed)
          || sql.contains(typed + "[]") && inArray().matcher(sql).find()
          || sql.contains(literal)
              && (bounds(statement.about(), to) || says(statement.about(), to));
    }

    private Pattern inArray() {
      return Pattern.compile(
          "'\\{(?:[^']|'')*"
              + Pattern.quote(label.replace("'", "''"))
              + "(?:[^']|'')*\\}'::"
              + Pattern.quote(Names.qualified(type))
              + "\\[\\]");
    }

    /** Whether it makes a partition by values of the type. */
    private boolean bounds(FactId about, Schema to) {
      boolean table = about.kind() == Kind.TABLE || about.kind() == Kind.PARTITION;
      return table
          && to.find(about.as(Kind.PARTITION))
              .map(link -> FactId.of(Kind.TABLE, link.text("schema"), link.text("table")))
              .filter(
                  parent ->
                      to.childrenOf(parent).stream()
                          .anyMatch(column -> column.dependsOn().contains(type)))
              .isPresent();
    }

    /** The body of a routine in SQL is looked through when the routine is made. */
    private boolean says(FactId about, Schema to) {
      return to.find(about).filter(fact -> fact.text("language").equals("sql")).isPresent();
    }
  }

  private static Optional<Added> added(Statement statement, Schema from, Schema to) {
    FactId id = statement.about();
    if (id.kind() != Kind.ENUM || !from.has(id) || !statement.sql().contains(" ADD VALUE ")) {
      return Optional.empty();
    }
    List<String> before = from.find(id).map(Commits::labels).orElse(List.of());
    for (String label : to.find(id).map(Commits::labels).orElse(List.of())) {
      String literal = Names.literal(label);
      if (!before.contains(label) && statement.sql().contains(" ADD VALUE " + literal)) {
        return Optional.of(new Added(id, label));
      }
    }
    return Optional.empty();
  }

  private static List<String> labels(Fact fact) {
    return fact.items("labels");
  }
}
