package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.plan.Inheritance;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parsed data type of a column: its type modifier (what stands in brackets) apart, and what is
 * known of it where users have made it.
 *
 * @param text all of it, as PostgreSQL writes it
 * @param base without brackets; of an array, its elements' type
 * @param modifiers the numbers in the brackets
 * @param array whether it is an array
 * @param made the enum, domain, composite or range that it is, or is an array of
 */
record ColumnType(
    String text, String base, List<Integer> modifiers, boolean array, Optional<Fact> made) {

  /** The largest number of each. */
  static final Map<String, BigDecimal> INTEGERS =
      Map.of(
          "smallint", new BigDecimal(Short.MAX_VALUE),
          "integer", new BigDecimal(Integer.MAX_VALUE),
          "bigint", new BigDecimal(Long.MAX_VALUE));

  static final Set<String> FLOATS = Set.of("real", "double precision");
  static final Set<String> TEXTS = Set.of("text", "character varying", "character", "name");
  static final Set<String> TIMES =
      Set.of("timestamp without time zone", "timestamp with time zone", "date");
  static final Set<String> CLOCKS = Set.of("time without time zone", "time with time zone");

  private static final Set<Kind> MADE =
      Set.of(Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE_TYPE, Kind.RANGE_TYPE);

  private static final Pattern MODIFIERS = Pattern.compile("\\((-?\\d+)(?:,\\s*(-?\\d+))?\\)");

  static ColumnType of(String text, Schema schema, Set<FactId> candidates) {
    Matcher found = MODIFIERS.matcher(text);
    List<Integer> modifiers =
        !found.find()
            ? List.of()
            : found.group(2) == null
                ? List.of(Integer.parseInt(found.group(1)))
                : List.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)));
    String base = MODIFIERS.matcher(text).replaceAll("").replaceAll("(\\[\\])+$", "").strip();
    Optional<Fact> made =
        candidates.stream()
            .filter(id -> id.names().size() == 2 && qualified(id).equals(base))
            .flatMap(id -> schema.find(id).stream())
            .filter(fact -> MADE.contains(fact.id().kind()))
            .findFirst();
    return new ColumnType(text, base, modifiers, text.endsWith("[]"), made);
  }

  static ColumnType of(Fact column, Schema schema) {
    Fact definition = Inheritance.definition(column, schema);
    return of(definition.text(Attribute.TYPE), schema, definition.dependsOn());
  }

  boolean isDomain() {
    return made.filter(fact -> fact.id().kind() == Kind.DOMAIN).isPresent();
  }

  /** What is below a domain; itself otherwise. */
  ColumnType plain(Schema schema) {
    if (!isDomain() || array) {
      return this;
    }
    return of(made.get().text(Attribute.TYPE), schema, made.get().dependsOn()).plain(schema);
  }

  boolean isComposite() {
    return made.filter(fact -> fact.id().kind() == Kind.COMPOSITE_TYPE).isPresent();
  }

  boolean isRange() {
    return made.filter(fact -> fact.id().kind() == Kind.RANGE_TYPE).isPresent();
  }

  ColumnType subtype(Schema schema) {
    return of(made.orElseThrow().text(Attribute.SUBTYPE), schema, made.orElseThrow().dependsOn());
  }

  /** The type below a domain, or below the domain that an array is of. */
  ColumnType below(Schema schema) {
    return of(made.orElseThrow().text(Attribute.TYPE), schema, made.orElseThrow().dependsOn());
  }

  ColumnType element() {
    return new ColumnType(text.replaceFirst("(\\[\\])+$", ""), base, modifiers, false, made);
  }

  List<String> labels() {
    return made.filter(fact -> fact.id().kind() == Kind.ENUM)
        .map(fact -> fact.items(Attribute.LABELS))
        .orElse(List.of());
  }

  /** How many digits a numeric has before and behind the point; null when any. */
  Integer scale() {
    return modifiers.isEmpty() ? null : modifiers.size() > 1 ? modifiers.get(1) : 0;
  }

  int length() {
    return modifiers.isEmpty() ? Integer.MAX_VALUE : modifiers.get(0);
  }

  int precision() {
    return modifiers.isEmpty() ? 6 : modifiers.get(0);
  }

  boolean isText() {
    return !array && (TEXTS.contains(base) || ValueConversion.isExtensions(base, "citext"));
  }

  boolean isInteger() {
    return INTEGERS.containsKey(base);
  }

  boolean isNumber() {
    return isInteger() || FLOATS.contains(base) || base.equals("numeric");
  }
}
