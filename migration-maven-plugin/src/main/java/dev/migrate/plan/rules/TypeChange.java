package dev.migrate.plan.rules;

import static dev.migrate.plan.SqlNames.literal;
import static dev.migrate.plan.SqlNames.qualified;
import static dev.migrate.plan.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.SqlNames;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final int DIGITS_OF_DOUBLE = 15;
  private static final int DIGITS_OF_REAL = 6;
  private static final int BYTES_OF_NAME = 63;
  private static final int MOST_BYTES = 4;

  private TypeChange(String reason, UnaryOperator<String> condition, boolean loses) {
    this(reason, condition, loses, value -> "");
  }

  static final TypeChange KEEPS = new TypeChange("", value -> "", false);
  private static final TypeChange ROUNDS = new TypeChange("", value -> "", true);

  private static final Set<String> TEXTS = Set.of("text", "character varying", "character", "name");
  private static final Map<String, BigDecimal> INTEGERS =
      Map.of(
          "smallint", new BigDecimal(Short.MAX_VALUE),
          "integer", new BigDecimal(Integer.MAX_VALUE),
          "bigint", new BigDecimal(Long.MAX_VALUE));
  private static final Set<String> FLOATS = Set.of("real", "double precision");
  private static final Set<String> TIMES =
      Set.of("timestamp without time zone", "timestamp with time zone", "date");
  private static final Set<String> CLOCKS = Set.of("time without time zone", "time with time zone");

  /** How a value looks as text, where it can look like nothing else. */
  private static final Map<String, Integer> LONGEST =
      Map.of("boolean", 5, "smallint", 6, "integer", 11, "bigint", 20, "uuid", 36, "macaddr", 17);

  private static final String FIXED = "character";

  /** A sum of money, as the number that it is. */
  private static final Type AMOUNT =
      new Type("numeric(21,2)", "numeric", List.of(21, 2), false, Optional.empty());

  private static final Set<Kind> MADE =
      Set.of(Kind.ENUM, Kind.DOMAIN, Kind.COMPOSITE_TYPE, Kind.RANGE_TYPE);

  private static final Pattern MODIFIERS = Pattern.compile("\\((-?\\d+)(?:,\\s*(-?\\d+))?\\)");

  /** A type: what is in brackets apart, and what is known of it where users have made it. */
  private record Type(
      String text, String base, List<Integer> modifiers, boolean array, Optional<Fact> made) {

    static Type of(String text, Schema schema, Set<FactId> candidates) {
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
      return new Type(text, base, modifiers, text.endsWith("[]"), made);
    }

    static Type of(Fact column, Schema schema) {
      Fact definition = Inheritance.definition(column, schema);
      return of(definition.text(Attribute.TYPE), schema, definition.dependsOn());
    }

    boolean isDomain() {
      return made.filter(fact -> fact.id().kind() == Kind.DOMAIN).isPresent();
    }

    /** What is below a domain; itself otherwise. */
    Type plain(Schema schema) {
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

    Type subtype(Schema schema) {
      return of(made.orElseThrow().text(Attribute.SUBTYPE), schema, made.orElseThrow().dependsOn());
    }

    /** The type below a domain, or below the domain that an array is of. */
    Type below(Schema schema) {
      return of(made.orElseThrow().text(Attribute.TYPE), schema, made.orElseThrow().dependsOn());
    }

    Type element() {
      return new Type(text.replaceFirst("(\\[\\])+$", ""), base, modifiers, false, made);
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
  }

  /**
   * @param before the column as it is
   * @param after the column as it is wanted
   * @param from the schema as it is
   * @param to the schema as it is wanted
   */
  static TypeChange of(Fact before, Fact after, Schema from, Schema to) {
    Type old = Type.of(before, from);
    Type wanted = Type.of(after, to);
    if (old.text().equals(wanted.text())) {
      return KEEPS;
    }
    boolean checked = to.origin().major() >= FIRST_WITH_INPUT_CHECK;
    TypeChange plain = new Between(checked, false).values(old.plain(from), wanted.plain(to));
    return wanted.isDomain() && !wanted.array() ? intoDomain(plain, wanted, to, checked) : plain;
  }

  /**
   * The type of a column, or what is below it where it is a domain.
   *
   * @param column the column
   * @param schema the schema that it is in
   */
  static String plain(Fact column, Schema schema) {
    return Type.of(column, schema).plain(schema).text();
  }

  static boolean isComposite(Fact column, Schema schema) {
    Type type = Type.of(column, schema).plain(schema);
    return type.isComposite() && !type.array();
  }

  /**
   * The statement with what its values can do to it.
   *
   * @param statement changes the type
   * @param column the column
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
    return new ByText(from, to, new Between(checked, true))
        .values(Type.of(before, from), Type.of(after, to));
  }

  /**
   * Whether a value has a time inside that is with a zone on one side only.
   *
   * @param before the column as it is
   * @param after the column as it is wanted
   */
  static boolean crossesZones(Fact before, Fact after, Schema from, Schema to) {
    return new ByText(from, to, new Between(false, true))
        .crossesZones(Type.of(before, from), Type.of(after, to));
  }

  private static TypeChange intoDomain(
      TypeChange plain, Type wanted, Schema schema, boolean checked) {
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

  /** Between values that are written as text and read again, with what they have inside. */
  private record ByText(Schema from, Schema to, Between between) {

    TypeChange values(Type old, Type wanted) {
      if (old.array() && wanted.array()) {
        return between.elements(values(old.element(), wanted.element()));
      }
      if (wanted.isDomain() && !wanted.array()) {
        TypeChange plain = values(old, wanted.plain(to));
        DomainChecks checks = DomainChecks.of(wanted.made().orElseThrow(), to);
        return old.text().equals(wanted.text()) && checks.equals(checksOf(old))
            ? plain
            : intoDomain(plain, wanted, to, between.checked());
      }
      if (old.isDomain() && !old.array()) {
        return values(old.plain(from), wanted);
      }
      if (old.isComposite() && wanted.isComposite() && !old.array() && !wanted.array()) {
        return attributes(old, wanted);
      }
      if (old.isRange() && wanted.isRange() && !old.array() && !wanted.array()) {
        TypeChange bounds = values(old.subtype(from), wanted.subtype(to));
        return new TypeChange(
            bounds.reason().isEmpty() ? "" : "in a bound " + bounds.reason(),
            value -> {
              String lower = bounds.condition().apply("lower(" + value + ")");
              return lower.isEmpty()
                  ? ""
                  : lower + " OR " + bounds.condition().apply("upper(" + value + ")");
            },
            bounds.loses());
      }
      return old.text().equals(wanted.text()) && old.labels().equals(wanted.labels())
          ? KEEPS
          : between.written(old, wanted);
    }

    private DomainChecks checksOf(Type old) {
      return old.isDomain()
          ? DomainChecks.of(old.made().orElseThrow(), from)
          : new DomainChecks(List.of(), false);
    }

    private TypeChange attributes(Type old, Type wanted) {
      List<String> reasons = new ArrayList<>();
      List<UnaryOperator<String>> conditions = new ArrayList<>();
      boolean loses = false;
      for (Fact attribute : from.childrenOf(old.made().orElseThrow().id())) {
        Optional<Fact> after = attribute(attribute, wanted);
        if (after.isEmpty()) {
          continue;
        }
        TypeChange one = values(Type.of(attribute, from), Type.of(after.get(), to));
        loses |= one.loses();
        if (!one.reason().isEmpty()) {
          String name = quote(attribute.id().lastName());
          reasons.add("in " + name + " " + one.reason());
          conditions.add(value -> one.condition().apply("(" + value + ")." + name));
        }
      }
      return new TypeChange(
          String.join(", ", reasons),
          value -> {
            List<String> some = conditions.stream().map(one -> one.apply(value)).toList();
            return some.stream().anyMatch(String::isEmpty) ? "" : String.join(" OR ", some);
          },
          loses);
    }

    private Optional<Fact> attribute(Fact attribute, Type wanted) {
      return to.childrenOf(wanted.made().orElseThrow().id()).stream()
          .filter(one -> one.id().kind() == Kind.ATTRIBUTE)
          .filter(one -> one.id().lastName().equals(attribute.id().lastName()))
          .findFirst();
    }

    boolean crossesZones(Type old, Type wanted) {
      if (old.isDomain() || wanted.isDomain()) {
        Type below = old.isDomain() ? old.below(from) : old;
        return crossesZones(below, wanted.isDomain() ? wanted.below(to) : wanted);
      }
      if (old.isComposite() && wanted.isComposite()) {
        return from.childrenOf(old.made().orElseThrow().id()).stream()
            .anyMatch(
                one ->
                    attribute(one, wanted)
                        .filter(after -> crossesZones(Type.of(one, from), Type.of(after, to)))
                        .isPresent());
      }
      return TimeZones.decide(old.text(), wanted.text());
    }
  }

  /**
   * Between types below domains.
   *
   * @param checked whether the server can tell which texts a type takes
   * @param inArray whether they are elements, of which each is cast
   */
  private record Between(boolean checked, boolean inArray) {

    TypeChange values(Type old, Type wanted) {
      if (old.array() && wanted.array()) {
        return elements(new Between(checked, true).values(old.element(), wanted.element()));
      }
      if (isText(wanted)) {
        return toText(old, wanted);
      }
      if (isText(old)) {
        return fromText(wanted);
      }
      if (!inArray
          && ValueConversion.isJson(wanted.text())
          && !ValueConversion.isJson(old.text())) {
        return KEEPS;
      }
      if (!inArray
          && ValueConversion.isJson(old.text())
          && !ValueConversion.isJson(wanted.text())) {
        return fromJson(old, wanted);
      }
      if (old.array() != wanted.array()) {
        return all(old, wanted);
      }
      if (isNumber(old) && isNumber(wanted)) {
        return numbers(old, wanted);
      }
      if (!wanted.labels().isEmpty()) {
        return !old.labels().isEmpty() && wanted.labels().containsAll(old.labels())
            ? KEEPS
            : intoEnum(wanted);
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
    TypeChange written(Type old, Type wanted) {
      TypeChange cast = values(old, wanted);
      boolean differs =
          old.base().equals("boolean") && isNumber(wanted)
              || old.base().equals("money")
              || INTEGERS.containsKey(old.base()) && wanted.base().equals("money");
      boolean whole = INTEGERS.containsKey(wanted.base()) && !INTEGERS.containsKey(old.base());
      return isText(wanted) || cast.reason().isEmpty() && !differs && !whole
          ? cast
          : isText(old) || !wanted.labels().isEmpty() && !wanted.array()
              ? cast
              : new TypeChange(
                  "a %s may be no %s".formatted(old.text(), wanted.text()),
                  some("", wanted).condition(),
                  cast.loses() && !whole);
    }

    private static boolean isText(Type type) {
      return !type.array()
          && (TEXTS.contains(type.base()) || ValueConversion.isExtensions(type.base(), "citext"));
    }

    private static boolean isNumber(Type type) {
      return INTEGERS.containsKey(type.base())
          || FLOATS.contains(type.base())
          || type.base().equals("numeric");
    }

    private TypeChange toText(Type old, Type wanted) {
      if (wanted.base().equals("name")) {
        return longest(old) * (TEXTS.contains(old.base()) ? MOST_BYTES : 1L) <= BYTES_OF_NAME
            ? KEEPS
            : new TypeChange(
                "",
                value -> "",
                true,
                value -> "octet_length(%s::text) > %d".formatted(value, BYTES_OF_NAME));
      }
      int most = wanted.length();
      // Blanks at the end are nothing to a text of fixed length, and no reason to refuse a text.
      boolean blanks = isText(old) && !FIXED.equals(old.base());
      boolean toFixed = FIXED.equals(wanted.base());
      if (longest(old) <= most) {
        return blanks && toFixed
            ? new TypeChange("", value -> "", true, Between::endingInBlanks)
            : KEEPS;
      }
      return new TypeChange(
          "a value may have more than %d characters".formatted(most),
          value ->
              isText(old)
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

    private static long longest(Type type) {
      if (type.array()) {
        return Integer.MAX_VALUE;
      }
      if (type.base().equals("name")) {
        return BYTES_OF_NAME;
      }
      return TEXTS.contains(type.base())
          ? type.length()
          : !type.labels().isEmpty()
              ? type.labels().stream()
                  .mapToInt(label -> label.codePointCount(0, label.length()))
                  .max()
                  .orElse(0)
              : LONGEST.getOrDefault(type.base(), Integer.MAX_VALUE);
    }

    private TypeChange fromText(Type wanted) {
      if (!wanted.labels().isEmpty() && !wanted.array()) {
        return intoEnum(wanted);
      }
      // All others keep what a text means, not how it is written: 007 is 7.
      boolean cut = wanted.array() || !wanted.base().equals("json");
      TypeChange some = some("a text may be no %s".formatted(wanted.text()), wanted);
      return new TypeChange(some.reason(), some.condition(), cut);
    }

    /** A 1 and a "1" are the same afterwards, and so is what stands twice. */
    private TypeChange fromJson(Type old, Type wanted) {
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
                  ? "NOT pg_input_is_valid(%s #>> '{}', %s)"
                      .formatted(value, literal(wanted.text()))
                  : "",
          true);
    }

    private static TypeChange intoEnum(Type wanted) {
      return new TypeChange(
          "a value may be none of %s".formatted(wanted.base()),
          value ->
              "%s::text NOT IN (%s)"
                  .formatted(
                      value,
                      wanted.labels().stream()
                          .map(SqlNames::literal)
                          .collect(Collectors.joining(", "))),
          false);
    }

    /** Some values are refused; which, PostgreSQL 16 and later can tell, and of some types we. */
    private TypeChange some(String reason, Type wanted) {
      return new TypeChange(
          reason,
          value ->
              checked
                  ? "NOT pg_input_is_valid(%s::text, %s)".formatted(value, literal(wanted.text()))
                  : wanted.array() ? "" : byShape(value, wanted),
          false);
    }

    private static String byShape(String value, Type wanted) {
      if (INTEGERS.containsKey(wanted.base())) {
        BigDecimal most = INTEGERS.get(wanted.base());
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

    private static TypeChange all(Type old, Type wanted) {
      return new TypeChange(
          "no %s is a %s: it fails with any value".formatted(old.text(), wanted.text()),
          value -> value + " IS NOT NULL",
          false);
    }

    private static TypeChange numbers(Type old, Type wanted) {
      boolean ofIntegers = INTEGERS.containsKey(old.base());
      boolean ofFloats = FLOATS.contains(old.base());
      if (INTEGERS.containsKey(wanted.base())) {
        BigDecimal most = INTEGERS.get(wanted.base());
        BigDecimal least = most.negate().subtract(BigDecimal.ONE);
        if (ofIntegers) {
          return INTEGERS.get(old.base()).compareTo(most) <= 0
              ? KEEPS
              : outside(
                  wanted, value -> "%s NOT BETWEEN %s AND %s".formatted(value, least, most), false);
        }
        return outside(
            wanted,
            value -> "NOT (%s >= %s.5 AND %s < %s.5)".formatted(value, least, value, most),
            !(old.base().equals("numeric") && old.scale() != null && old.scale() <= 0));
      }
      if (wanted.base().equals("numeric")) {
        return intoNumeric(old, wanted);
      }
      boolean real = wanted.base().equals("real");
      if (ofIntegers) {
        return old.base().equals("smallint") || old.base().equals("integer") && !real
            ? KEEPS
            : ROUNDS;
      }
      if (ofFloats) {
        return real ? outside(wanted, Between::beyondReal, true) : KEEPS;
      }
      boolean exact =
          old.scale() != null && old.length() <= (real ? DIGITS_OF_REAL : DIGITS_OF_DOUBLE);
      boolean fits = old.scale() != null && (!real || old.length() - old.scale() <= 38);
      return fits
          ? exact ? KEEPS : ROUNDS
          : outside(
              wanted,
              value ->
                  real
                      ? beyondReal(value)
                      : "%s <> 'NaN' AND abs(%s) > 1.7976931348623157e308".formatted(value, value),
              true);
    }

    /** Too large, or so small that it would be nothing. */
    private static String beyondReal(String value) {
      return "abs(%s) > 3.4028235e38 AND %s NOT IN ('NaN', 'Infinity', '-Infinity') OR %s <> 0 AND abs(%s) < 1e-45"
          .formatted(value, value, value, value);
    }

    private static TypeChange intoNumeric(Type old, Type wanted) {
      boolean ofFloats = FLOATS.contains(old.base());
      if (wanted.scale() == null) {
        return ofFloats ? ROUNDS : KEEPS;
      }
      BigDecimal most = INTEGERS.get(old.base());
      boolean cuts = ofFloats || wanted.scale() < 0;
      if (old.base().equals("numeric")) {
        cuts = old.scale() == null || old.scale() > wanted.scale();
        most =
            old.scale() == null
                ? null
                : BigDecimal.ONE
                    .scaleByPowerOfTen(old.length() - old.scale())
                    .subtract(BigDecimal.ONE.scaleByPowerOfTen(-old.scale()));
      }
      BigDecimal tooMuch =
          BigDecimal.ONE
              .scaleByPowerOfTen(wanted.length() - wanted.scale())
              .subtract(new BigDecimal("0.5").scaleByPowerOfTen(-wanted.scale()));
      if (most != null && most.compareTo(tooMuch) < 0) {
        return cuts ? ROUNDS : KEEPS;
      }
      boolean nan = !INTEGERS.containsKey(old.base());
      return outside(
          wanted,
          value ->
              (nan ? value + " <> 'NaN' AND " : "")
                  + "abs(%s) >= %s".formatted(value, tooMuch.toPlainString()),
          cuts);
    }

    private static TypeChange outside(
        Type wanted, UnaryOperator<String> condition, boolean rounds) {
      return new TypeChange(
          "a number may be too large for %s".formatted(wanted.text()), condition, rounds);
    }

    private TypeChange others(Type old, Type wanted) {
      String from = old.base();
      String into = wanted.base();
      if (!inArray && from.equals("money") && isNumber(wanted)) {
        TypeChange number = numbers(AMOUNT, wanted);
        return new TypeChange(
            number.reason(),
            value -> number.condition().apply(value + "::numeric"),
            number.loses());
      }
      if (!inArray && from.equals("bit") && INTEGERS.containsKey(into)) {
        return old.length() <= (into.equals("bigint") ? 64 : 32) ? KEEPS : all(old, wanted);
      }
      if (!inArray && INTEGERS.containsKey(from) && into.equals("bit")) {
        return ROUNDS;
      }
      if (from.equals("macaddr") && into.equals("macaddr8")) {
        return KEEPS;
      }
      if (!inArray && from.equals("macaddr8") && into.equals("macaddr")) {
        return new TypeChange(
            "an address of eight bytes may have none of six",
            value -> "substr(%s::text, 10, 5) <> 'ff:fe'".formatted(value),
            false);
      }
      if (!inArray && ValueConversion.isMultirangeOf(into, from)) {
        return KEEPS;
      }
      if (!inArray && ValueConversion.isMultirangeOf(from, into)) {
        return ROUNDS;
      }
      if (from.equals(into) || bits(from, into)) {
        return ofOneKind(old, wanted);
      }
      if (from.startsWith("interval") && into.startsWith("interval")) {
        return into.equals("interval") ? KEEPS : ROUNDS;
      }
      if (TIMES.contains(from) && TIMES.contains(into)) {
        boolean shorter =
            into.equals("date") || !from.equals("date") && wanted.precision() < old.precision();
        return shorter ? ROUNDS : KEEPS;
      }
      if (CLOCKS.contains(from) && CLOCKS.contains(into)) {
        return into.equals("time without time zone") || wanted.precision() < old.precision()
            ? ROUNDS
            : KEEPS;
      }
      if (from.startsWith("timestamp") && CLOCKS.contains(into)) {
        return ROUNDS;
      }
      if (CLOCKS.contains(from) && into.equals("interval")
          || from.equals("jsonb") && into.equals("json")
          || from.equals("cidr") && into.equals("inet")
          || from.equals("boolean") && isNumber(wanted)
          || INTEGERS.containsKey(from) && into.equals("money")) {
        return KEEPS;
      }
      if (from.equals("json") && into.equals("jsonb")
          || from.equals("inet") && into.equals("cidr")
          || from.equals("integer") && into.equals("boolean")
          || from.equals("numeric") && into.equals("money")) {
        return ROUNDS;
      }
      return alike(old, wanted)
          ? some("a %s may be no %s".formatted(old.text(), wanted.text()), wanted)
          : all(old, wanted);
    }

    private static boolean bits(String from, String into) {
      return from.startsWith("bit") && into.startsWith("bit") && !from.equals(into);
    }

    private static TypeChange ofOneKind(Type old, Type wanted) {
      if (wanted.base().equals("bit varying")) {
        return old.length() <= wanted.length()
            ? KEEPS
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
          TIMES.contains(old.base())
              || CLOCKS.contains(old.base())
              || old.base().startsWith("interval");
      return timed && wanted.precision() < old.precision() ? ROUNDS : KEEPS;
    }

    /** Whether a value of the one can look like one of the other. */
    private static boolean alike(Type old, Type wanted) {
      return form(old) == '?'
          || form(wanted) == '?'
          || form(old) == form(wanted)
          || Set.of(form(old), form(wanted)).equals(Set.of('n', 'b'))
          || form(old) == 'n' && form(wanted) == 'd'
          || old.base().equals("numeric") && wanted.base().equals("uuid");
    }

    private static char form(Type type) {
      if (isNumber(type)) {
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
}
