package dev.migrate.observe;

import dev.migrate.observe.RowCatalog.Column;
import dev.migrate.sql.SqlLiteral;
import java.time.LocalDate;

/**
 * Generates test values for columns, by type. Numbers begin high, out of the way of rows that
 * revisions insert themselves, and texts are digits, which can be cast to most things.
 */
final class MadeUpValues {
  private static final int FIRST = 1_000_000;
  private static final int FIRST_SMALL = 20_000;
  private static final int SMALL = 10_000;
  private static final int HEADER = 4;
  private static final int SCALE_BITS = 16;
  private static final int SCALE_MASK = 0x7FF;

  private int number;

  /** Makes the following values different from those before. */
  void next() {
    number++;
  }

  /**
   * @param row which of several rows of a table it is for; enums take their values in turn
   * @return SQL for a value, or null when none is known
   */
  String of(Column column, int row) {
    String literal = literal(column, row);
    return literal == null ? null : SqlLiteral.literal(literal) + "::" + column.type();
  }

  /**
   * @param row which of several rows of a table it is for
   * @return the same as a value of the type below the column's domain
   */
  String plain(Column column, int row) {
    String literal = literal(column, row);
    return literal == null ? null : SqlLiteral.literal(literal) + "::" + column.plain();
  }

  private String literal(Column column, int row) {
    return switch (column.category()) {
      case "N" -> number(column);
      case "S" -> text(column);
      case "B" -> row % 2 == 0 ? "true" : "false";
      case "E" ->
          column.labels().isEmpty() ? null : column.labels().get(row % column.labels().size());
      case "D" -> time(column);
      case "T" -> number + " hours";
      case "A" -> "{}";
      case "R" -> column.base().endsWith("multirange") ? "{}" : "empty";
      case "I" -> "192.0.2." + number % 256;
      case "V" -> "0".repeat(Math.max(1, column.modifier()));
      case "G" -> geometry(column.base());
      default -> other(column.base());
    };
  }

  private String number(Column column) {
    return switch (column.base()) {
      case "int2" -> String.valueOf(FIRST_SMALL + number % SMALL);
      case "numeric" -> numeric(column.modifier());
      case "float4", "float8" -> FIRST + number + ".25";
      default -> String.valueOf(FIRST + number);
    };
  }

  /** As many digits as fit before the point, and some behind it, to be missed when they go. */
  private String numeric(int modifier) {
    if (modifier < HEADER) {
      return FIRST + number + ".25";
    }
    int precision = (modifier - HEADER) >> SCALE_BITS & 0xFFFF;
    int scale = (modifier - HEADER) & SCALE_MASK;
    int digits = Math.max(0, precision - scale);
    if (digits == 0) {
      return "0." + "0".repeat(Math.max(0, scale - 1)) + number % 10;
    }
    String fraction = scale == 0 ? "" : scale == 1 ? ".5" : ".25";
    return last(String.valueOf(FIRST + number), digits) + fraction;
  }

  /**
   * @return the digits of the value that is being made up
   */
  String digits() {
    return String.valueOf(FIRST + number);
  }

  /**
   * @param column a column of texts
   * @param look the type that a later script takes its texts for, as PostgreSQL names it
   * @return a literal of it that fits into the column; null when none is known
   */
  String looking(Column column, String look) {
    String literal =
        switch (look) {
          case "uuid" -> "00000000-0000-4000-8000-%012d".formatted(number);
          case "boolean" -> number % 2 == 0 ? "true" : "false";
          case "json", "jsonb" -> "{\"n\": %d}".formatted(number);
          case "interval" -> number + " hours";
          case "inet", "cidr" -> "192.0.2." + number % 256;
          case "macaddr" -> "08:00:2b:01:02:%02x".formatted(number % 256);
          case "point" -> "(1,1)";
          case "xml" -> "<x/>";
          case "time", "time without time zone", "time with time zone" ->
              "12:%02d:00".formatted(number % 60);
          default ->
              look.startsWith("date") || look.startsWith("timestamp")
                  ? LocalDate.of(2001, 1, 1).plusDays(number % 7_000) + " 03:04:05"
                  : look.startsWith("range") || look.endsWith("range") ? "empty" : null;
        };
    boolean fits =
        literal != null
            && (column.modifier() < HEADER || literal.length() <= column.modifier() - HEADER);
    return fits
        ? literal
        : literal != null && look.startsWith("date")
                || literal != null && look.startsWith("timestamp")
            ? fitting(literal.substring(0, literal.indexOf(' ')), column)
            : null;
  }

  private static String fitting(String literal, Column column) {
    return literal.length() <= column.modifier() - HEADER ? literal : null;
  }

  private String text(Column column) {
    boolean limited =
        column.modifier() >= HEADER
            && (column.base().equals("varchar") || column.base().equals("bpchar"));
    String digits = String.valueOf(FIRST + number);
    return limited ? last(digits, column.modifier() - HEADER) : digits;
  }

  private static String last(String digits, int length) {
    return digits.substring(Math.max(0, digits.length() - length));
  }

  private String time(Column column) {
    if (column.base().startsWith("time") && !column.base().startsWith("timestamp")) {
      return "12:%02d".formatted(number % 60);
    }
    String day = LocalDate.of(2001, 1, 1).plusDays(number % 7_000).toString();
    return column.base().startsWith("timestamp") ? day + " 03:04:05.678" : day;
  }

  private static String geometry(String type) {
    return switch (type) {
      case "point" -> "(1,1)";
      case "circle" -> "<(1,1),1>";
      case "line" -> "{1,1,1}";
      case "polygon" -> "((0,0),(1,0),(1,1))";
      default -> "((0,0),(1,1))";
    };
  }

  private String other(String type) {
    return switch (type) {
      case "uuid" -> "00000000-0000-4000-8000-%012d".formatted(number);
      case "json", "jsonb" -> "{}";
      case "bytea" -> "\\x00";
      case "xml" -> "<x/>";
      case "macaddr" -> "08:00:2b:01:02:%02x".formatted(number % 256);
      case "macaddr8" -> "08:00:2b:01:02:03:04:%02x".formatted(number % 256);
      case "pg_lsn" -> "0/0";
      case "tsvector", "hstore" -> "";
      case "tsquery", "ltree" -> "a";
      default -> null;
    };
  }
}
