package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.sql.SqlLiteral;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Analyses casts to and from text: values that are written as text, and texts that are read as
 * another type.
 *
 * @param checked whether the server can tell which texts a type takes
 */
record TextCast(boolean checked) {
  private static final int BYTES_OF_NAME = 63;
  private static final int MOST_BYTES = 4;
  private static final String FIXED = "character";

  /** How a value looks as text, where it can look like nothing else. */
  private static final Map<String, Integer> LONGEST =
      Map.of("boolean", 5, "smallint", 6, "integer", 11, "bigint", 20, "uuid", 36, "macaddr", 17);

  TypeChange toText(ColumnType old, ColumnType wanted) {
    if (wanted.base().equals("name")) {
      return longest(old) * (ColumnType.TEXTS.contains(old.base()) ? MOST_BYTES : 1L)
              <= BYTES_OF_NAME
          ? TypeChange.KEEPS
          : new TypeChange(
              "",
              value -> "",
              true,
              value -> "octet_length(%s::text) > %d".formatted(value, BYTES_OF_NAME));
    }
    int most = wanted.length();
    // Blanks at the end are nothing to a text of fixed length, and no reason to refuse a text.
    boolean blanks = old.isText() && !FIXED.equals(old.base());
    boolean toFixed = FIXED.equals(wanted.base());
    if (longest(old) <= most) {
      return blanks && toFixed
          ? new TypeChange("", value -> "", true, TextCast::endingInBlanks)
          : TypeChange.KEEPS;
    }
    return new TypeChange(
        "a value may have more than %d characters".formatted(most),
        value ->
            old.isText()
                ? "length(rtrim(%s::text, ' ')) > %d".formatted(value, most)
                : old.base().equals("inet") && !old.array()
                    ? "length(abbrev(%s)) > %d".formatted(value, most)
                    : "length(%s::text) > %d".formatted(value, most),
        blanks,
        value -> toFixed ? endingInBlanks(value) : tooManyBlanks(value, most));
  }

  private static String endingInBlanks(String value) {
    return "%s::text LIKE '%% '".formatted(value);
  }

  private static String tooManyBlanks(String value, int most) {
    return "length(%s::text) > %d AND length(rtrim(%s::text, ' ')) <= %d"
        .formatted(value, most, value, most);
  }

  private static long longest(ColumnType type) {
    if (type.array()) {
      return Integer.MAX_VALUE;
    }
    if (type.base().equals("name")) {
      return BYTES_OF_NAME;
    }
    return ColumnType.TEXTS.contains(type.base())
        ? type.length()
        : !type.labels().isEmpty()
            ? type.labels().stream()
                .mapToInt(label -> label.codePointCount(0, label.length()))
                .max()
                .orElse(0)
            : LONGEST.getOrDefault(type.base(), Integer.MAX_VALUE);
  }

  TypeChange fromText(ColumnType wanted) {
    if (!wanted.labels().isEmpty() && !wanted.array()) {
      return intoEnum(wanted);
    }
    // All others keep what a text means, not how it is written: 007 is 7.
    boolean cut = wanted.array() || !wanted.base().equals("json");
    TypeChange some = some("a text may be no %s".formatted(wanted.text()), wanted);
    return new TypeChange(some.reason(), some.condition(), cut);
  }

  static TypeChange intoEnum(ColumnType wanted) {
    return new TypeChange(
        "a value may be none of %s".formatted(wanted.base()),
        value ->
            "%s::text NOT IN (%s)"
                .formatted(
                    value,
                    wanted.labels().stream()
                        .map(SqlLiteral::literal)
                        .collect(Collectors.joining(", "))),
        false);
  }

  /** Some values are refused; which, PostgreSQL 16 and later can tell, and of some types we. */
  TypeChange some(String reason, ColumnType wanted) {
    return new TypeChange(
        reason,
        value ->
            checked
                ? "NOT pg_input_is_valid(%s::text, %s)".formatted(value, literal(wanted.text()))
                : wanted.array() ? "" : byShape(value, wanted),
        false);
  }

  private static String byShape(String value, ColumnType wanted) {
    if (wanted.isInteger()) {
      BigDecimal most = ColumnType.INTEGERS.get(wanted.base());
      return "%s IS NOT NULL AND NOT CASE WHEN %s::text ~ '^\\s*[+-]?[0-9]{1,30}\\s*$' THEN %s::text::numeric BETWEEN %s AND %s ELSE false END"
          .formatted(value, value, value, most.negate().subtract(BigDecimal.ONE), most);
    }
    return switch (wanted.base()) {
      case "boolean" ->
          "lower(btrim(%s::text)) !~ '^(t|tr|tru|true|y|ye|yes|on|1|f|fa|fal|fals|false|n|no|of|off|0)$'"
              .formatted(value);
      case "uuid" -> "%s::text !~* '^\\{?([0-9a-f]{4}-?){7}[0-9a-f]{4}\\}?$'".formatted(value);
      case "numeric" ->
          wanted.scale() == null
              ? "%s::text !~* '^\\s*([+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)(e[+-]?[0-9]+)?|nan)\\s*$'"
                  .formatted(value)
              : "";
      default -> "";
    };
  }
}
