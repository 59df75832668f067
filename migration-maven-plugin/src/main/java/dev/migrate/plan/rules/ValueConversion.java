package dev.migrate.plan.rules;

import static dev.migrate.plan.rules.TypeFamily.base;
import static dev.migrate.sql.SqlLiteral.literal;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * USING expressions that convert values of one type into another where a cast, by way of text or
 * not, is missing or gives something else than people mean.
 *
 * @param before what the expression needs
 * @param using the expression behind USING
 * @param after takes away what the expression needed
 */
record ValueConversion(List<Statement> before, String using, List<Statement> after) {
  private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "name");
  private static final Set<String> INTEGERS = Set.of("smallint", "integer", "bigint");
  private static final Set<String> NUMBERS =
      Set.of("smallint", "integer", "bigint", "real", "double precision");

  /**
   * @param from the type it has; of a domain what is below it
   * @param to the type it is to have; of a domain what is below it
   * @param composite whether that is a composite type
   * @return nothing where a cast does it
   */
  static Optional<ValueConversion> of(FactId column, String from, String to, boolean composite) {
    String name = quote(column.lastName());
    String old = base(from);
    String wanted = base(to);
    if (isJson(to) && !isJson(from)) {
      return isText(from) || !isArray(from) && INTEGERS.contains(old)
          ? Optional.empty()
          : Optional.of(
              by(isExtensions(from, "hstore") ? name + "::" + to : "to_" + to + "(" + name + ")"));
    }
    if (isJson(from) && composite) {
      return Optional.of(by("%s_populate_record(NULL::%s, %s)".formatted(from, to, name)));
    }
    if (isJson(from) && !isJson(to)) {
      return fromJson(column, from, to);
    }
    if (isArray(from) || isArray(to)) {
      return Optional.empty();
    }
    return Optional.ofNullable(expression(name, old, wanted, to)).map(ValueConversion::by);
  }

  private static String expression(String name, String old, String wanted, String to) {
    if (old.equals("inet") && TEXTS.contains(wanted)) {
      // A cast says the mask of a single host too.
      return "abbrev(" + name + ")";
    }
    if (old.equals("money") && NUMBERS.contains(wanted)) {
      return name + "::numeric::" + to;
    }
    boolean bits =
        old.equals("bit") && Set.of("integer", "bigint").contains(wanted)
            || Set.of("integer", "bigint").contains(old) && wanted.equals("bit");
    boolean addresses = old.equals("macaddr8") && wanted.equals("macaddr");
    boolean ranges = wanted.equals(old.replaceFirst("range$", "multirange")) && !wanted.equals(old);
    if (bits || addresses || ranges) {
      return name + "::" + to;
    }
    return isMultirangeOf(old, wanted) ? "range_merge(" + name + ")" : null;
  }

  /** Whether the one has any number of ranges of the other. */
  static boolean isMultirangeOf(String multirange, String range) {
    return multirange.endsWith("multirange")
        && multirange.replaceFirst("multirange$", "range").equals(range);
  }

  /** An expression behind USING can have no subquery, but the function that it calls can. */
  private static Optional<ValueConversion> fromJson(FactId column, String from, String to) {
    String name = quote(column.lastName());
    if (isText(to)) {
      return Optional.empty();
    }
    if (isArray(to)) {
      String element = to.replaceFirst("\\[\\]$", "");
      return element.endsWith("[]")
          ? Optional.empty()
          : Optional.of(
              function(
                  column,
                  from,
                  to,
                  "SELECT ARRAY(SELECT e.value::%s FROM %s_array_elements_text($1) WITH ORDINALITY e (value, n) ORDER BY e.n)"
                      .formatted(element, from)));
    }
    if (isExtensions(to, "hstore")) {
      return Optional.of(
          function(
              column,
              from,
              to,
              "SELECT coalesce(%1$s(array_agg(e.key), array_agg(e.value)), '') FROM %2$s_each_text($1) e"
                  .formatted(to, from)));
    }
    return Optional.of(by("(" + name + " #>> '{}')::" + to));
  }

  private static ValueConversion by(String using) {
    return new ValueConversion(List.of(), using, List.of());
  }

  private static ValueConversion function(FactId column, String from, String to, String body) {
    String function = "pg_temp." + quote(column.lastName() + "_of_" + from);
    return new ValueConversion(
        List.of(
            Statement.creating(
                column,
                "CREATE FUNCTION %s(%s) RETURNS %s LANGUAGE sql IMMUTABLE STRICT AS %s"
                    .formatted(function, from, to, literal(body)))),
        function + "(" + quote(column.lastName()) + ")",
        List.of(Statement.dropping(column, "DROP FUNCTION %s(%s)".formatted(function, from))));
  }

  static boolean isJson(String type) {
    return type.equals("json") || type.equals("jsonb");
  }

  /** Whether a type is one that an extension brings, in whichever schema that is. */
  static boolean isExtensions(String type, String name) {
    return type.equals(name) || type.endsWith("." + name);
  }

  private static boolean isText(String type) {
    return !isArray(type) && (TEXTS.contains(base(type)) || isExtensions(type, "citext"));
  }

  private static boolean isArray(String type) {
    return type.endsWith("[]");
  }
}
