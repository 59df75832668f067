package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Analyses a cast between types that are no domains: what becomes of the values.
 *
 * @param checked whether the server can tell which texts a type takes
 * @param inArray whether they are elements, of which each is cast
 */
record PlainCast(boolean checked, boolean inArray) {
  /** A sum of money, as the number that it is. */
  private static final ColumnType AMOUNT =
      new ColumnType("numeric(21,2)", "numeric", List.of(21, 2), false, Optional.empty());

  TypeChange values(ColumnType old, ColumnType wanted) {
    if (old.array() && wanted.array()) {
      return elements(new PlainCast(checked, true).values(old.element(), wanted.element()));
    }
    if (wanted.isText()) {
      return new TextCast(checked).toText(old, wanted);
    }
    if (old.isText()) {
      return new TextCast(checked).fromText(wanted);
    }
    if (!inArray && ValueConversion.isJson(wanted.text()) && !ValueConversion.isJson(old.text())) {
      return TypeChange.KEEPS;
    }
    if (!inArray && ValueConversion.isJson(old.text()) && !ValueConversion.isJson(wanted.text())) {
      return fromJson(old, wanted);
    }
    if (old.array() != wanted.array()) {
      return all(old, wanted);
    }
    if (old.isNumber() && wanted.isNumber()) {
      return NumberCast.of(old, wanted);
    }
    if (!wanted.labels().isEmpty()) {
      return !old.labels().isEmpty() && wanted.labels().containsAll(old.labels())
          ? TypeChange.KEEPS
          : TextCast.intoEnum(wanted);
    }
    return others(old, wanted);
  }

  TypeChange elements(TypeChange one) {
    return new TypeChange(
        one.reason().isEmpty() ? "" : "in an array " + one.reason(),
        array -> inElements(array, one.condition()),
        one.loses(),
        array -> inElements(array, one.lost()));
  }

  private static String inElements(String array, UnaryOperator<String> condition) {
    String where = condition.apply("e");
    return where.isEmpty()
        ? ""
        : "EXISTS (SELECT FROM unnest(%s) e WHERE %s)".formatted(array, where);
  }

  /** Where the text of the one is read as the other: 1.5 is no integer then. */
  TypeChange written(ColumnType old, ColumnType wanted) {
    TypeChange cast = values(old, wanted);
    boolean differs =
        old.base().equals("boolean") && wanted.isNumber()
            || old.base().equals("money")
            || old.isInteger() && wanted.base().equals("money");
    boolean whole = wanted.isInteger() && !old.isInteger();
    return wanted.isText() || cast.reason().isEmpty() && !differs && !whole
        ? cast
        : old.isText() || !wanted.labels().isEmpty() && !wanted.array()
            ? cast
            : new TypeChange(
                "a %s may be no %s".formatted(old.text(), wanted.text()),
                new TextCast(checked).some("", wanted).condition(),
                cast.loses() && !whole);
  }

  /** A 1 and a "1" are the same afterwards, and so is what stands twice. */
  private TypeChange fromJson(ColumnType old, ColumnType wanted) {
    if (ValueConversion.isExtensions(wanted.text(), "hstore")) {
      return new TypeChange(
          "a %s may be no object".formatted(old.text()),
          value -> "%s_typeof(%s) <> 'object'".formatted(old.text(), value),
          true);
    }
    return new TypeChange(
        "a %s may be no %s".formatted(old.text(), wanted.text()),
        value ->
            checked && !wanted.array() && !wanted.isComposite()
                ? "NOT pg_input_is_valid(%s #>> '{}', %s)".formatted(value, literal(wanted.text()))
                : "",
        true);
  }

  private static TypeChange all(ColumnType old, ColumnType wanted) {
    return new TypeChange(
        "no %s is a %s: it fails with any value".formatted(old.text(), wanted.text()),
        value -> value + " IS NOT NULL",
        false);
  }

