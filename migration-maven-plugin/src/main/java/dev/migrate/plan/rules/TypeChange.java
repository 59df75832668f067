package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.function.UnaryOperator;

/**
 * Analyses ALTER COLUMN TYPE: what becomes of the values of a column that gets another type, by the
 * cast that {@link TypeFamily} chooses.
 *
 * @param reason why a value is refused; empty when none can be
 * @param condition finds the values that are refused, given the SQL of the value; gives an empty
 *     text where there is no general condition
 * @param loses whether a value can be cut or rounded without an error
 * @param lost finds the values that come out as something else, given the SQL of the value; gives
 *     an empty text where there is no general condition
 */
record TypeChange(
    String reason, UnaryOperator<String> condition, boolean loses, UnaryOperator<String> lost) {
  private static final int FIRST_WITH_INPUT_CHECK = 16;

  TypeChange(String reason, UnaryOperator<String> condition, boolean loses) {
    this(reason, condition, loses, value -> "");
  }

  static final TypeChange KEEPS = new TypeChange("", value -> "", false);
  static final TypeChange ROUNDS = new TypeChange("", value -> "", true);

  /**
   * @param before the column as it is
   * @param after the column as it is wanted
   * @param from the schema as it is
   * @param to the schema as it is wanted
   */
  static TypeChange of(Fact before, Fact after, Schema from, Schema to) {
    ColumnType old = ColumnType.of(before, from);
    ColumnType wanted = ColumnType.of(after, to);
    if (old.text().equals(wanted.text())) {
      return KEEPS;
    }
    boolean checked = to.origin().major() >= FIRST_WITH_INPUT_CHECK;
    TypeChange plain = new PlainCast(checked, false).values(old.plain(from), wanted.plain(to));
    return wanted.isDomain() && !wanted.array() ? intoDomain(plain, wanted, to, checked) : plain;
  }

  /**
   * The type of a column, or what is below it where it is a domain.
   *
   * @param schema the schema that it is in
   */
  static String plain(Fact column, Schema schema) {
    return ColumnType.of(column, schema).plain(schema).text();
  }

  static boolean isComposite(Fact column, Schema schema) {
    ColumnType type = ColumnType.of(column, schema).plain(schema);
    return type.isComposite() && !type.array();
  }

  /**
   * The statement with what its values can do to it.
   *
   * @param statement changes the type
   */
  Statement warned(Statement statement, FactId column) {
    Statement warned = statement;
    if (!reason.isEmpty()) {
      warned =
          warned.with(new Hazard.MayFailOnRows(rows(column, condition), column + ": " + reason));
    }
    return loses
        ? warned.with(new Hazard.LosesData(column.toString(), rows(column, lost)))
        : warned;
  }

  private static String rows(FactId column, UnaryOperator<String> condition) {
    String where = condition.apply(quote(column.lastName()));
    return where.isEmpty() ? "" : "SELECT * FROM " + qualified(column) + " WHERE " + where;
  }

  /**
   * As {@link #of} for a column whose values are text in between, and so have to be written in the
   * end as a text of the new type is.
   */
  static TypeChange byText(Fact before, Fact after, Schema from, Schema to) {
    boolean checked = to.origin().major() >= FIRST_WITH_INPUT_CHECK;
    return new CastByText(from, to, new PlainCast(checked, true))
        .values(ColumnType.of(before, from), ColumnType.of(after, to));
  }

  /**
   * Whether a value has a time inside that is with a zone on one side only.
   *
   * @param before the column as it is
   * @param after the column as it is wanted
   */
  static boolean crossesZones(Fact before, Fact after, Schema from, Schema to) {
    return new CastByText(from, to, new PlainCast(false, true))
        .crossesZones(ColumnType.of(before, from), ColumnType.of(after, to));
  }

  static TypeChange intoDomain(
      TypeChange plain, ColumnType wanted, Schema schema, boolean checked) {
    DomainChecks checks = DomainChecks.of(wanted.made().orElseThrow(), schema);
    if (checks.isEmpty()) {
      return plain;
    }
    String reason = "a value may not be permitted in " + wanted.base();
    if (plain.reason().isEmpty()) {
      return new TypeChange(reason, checks::refused, plain.loses(), plain.lost());
    }
    return new TypeChange(
        plain.reason() + ", or not permitted in " + wanted.base(),
        value ->
            checked
                ? "NOT pg_input_is_valid(%s::text, %s)".formatted(value, literal(wanted.text()))
                : "",
        plain.loses(),
        plain.lost());
  }
}
