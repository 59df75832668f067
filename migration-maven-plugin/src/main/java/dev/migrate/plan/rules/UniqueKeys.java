package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.PlanContext;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parses unique keys and exclusion constraints, and renders queries that find the rows which
 * violate them.
 */
final class UniqueKeys {
  private UniqueKeys() {}

  /**
   * @param table the table, as SQL names it
   * @param definition of a unique index: {@code USING btree (a, lower(b)) WHERE …}
   * @return finds the values that several rows have; empty when the text is not understood
   */
  static String duplicates(String table, String definition) {
    int open = definition.indexOf('(');
    int close = PrintedExpressions.closing(definition, open);
    if (open < 0 || close < 0) {
      return "";
    }
    List<String> keys =
        elements(definition.substring(open + 1, close)).stream()
            .map(UniqueKeys::expression)
            .toList();
    return duplicates(
        table, keys, definition.contains(" NULLS NOT DISTINCT"), condition(definition, close));
  }

  /**
   * @param definition of an index
   * @return the columns that are keys by themselves, and not in an expression
   */
  static List<String> columns(String definition) {
    int open = definition.indexOf('(');
    int close = PrintedExpressions.closing(definition, open);
    return open < 0 || close < 0
        ? List.of()
        : elements(definition.substring(open + 1, close)).stream()
            .map(UniqueKeys::expression)
            .filter(key -> key.matches("[a-z_][a-z0-9_$]*|\"(?:[^\"]|\"\")+\""))
            .map(SqlNames::unquoted)
            .toList();
  }

