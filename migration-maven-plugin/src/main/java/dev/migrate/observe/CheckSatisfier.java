package dev.migrate.observe;

import dev.migrate.observe.RowCatalog.Column;
import dev.migrate.observe.RowCatalog.Rule;
import dev.migrate.observe.RowCatalog.Table;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Generates column values that satisfy the CHECK constraints of a table: candidates are what the
 * checks themselves mention and its neighbours, what would be made up anyway, and some common
 * shapes; PostgreSQL says which of their combinations pass.
 */
final class CheckSatisfier {
  private static final int COMBINATIONS = 20_000;
  private static final int WANTED = 8;
  private static final int SPREAD = 1_009;
  private static final Pattern TEXT = Pattern.compile("'((?:[^']|'')*)'");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w.'])-?\\d+(?:\\.\\d+)?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d.*");

  private static final List<String> SHAPES =
      List.of(
          "a",
          "A",
          "ab",
          "AB",
          "abc",
          "ABC",
          "EUR",
          "12345",
          "1",
          "A-1",
          "AB-123",
          "a-1",
          "a.b",
          "a1@example.org",
          "https://example.org/",
          "+49301234567",
          "2001-01-01",
          "");

  private final Connection connection;
  private final MadeUpValues values;

  CheckSatisfier(Connection connection, MadeUpValues values) {
    this.connection = connection;
    this.values = values;
  }

  /**
   * @param table a table, described
   * @return for its columns that checks are about, values that go together; none when there are no
   *     checks, or none was found
   */
  List<Map<String, String>> of(Table table) throws SQLException {
    List<Map<String, String>> rows = new ArrayList<>();
    List<Rule> open = new ArrayList<>(table.rules());
    while (!open.isEmpty()) {
      Set<String> columns = new LinkedHashSet<>(open.get(0).columns());
      List<Rule> together = new ArrayList<>();
      while (gather(open, columns, together)) {
        // Rules that share a column belong together, and may bring further columns.
      }
      join(rows, search(table, columns, together));
    }
    return rows;
  }

  private static boolean gather(List<Rule> open, Set<String> columns, List<Rule> together) {
    for (Rule rule : open) {
      if (rule.columns().isEmpty() || rule.columns().stream().anyMatch(columns::contains)) {
        open.remove(rule);
        together.add(rule);
        columns.addAll(rule.columns());
        return true;
      }
    }
    return false;
  }

  private static void join(List<Map<String, String>> rows, List<Map<String, String>> found) {
    if (found.isEmpty()) {
      return;
    }
    int size = Math.max(rows.size(), found.size());
    int before = rows.size();
    for (int i = 0; i < size; i++) {
      if (i >= before) {
        rows.add(new LinkedHashMap<>(before == 0 ? Map.of() : rows.get(i % before)));
      }
      rows.get(i).putAll(found.get(i % found.size()));
    }
  }

  private List<Map<String, String>> search(Table table, Set<String> columns, List<Rule> rules)
      throws SQLException {
    if (columns.isEmpty()) {
      return List.of();
    }
    int most = Math.max(2, (int) Math.pow(COMBINATIONS, 1.0 / columns.size()));
    List<String> sources = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> empties = new ArrayList<>();
    for (String name : columns) {
      String quoted = SqlNames.quote(name);
      List<String> candidates = candidates(table.column(name), rules);
      List<String> some = candidates.subList(0, Math.min(most, candidates.size()));
      sources.add(
          "(VALUES (%s)) AS \"source %d\" (%s)"
              .formatted(String.join("), (", some), sources.size(), quoted));
      outputs.add(quoted + "::text");
      empties.add("(%s IS NULL)::int".formatted(quoted));
    }
    String sql =
        "SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %s"
            .formatted(
                String.join(", ", outputs),
                String.join(", ", sources),
                String.join(
                    " AND ",
                    rules.stream()
                        .map(rule -> "(" + rule.expression() + ") IS NOT FALSE")
                        .toList()),
                String.join(" + ", empties),
                WANTED);
    Savepoint before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      List<Map<String, String>> found = new ArrayList<>();
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          Map<String, String> row = new LinkedHashMap<>();
          int at = 1;
          for (String name : columns) {
            String value = result.getString(at++);
            row.put(
                name,
                value == null
                    ? "NULL"
                    : SqlLiteral.literal(value) + "::" + table.column(name).type());
          }
          found.add(row);
        }
      }
      connection.releaseSavepoint(before);
      return found;
    } catch (SQLException notEvaluated) {
      // A check about the whole row, or a candidate that its functions refuse: the insert will
      // tell.
      connection.rollback(before);
      return List.of();
    }
  }

  private List<String> candidates(Column column, List<Rule> rules) {
    Set<String> found = new LinkedHashSet<>();
    for (int row = 0; row < 3; row++) {
      values.next();
      String usual = values.plain(column, row);
      if (usual != null) {
        found.add(usual);
      }
    }
    for (Rule rule : rules) {
      mentioned(column, rule.expression(), found);
    }
    column.labels().forEach(label -> add(found, label, column));
    if (column.category().equals("S")) {
      SHAPES.forEach(shape -> add(found, shape, column));
    }
    if (!column.needed()) {
      found.add("NULL::" + column.plain());
    }
    return new ArrayList<>(found);
  }

  private static void mentioned(Column column, String expression, Set<String> found) {
    switch (column.category()) {
      case "S" -> {
        Matcher texts = TEXT.matcher(expression);
        while (texts.find()) {
          String text = SqlLiteral.unquoted(texts.group(1));
          add(found, text, column);
          for (int seed = 0; seed < WANTED; seed++) {
            RegexExample.of(text, seed * SPREAD).ifPresent(one -> add(found, one, column));
          }
        }
        Matcher numbers = NUMBER.matcher(expression);
        while (numbers.find()) {
          int length = (int) Math.min(200, Math.abs(Double.parseDouble(numbers.group())));
          add(found, "a".repeat(length), column);
          add(found, "1".repeat(length), column);
        }
      }
      case "N" -> {
        List.of("1", "0", "10", "100", "-1").forEach(one -> add(found, one, column));
        Matcher numbers = NUMBER.matcher(expression.replace("'", " "));
        while (numbers.find()) {
          java.math.BigDecimal number = new java.math.BigDecimal(numbers.group());
          add(found, number.toPlainString(), column);
          add(found, number.add(java.math.BigDecimal.ONE).toPlainString(), column);
          add(found, number.subtract(java.math.BigDecimal.ONE).toPlainString(), column);
        }
      }
      case "D" -> {
        Matcher texts = TEXT.matcher(expression);
        while (texts.find()) {
          if (DATE.matcher(texts.group(1)).matches()) {
            add(found, texts.group(1), column);
          }
        }
        if (!column.base().startsWith("time") || column.base().startsWith("timestamp")) {
          List.of("2001-01-02", "2030-01-01", "1980-01-01").forEach(one -> add(found, one, column));
        }
      }
      case "B" -> List.of("true", "false").forEach(one -> add(found, one, column));
      case "R" -> {
        if (column.base().startsWith("int4") || column.base().startsWith("int8")) {
          add(found, column.base().endsWith("multirange") ? "{[1,2)}" : "[1,2)", column);
        }
      }
      case "U" -> {
        if (column.base().startsWith("json")) {
          List.of("{\"a\": 1}", "[1]").forEach(one -> add(found, one, column));
        }
      }
      default -> {}
    }
  }

  /** With the type below a domain, which would refuse instead of saying no. */
  private static void add(Set<String> found, String literal, Column column) {
    found.add(SqlLiteral.literal(literal) + "::" + column.plain());
  }
}
