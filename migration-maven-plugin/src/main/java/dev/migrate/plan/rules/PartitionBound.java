package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;
import static dev.migrate.sql.SqlNames.unquoted;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.PlanContext;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bound of a partition as a SQL condition, and queries for the rows that stand in the way of a
 * new one: those in the default partition, and those of a table that becomes a partition.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARTITION">CREATE
 *     TABLE, PARTITION OF</a>
 */
final class PartitionBound {
  private static final String DEFAULT = "DEFAULT";
  private static final Pattern KEY = Pattern.compile("(?s)(RANGE|LIST) \\((.*)\\)");
  private static final Pattern RANGE =
      Pattern.compile("(?s)FOR VALUES FROM \\((.*)\\) TO \\((.*)\\)");
  private static final Pattern LIST = Pattern.compile("(?s)FOR VALUES IN \\((.*)\\)");

  private PartitionBound() {}

  /** What may be refused when a partition comes: rows that the default partition holds for it. */
  static Optional<Hazard> heldByDefault(Fact link, PlanContext context) {
    FactId parent = PartitionRule.parentId(link);
    return siblings(link, context.from())
        .filter(other -> other.text(Attribute.BOUND).equals(DEFAULT))
        .filter(other -> context.to().find(other.id()).equals(Optional.of(other)))
        .map(other -> other.parent().orElseThrow())
        .findFirst()
        .map(
            table ->
                new Hazard.MayFailOnRows(
                    condition(parent, link.text(Attribute.BOUND), context.to())
                        .filter(rows -> keepsKey(table, parent, context))
                        .map(rows -> "SELECT * FROM " + qualified(table) + " WHERE " + rows)
                        .orElse(""),
                    "a row of %s may belong to %s".formatted(table, link.parent().orElseThrow())));
  }

  /** What may be refused when a table becomes a partition: rows of it that do not belong there. */
  static Hazard outside(Fact link, PlanContext context) {
    FactId table = link.parent().orElseThrow();
    FactId parent = PartitionRule.parentId(link);
    String bound = link.text(Attribute.BOUND);
    Optional<String> taken =
        bound.equals(DEFAULT)
            ? any(
                siblings(link, context.to())
                    .map(other -> condition(parent, other.text(Attribute.BOUND), context.to()))
                    .toList())
            : condition(parent, bound, context.to()).map(rows -> "(" + rows + ") IS NOT TRUE");
    return new Hazard.MayFailOnRows(
        taken
            .filter(rows -> keepsKey(table, parent, context))
            .map(rows -> "SELECT * FROM " + qualified(table) + " WHERE " + rows)
            .orElse(""),
        "a row of %s may lie outside of %s".formatted(table, bound));
  }

  /** A condition on values of another type than those that are there finds nothing. */
  private static boolean keepsKey(FactId table, FactId parent, PlanContext context) {
    return context.to().childrenOf(parent).stream()
        .filter(column -> column.has(Note.PARTITION_KEY))
        .allMatch(
            column ->
                context
                    .first()
                    .find(
                        FactId.of(
                            Kind.COLUMN, table.name(0), table.name(1), column.id().lastName()))
                    .filter(own -> type(own, context.first()).equals(type(column, context.to())))
                    .isPresent());
  }

  private static String type(Fact column, Schema schema) {
    return Inheritance.definition(column, schema).text(Attribute.TYPE);
  }

  /** The other partitions of the same table. */
  static Stream<Fact> siblings(Fact link, Schema schema) {
    FactId parent = PartitionRule.parentId(link);
    return schema.dependentsOf(parent).stream()
        .filter(other -> other.id().kind() == Kind.PARTITION && !other.id().equals(link.id()))
        .filter(other -> PartitionRule.parentId(other).equals(parent));
  }

  private static Optional<String> any(List<Optional<String>> conditions) {
    return conditions.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(conditions.stream().map(Optional::get).collect(Collectors.joining(" OR ")));
  }

  /** A condition on rows; nothing where the key is an expression, or a hash. */
  private static Optional<String> condition(FactId table, String bound, Schema schema) {
    Optional<List<String>> key = schema.find(table).flatMap(PartitionBound::columns);
    Matcher range = RANGE.matcher(bound);
    Matcher list = LIST.matcher(bound);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = key.get();
    if (list.matches()) {
      return Optional.of(among(columns.get(0), values(list.group(1))));
    }
    if (!range.matches()) {
      return Optional.empty();
    }
    Optional<String> from = beside(columns, values(range.group(1)), ">=", "MINVALUE");
    Optional<String> to = beside(columns, values(range.group(2)), "<", "MAXVALUE");
    List<String> both = new ArrayList<>();
    columns.forEach(column -> both.add(column + " IS NOT NULL"));
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Stream.of(from.get(), to.get()).filter(one -> !one.isEmpty()).forEach(both::add);
    return Optional.of(String.join(" AND ", both));
  }

  private static Optional<List<String>> columns(Fact table) {
    Matcher key = KEY.matcher(table.text(Attribute.PARTITION_KEY));
    if (!key.matches()) {
      return Optional.empty();
    }
    List<String> columns = values(key.group(2));
    boolean plain = columns.stream().allMatch(column -> column.equals(quoted(column)));
    return plain ? Optional.of(columns) : Optional.empty();
  }

  private static String quoted(String column) {
    return quote(unquoted(column));
  }

  private static String among(String column, List<String> values) {
    List<String> conditions = new ArrayList<>();
    List<String> given = values.stream().filter(value -> !value.equals("NULL")).toList();
    if (!given.isEmpty()) {
      conditions.add(column + " IN (" + String.join(", ", given) + ")");
    }
    if (given.size() < values.size()) {
      conditions.add(column + " IS NULL");
    }
    return conditions.size() == 1 ? conditions.get(0) : "(" + String.join(" OR ", conditions) + ")";
  }

  /**
   * Empty text where the end is open; nothing where it is open in the middle of several columns.
   */
  private static Optional<String> beside(
      List<String> columns, List<String> values, String operator, String open) {
    int given = 0;
    while (given < values.size() && !values.get(given).endsWith("VALUE")) {
      given++;
    }
    if (given == 0 && values.get(0).equals(open)) {
      return Optional.of("");
    }
    return given < values.size()
        ? Optional.empty()
        : Optional.of(
            "(%s) %s (%s)"
                .formatted(String.join(", ", columns), operator, String.join(", ", values)));
  }

  /** The values of a list, in which a text or a call can have commas of its own. */
  private static List<String> values(String list) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    char quoted = 0;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (quoted != 0) {
        quoted = c == quoted ? 0 : quoted;
      } else if (c == '\'' || c == '"') {
        quoted = c;
      } else if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        values.add(list.substring(start, i).strip());
        start = i + 1;
      }
    }
    values.add(list.substring(start).strip());
    return values;
  }
}
