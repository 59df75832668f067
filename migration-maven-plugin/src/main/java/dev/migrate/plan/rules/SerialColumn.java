package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.plan.PlanContext;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Detects columns that can be written as {@code serial}: the default takes from a sequence that the
 * column owns, of the usual name and nothing unusual about it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/datatype-numeric.html">Serial Types</a>
 */
final class SerialColumn {
  private static final Map<String, String> WORDS =
      Map.of("smallint", "smallserial", "integer", "serial", "bigint", "bigserial");

  private SerialColumn() {}

  /** What the word makes besides the column: sequence, its owner and the default. */
  static Set<FactId> parts(Fact column, PlanContext context) {
    FactId sequence = sequence(column);
    Optional<Fact> made = context.to().find(sequence);
    Optional<Fact> owner = context.to().find(sequence.as(Kind.SEQUENCE_OWNER));
    Optional<Fact> taken = context.to().find(column.id().as(Kind.DEFAULT));
    boolean serial =
        column.has(Attribute.NOT_NULL)
            && NotNull.ATTRIBUTES.subList(1, 4).stream().noneMatch(column::has)
            && !column.has(Attribute.COLLATION)
            && WORDS.containsKey(column.text(Attribute.TYPE))
            && made.filter(one -> plain(one, column)).isPresent()
            && context.created().contains(sequence)
            && owner
                .filter(one -> one.items(Attribute.COLUMN).equals(column.id().names()))
                .isPresent()
            && context.created().contains(sequence.as(Kind.SEQUENCE_OWNER))
            && taken
                .filter(one -> one.text(Attribute.EXPRESSION).equals(next(sequence)))
                .isPresent();
    return serial
        ? Set.of(sequence, sequence.as(Kind.SEQUENCE_OWNER), column.id().as(Kind.DEFAULT))
        : Set.of();
  }

  /** The word, if the whole of it is made together with the column. */
  static Optional<String> word(Fact column, PlanContext context) {
    Set<FactId> parts = parts(column, context);
    return !parts.isEmpty() && context.included().containsAll(parts)
        ? Optional.of(WORDS.get(column.text(Attribute.TYPE)))
        : Optional.empty();
  }

  private static FactId sequence(Fact column) {
    FactId id = column.id();
    return FactId.of(
        Kind.SEQUENCE,
        id.name(0),
        GeneratedName.of(id.name(1), java.util.List.of(id.name(2)), "seq"));
  }

  private static boolean plain(Fact sequence, Fact column) {
    return sequence.text(Attribute.TYPE).equals(column.text(Attribute.TYPE))
        && !sequence.has(Attribute.UNLOGGED)
        && SequenceOptions.unusual(sequence).isEmpty();
  }

  private static String next(FactId sequence) {
    return "nextval(" + literal(qualified(sequence)) + "::regclass)";
  }
}