  private TypeChange others(ColumnType old, ColumnType wanted) {
    String from = old.base();
    String into = wanted.base();
    if (!inArray && from.equals("money") && wanted.isNumber()) {
      TypeChange number = NumberCast.of(AMOUNT, wanted);
      return new TypeChange(
          number.reason(), value -> number.condition().apply(value + "::numeric"), number.loses());
    }
    if (!inArray && from.equals("bit") && ColumnType.INTEGERS.containsKey(into)) {
      return old.length() <= (into.equals("bigint") ? 64 : 32)
          ? TypeChange.KEEPS
          : all(old, wanted);
    }
    if (!inArray && ColumnType.INTEGERS.containsKey(from) && into.equals("bit")) {
      return TypeChange.ROUNDS;
    }
    if (from.equals("macaddr") && into.equals("macaddr8")) {
      return TypeChange.KEEPS;
    }
    if (!inArray && from.equals("macaddr8") && into.equals("macaddr")) {
      return new TypeChange(
          "an address of eight bytes may have none of six",
          value -> "substr(%s::text, 10, 5) <> 'ff:fe'".formatted(value),
          false);
    }
    if (!inArray && ValueConversion.isMultirangeOf(into, from)) {
      return TypeChange.KEEPS;
    }
    if (!inArray && ValueConversion.isMultirangeOf(from, into)) {
      return TypeChange.ROUNDS;
    }
    if (from.equals(into) || bits(from, into)) {
      return ofOneKind(old, wanted);
    }
    if (from.startsWith("interval") && into.startsWith("interval")) {
      return into.equals("interval") ? TypeChange.KEEPS : TypeChange.ROUNDS;
    }
    if (ColumnType.TIMES.contains(from) && ColumnType.TIMES.contains(into)) {
      boolean shorter =
          into.equals("date") || !from.equals("date") && wanted.precision() < old.precision();
      return shorter ? TypeChange.ROUNDS : TypeChange.KEEPS;
    }
    if (ColumnType.CLOCKS.contains(from) && ColumnType.CLOCKS.contains(into)) {
      return into.equals("time without time zone") || wanted.precision() < old.precision()
          ? TypeChange.ROUNDS
          : TypeChange.KEEPS;
    }
    if (from.startsWith("timestamp") && ColumnType.CLOCKS.contains(into)) {
      return TypeChange.ROUNDS;
    }
    if (ColumnType.CLOCKS.contains(from) && into.equals("interval")
        || from.equals("jsonb") && into.equals("json")
        || from.equals("cidr") && into.equals("inet")
        || from.equals("boolean") && wanted.isNumber()
        || ColumnType.INTEGERS.containsKey(from) && into.equals("money")) {
      return TypeChange.KEEPS;
    }
    if (from.equals("json") && into.equals("jsonb")
        || from.equals("inet") && into.equals("cidr")
        || from.equals("integer") && into.equals("boolean")
        || from.equals("numeric") && into.equals("money")) {
      return TypeChange.ROUNDS;
    }
    return alike(old, wanted)
        ? new TextCast(checked)
            .some("a %s may be no %s".formatted(old.text(), wanted.text()), wanted)
        : all(old, wanted);
  }

  private static boolean bits(String from, String into) {
    return from.startsWith("bit") && into.startsWith("bit") && !from.equals(into);
  }

  private static TypeChange ofOneKind(ColumnType old, ColumnType wanted) {
    if (wanted.base().equals("bit varying")) {
      return old.length() <= wanted.length()
          ? TypeChange.KEEPS
          : new TypeChange(
              "a value may have more than %d bits".formatted(wanted.length()),
              value -> "length(%s) > %d".formatted(value, wanted.length()),
              false);
    }
    if (wanted.base().equals("bit")) {
      return new TypeChange(
          "a value may have other than %d bits".formatted(wanted.length()),
          value -> "length(%s) <> %d".formatted(value, wanted.length()),
          false);
    }
    boolean timed =
        ColumnType.TIMES.contains(old.base())
            || ColumnType.CLOCKS.contains(old.base())
            || old.base().startsWith("interval");
    return timed && wanted.precision() < old.precision() ? TypeChange.ROUNDS : TypeChange.KEEPS;
  }

  /** Whether a value of the one can look like one of the other. */
  private static boolean alike(ColumnType old, ColumnType wanted) {
    return form(old) == '?'
        || form(wanted) == '?'
        || form(old) == form(wanted)
        || Set.of(form(old), form(wanted)).equals(Set.of('n', 'b'))
        || form(old) == 'n' && form(wanted) == 'd'
        || old.base().equals("numeric") && wanted.base().equals("uuid");
  }

  private static char form(ColumnType type) {
    if (type.isNumber()) {
      return 'n';
    }
    return switch (type.base()) {
      case "uuid" -> 'u';
      case "boolean" -> 'b';
      case "date", "timestamp without time zone", "timestamp with time zone" -> 'd';
      case "time without time zone", "time with time zone" -> 't';
      default -> '?';
    };
  }
}
