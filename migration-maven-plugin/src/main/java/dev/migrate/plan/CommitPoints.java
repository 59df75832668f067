package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Inserts COMMITs into a plan where PostgreSQL needs them: a value added to an enum cannot be used
 * in the transaction that added it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertype.html">ALTER TYPE</a>
 */
final class CommitPoints {
  private CommitPoints() {}

  static List<Statement> placed(List<Statement> statements, Schema from, Schema to) {
    Set<Added> waiting = new HashSet<>();
    List<Statement> placed = new ArrayList<>();
    for (Statement statement : statements) {
      Optional<Added> added = added(statement, from);
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
      return made(statement, to)
          .anyMatch(fact -> texts(fact).anyMatch(text -> says(text, fact, to)));
    }

    /** The facts that become true with a statement, as far as they can say a value. */
    private static Stream<Fact> made(Statement statement, Schema to) {
      if (statement.operation().takesAway()) {
        return Stream.empty();
      }
      Stream<Fact> subjects = statement.subjects().stream().flatMap(id -> to.find(id).stream());
      return statement.operation().creates()
          ? subjects.flatMap(fact -> withParts(fact, to))
          : subjects.flatMap(
              fact -> Stream.concat(Stream.of(fact), to.find(fact.id().as(Kind.DEFAULT)).stream()));
    }

    private static Stream<Fact> withParts(Fact fact, Schema to) {
      return Stream.concat(
          Stream.of(fact), to.childrenOf(fact.id()).stream().flatMap(part -> withParts(part, to)));
    }

    private static Stream<String> texts(Fact fact) {
      return fact.attributes().values().stream()
          .flatMap(
              value ->
                  value instanceof AttributeValue.Items more
                      ? more.items().stream()
                      : Stream.of(value.toString()));
    }

    private boolean says(String text, Fact fact, Schema to) {
      String literal = SqlLiteral.literal(label);
      String typed = "::" + FactNames.qualified(type);
      return text.contains(literal + typed)
          || text.contains(typed + "[]") && inArray().matcher(text).find()
          || text.contains(literal) && (bounds(fact, to) || isRoutineInSql(fact));
    }

    private Pattern inArray() {
      return Pattern.compile(
          "'\\{(?:[^']|'')*"
              + Pattern.quote(SqlLiteral.inside(label))
              + "(?:[^']|'')*\\}'::"
              + Pattern.quote(FactNames.qualified(type))
              + "\\[\\]");
    }

    /** Whether it makes a partition by values of the type. */
    private boolean bounds(Fact link, Schema to) {
      return link.id().kind() == Kind.PARTITION
          && to
              .childrenOf(
                  FactId.of(Kind.TABLE, link.text(Attribute.SCHEMA), link.text(Attribute.TABLE)))
              .stream()
              .anyMatch(column -> column.dependsOn().contains(type));
    }

    /** The body of a routine in SQL is looked through when the routine is made. */
    private static boolean isRoutineInSql(Fact fact) {
      return fact.text(Attribute.LANGUAGE).equals("sql");
    }
  }

  private static Optional<Added> added(Statement statement, Schema from) {
    FactId id = statement.about();
    return statement.operation() instanceof Operation.AddEnumValue add && from.has(id)
        ? Optional.of(new Added(id, add.label()))
        : Optional.empty();
  }
}
