package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.FactNames;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Carries over the position of a sequence when another one takes over, such as an identity in the
 * place of a serial: behind the last number that was given, and behind the last one that is there.
 * The old sequence may have to go before the new one can come under the same name, so its position
 * is kept in a setting of the transaction meanwhile; where each statement has a transaction of its
 * own that setting is empty, and the rows alone tell.
 */
final class SequencePosition {
  private static final Pattern NEXT =
      Pattern.compile("nextval\\('(?:[^']|'')+'::regclass\\)(?:::\\w+)?");

  private static final Set<String> NUMBERS = Set.of("smallint", "integer", "bigint", "numeric");

  private SequencePosition() {}

  /** The sequence, as it is written in SQL, from which a column takes its value by default. */
  private static Optional<String> sequence(FactId column, Schema schema) {
    Optional<String> identity =
        schema
            .find(column.as(Kind.IDENTITY))
            .map(
                fact ->
                    qualified(fact.text(Attribute.SEQUENCE_SCHEMA), fact.text(Attribute.SEQUENCE)));
    return identity.isPresent()
        ? identity
        : schema
            .find(column.as(Kind.DEFAULT))
            .filter(fact -> NEXT.matcher(fact.text(Attribute.EXPRESSION)).matches())
            .flatMap(SequencePosition::sequenceOf)
            .map(FactNames::qualified);
  }

  /** Not by the text of the default: a sequence that was renamed stands there as it was. */
  private static Optional<FactId> sequenceOf(Fact fact) {
    return fact.dependsOn().stream().filter(id -> id.kind() == Kind.SEQUENCE).findFirst();
  }

  /** Whether the values of a column come from another sequence afterwards. */
  private static boolean isTakenOver(FactId column, PlanContext context) {
    Optional<String> old = sequence(column, context.from());
    Optional<String> wanted = sequence(column, context.to());
    boolean madeAgain =
        context.from().has(column.as(Kind.IDENTITY)) != context.to().has(column.as(Kind.IDENTITY));
    return old.isPresent() && wanted.isPresent() && (madeAgain || !old.equals(wanted));
  }

  /**
   * @param sequence a sequence that goes
   * @param context both schemas
   * @return whether each column that it gave numbers to goes on with another one
   */
  static boolean isKept(FactId sequence, PlanContext context) {
    List<FactId> users =
        context.from().dependentsOf(sequence).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.DEFAULT)
            .toList();
    return !users.isEmpty() && users.stream().allMatch(id -> isTakenOver(id, context));
  }

  /**
   * What has to be run before the old source of numbers goes.
   *
   * @param source a default or an identity of the old schema
   * @param context both schemas
   * @return a statement where another sequence takes over, otherwise none
   */
  static List<Statement> keep(Fact source, PlanContext context) {
    if (!isTakenOver(source.id(), context)) {
      return List.of();
    }
    String old = sequence(source.id(), context.from()).orElseThrow();
    return List.of(
        Statement.running(
            source.id(),
            "SELECT set_config("
                + literal(setting(source.id()))
                + ", (SELECT "
                + next(isDescending(source.id(), context.from()))
                + " FROM "
                + old
                + ")::text, true)"));
  }

  /**
   * What has to be run once the new source of numbers is there.
   *
   * @param source a default or an identity of the wanted schema
   * @param context both schemas
   * @return a statement where rows may have numbers already, otherwise none
   */
  static List<Statement> goOn(Fact source, PlanContext context) {
    FactId id = source.id();
    Optional<Fact> column = context.to().find(id.as(Kind.COLUMN));
    Optional<String> sequence = sequence(id, context.to());
    boolean stands =
        context.from().has(id.as(Kind.COLUMN))
            && !context.created().contains(id.as(Kind.COLUMN))
            && column.isPresent()
            && column.get().parent().filter(context.created()::contains).isEmpty();
    boolean takenOver = isTakenOver(id, context);
    boolean first = sequence(id, context.from()).isEmpty() && isFresh(id, context);
    boolean numbers = stands && NUMBERS.contains(column.get().text(Attribute.TYPE));
    if (!stands || sequence.isEmpty() || !takenOver && !(first && numbers)) {
      return List.of();
    }
    boolean down = isDescending(id, context.to());
    List<String> positions = new ArrayList<>();
    if (numbers) {
      positions.add(
          "(SELECT %s(%s) FROM %s) %s 1"
              .formatted(
                  down ? "min" : "max", quote(id.lastName()), qualified(id), down ? "-" : "+"));
    }
    if (takenOver) {
      positions.add(
          "nullif(current_setting(%s, true), '')::bigint".formatted(literal(setting(id))));
    }
    positions.add(isFresh(id, context) ? "last_value" : next(down));
    return List.of(
        Statement.running(
            id,
            "SELECT setval(%s, %s(%s), false) FROM %s"
                .formatted(
                    literal(sequence.get()),
                    down ? "least" : "greatest",
                    String.join(", ", positions),
                    sequence.get())));
  }

  /** What a sequence gives next. */
  private static String next(boolean down) {
    return "last_value + CASE WHEN is_called THEN " + (down ? -1 : 1) + " ELSE 0 END";
  }

  /** Whether the sequence has given no number yet. */
  private static boolean isFresh(FactId column, PlanContext context) {
    return context.to().has(column.as(Kind.IDENTITY))
        || context
            .to()
            .find(column.as(Kind.DEFAULT))
            .flatMap(SequencePosition::sequenceOf)
            .filter(id -> !context.from().has(id) || context.dropped().contains(id))
            .isPresent();
  }

  private static boolean isDescending(FactId column, Schema schema) {
    Optional<Fact> identity = schema.find(column.as(Kind.IDENTITY));
    Optional<Fact> source =
        identity.isPresent()
            ? identity
            : schema
                .find(column.as(Kind.DEFAULT))
                .flatMap(SequencePosition::sequenceOf)
                .flatMap(schema::find);
    return source.filter(fact -> fact.text(Attribute.INCREMENT).startsWith("-")).isPresent();
  }

  /** A name that every version of PostgreSQL takes for a setting, whatever the column is called. */
  private static String setting(FactId column) {
    return "migrate.position_of_"
        + String.join("_", column.names()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
  }
}