  /**
   * @param table the table, as SQL names it
   * @param keys expressions of which all must not be the same in two rows
   * @param nullsToo whether two rows without a value have the same
   * @param condition which rows count
   */
  static String duplicates(
      String table, List<String> keys, boolean nullsToo, Optional<String> condition) {
    List<String> where = new ArrayList<>();
    condition.ifPresent(where::add);
    if (!nullsToo) {
      keys.forEach(key -> where.add(key + " IS NOT NULL"));
    }
    return "SELECT %s FROM %s%s GROUP BY %s HAVING count(*) > 1"
        .formatted(
            String.join(", ", keys),
            table,
            where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where),
            String.join(", ", keys));
  }

  /**
   * @param table the table, as SQL names it
   * @param columns the columns of a key WITHOUT OVERLAPS: the last holds the time
   * @return finds pairs of rows
   */
  static String overlaps(String table, List<String> columns) {
    List<String> operators = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      operators.add(i == columns.size() - 1 ? "&&" : "=");
    }
    return pairs(
        table, columns.stream().map(SqlNames::quote).toList(), operators, Optional.empty());
  }

  /**
   * @param table the table, as SQL names it
   * @param definition {@code EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (…)}
   * @return finds pairs of rows; empty when the text is not understood
   */
  static String excluded(String table, String definition) {
    int open = definition.indexOf('(');
    int close = PrintedExpressions.closing(definition, open);
    if (open < 0 || close < 0) {
      return "";
    }
    List<String> keys = new ArrayList<>();
    List<String> operators = new ArrayList<>();
    for (String element : elements(definition.substring(open + 1, close))) {
      int with = element.lastIndexOf(" WITH ");
      if (with < 0) {
        return "";
      }
      keys.add(expression(element.substring(0, with)));
      operators.add(element.substring(with + " WITH ".length()));
    }
    return pairs(table, keys, operators, condition(definition, close));
  }

  private static Optional<String> condition(String definition, int close) {
    int where = definition.indexOf(" WHERE ", close);
    return where < 0
        ? Optional.empty()
        : Optional.of(definition.substring(where + " WHERE ".length()));
  }

  private static String pairs(
      String table, List<String> keys, List<String> operators, Optional<String> condition) {
    StringBuilder rows = new StringBuilder("SELECT tableoid AS t, ctid AS r");
    StringBuilder match = new StringBuilder("(a.t, a.r) < (b.t, b.r)");
    for (int i = 0; i < keys.size(); i++) {
      rows.append(", ").append(keys.get(i)).append(" AS k").append(i + 1);
      match.append(" AND a.k%d %s b.k%d".formatted(i + 1, operators.get(i), i + 1));
    }
    String side = rows + " FROM " + table + condition.map(text -> " WHERE " + text).orElse("");
    return "SELECT a.*, b.* FROM (%s) a JOIN (%s) b ON %s".formatted(side, side, match);
  }

  /** What stands between commas that are in no parenthesis and no quote. */
  static List<String> elements(String list) {
    List<String> elements = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '(') {
        int close = PrintedExpressions.closing(list, i);
        i = close < 0 ? list.length() : close;
      } else if (c == '\'' || c == '"') {
        int end = list.indexOf(c, i + 1);
        i = end < 0 ? list.length() : end;
      } else if (c == ',') {
        elements.add(list.substring(start, i).strip());
        start = i + 1;
      }
    }
    elements.add(list.substring(start).strip());
    return elements;
  }

  /** A key without collation, operator class and order. */
  private static String expression(String element) {
    if (element.startsWith("(")) {
      int close = PrintedExpressions.closing(element, 0);
      return close < 0 ? element : element.substring(0, close + 1);
    }
    int end = 0;
    while (end < element.length() && element.charAt(end) != ' ') {
      char c = element.charAt(end);
      if (c == '"') {
        int close = element.indexOf('"', end + 1);
        end = close < 0 ? element.length() : close + 1;
      } else if (c == '(') {
        int close = PrintedExpressions.closing(element, end);
        end = close < 0 ? element.length() : close + 1;
      } else {
        end++;
      }
    }
    return element.substring(0, end);
  }

  /**
   * Whether rows that are there cannot be in each other's way: one of the columns is new and has no
   * value in any, or columns among them are unique already.
   */
  static boolean cannotFail(
      Fact table, List<String> columns, boolean nullsToo, PlanContext context) {
    return !nullsToo && columns.stream().anyMatch(name -> isNewAndNull(table.id(), name, context))
        || isUniqueAlready(table.id(), columns, nullsToo, context);
  }

  /** Whether a column comes with the plan and has no value in the rows that are there. */
  static boolean isNewAndNull(FactId table, String name, PlanContext context) {
    FactId column = FactId.of(Kind.COLUMN, table.name(0), table.name(1), name);
    Optional<Fact> wanted = context.to().find(column);
    return wanted.isPresent()
        && context.created().contains(column)
        && !wanted.get().has(Attribute.NOT_NULL)
        && !wanted.get().has(Attribute.GENERATED)
        && !context.to().has(column.as(Kind.DEFAULT))
        && !context.to().has(column.as(Kind.IDENTITY))
        && wanted.get().dependsOn().stream()
            .noneMatch(
                type ->
                    type.kind() == Kind.DOMAIN
                        && context
                            .to()
                            .find(type)
                            .filter(one -> one.has(Attribute.DEFAULT))
                            .isPresent());
  }

  /** Where rows without a value count, a key under which they do not proves nothing. */
  private static boolean isUniqueAlready(
      FactId table, List<String> columns, boolean nullsToo, PlanContext context) {
    return context.from().childrenOf(table).stream()
        .filter(child -> !context.dropped().contains(child.id()) && context.to().has(child.id()))
        .filter(
            child ->
                child.text(Attribute.TYPE).equals("primary key")
                    || child.text(Attribute.TYPE).equals("unique"))
        .filter(child -> !child.text(Attribute.DEFINITION).contains("WITHOUT OVERLAPS"))
        .filter(
            child ->
                !nullsToo
                    || child.text(Attribute.TYPE).equals("primary key")
                    || child.text(Attribute.DEFINITION).contains(" NULLS NOT DISTINCT"))
        .map(child -> child.items(Attribute.COLUMNS))
        .anyMatch(unique -> !unique.isEmpty() && columns.containsAll(unique));
  }

  /** Rows that refer to nothing, read off {@code FOREIGN KEY (a) REFERENCES app.p(b)}. */
  static String orphans(Fact key) {
    String definition = key.text(Attribute.DEFINITION);
    if (definition.contains("PERIOD ")) {
      return "";
    }
    int open = definition.indexOf('(');
    int close = PrintedExpressions.closing(definition, open);
    int references = definition.indexOf(" REFERENCES ", close);
    int second = definition.indexOf('(', references);
    int end = PrintedExpressions.closing(definition, second);
    if (open < 0 || close < 0 || references < 0 || second < 0 || end < 0) {
      return "";
    }
    List<String> own = elements(definition.substring(open + 1, close));
    List<String> others = elements(definition.substring(second + 1, end));
    String table = definition.substring(references + " REFERENCES ".length(), second);
    List<String> match = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      match.add("r." + others.get(i) + " = t." + own.get(i));
    }
    String filled =
        own.stream()
            .map(column -> "t." + column + " IS NOT NULL")
            .collect(Collectors.joining(definition.contains(" MATCH FULL") ? " OR " : " AND "));
    return "SELECT * FROM %s t WHERE (%s) AND NOT EXISTS (SELECT FROM %s r WHERE %s)"
        .formatted(qualified(key.id()), filled, table, String.join(" AND ", match));
  }

  static List<String> quoted(List<String> columns) {
    return columns.stream().map(column -> quote(column)).toList();
  }
}
