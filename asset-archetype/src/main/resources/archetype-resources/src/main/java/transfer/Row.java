package ${package}.transfer;

import ${package}.failure.RuleException;
import ${package}.page.Typed;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.springframework.validation.FieldError;
import org.springframework.validation.MapBindingResult;

/** A line that is read: its values by column, and what is wrong with them. */
final class Row {
  private final int number;
  private final Map<String, String> values;
  private final MapBindingResult errors;
  private final Typed typed;
  private boolean waiting;

  Row(int number, Map<String, String> values) {
    this.number = number;
    this.values = values;
    this.errors = new MapBindingResult(values, "line");
    this.typed = new Typed(errors);
  }

  int number() {
    return number;
  }

  boolean has(String column) {
    return values.containsKey(column);
  }

  /** What stands in a column; {@code otherwise} where the file has no such column. */
  String text(String column, String otherwise) {
    return values.containsKey(column) ? values.get(column) : otherwise;
  }

  /** What stands in a column; empty where there is none. */
  String text(String column) {
    return text(column, "");
  }

  LocalDate day(String column, LocalDate otherwise) {
    return has(column) ? typed.day(column, text(column)) : otherwise;
  }

  BigDecimal amount(String column, BigDecimal otherwise) {
    return has(column) ? typed.amount(column, text(column)) : otherwise;
  }

  Integer count(String column, Integer otherwise) {
    return has(column) ? typed.count(column, text(column)) : otherwise;
  }

  SortedMap<String, String> lines(String column, SortedMap<String, String> otherwise) {
    return has(column) ? typed.lines(column, text(column)) : otherwise;
  }

  /** "In stock" is the same as in_stock. */
  <E extends Enum<E>> E choice(String column, E otherwise, Class<E> type) {
    return text(column).isBlank()
        ? otherwise
        : typed.choice(
            column, text(column).strip().toLowerCase(Locale.ROOT).replace(' ', '_'), type);
  }

  /** A moment with its zone, or a day. */
  OffsetDateTime moment(String column) {
    String text = text(column).strip();
    if (text.isEmpty()) {
      return null;
    }
    try {
      OffsetDateTime moment =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime()
              : OffsetDateTime.parse(text);
      if (moment.getYear() >= 1900 && moment.getYear() <= 9999) {
        return moment;
      }
    } catch (DateTimeException e) {
      // Told below, as for a year that nobody means.
    }
    wrong(column, "Enter a moment such as 2026-02-28T09:30:00Z, or a day.");
    return null;
  }

  /** As {@code moment} reads it, the same wherever it is written. */
  static String written(OffsetDateTime moment) {
    return moment == null ? "" : Instant.from(moment).atOffset(ZoneOffset.UTC).toString();
  }

  static String written(Object value) {
    return value == null ? "" : value.toString();
  }

  static String written(BigDecimal amount) {
    return amount == null ? "" : amount.toPlainString();
  }

  /** Adds what the draft itself says is wrong with it; its fields are columns in another spelling. */
  <T> void check(T draft, Validator validator) {
    MapBindingResult found = new MapBindingResult(Map.of(), "draft");
    new Typed(found).check(draft, validator);
    found
        .getFieldErrors()
        .forEach(error -> wrong(column(error.getField()), error.getDefaultMessage()));
  }

  void refused(RuleException refusal) {
    wrong(refusal.field() == null ? "" : column(refusal.field()), refusal.getMessage());
  }

  void wrong(String column, String message) {
    if (column.isEmpty()) {
      errors.reject("wrong", message);
    } else if (!errors.hasFieldErrors(column)) {
      errors.rejectValue(column, "wrong", message);
    }
  }

  /** It speaks of something that is not there yet, and is not stored before that is. */
  void waits() {
    waiting = true;
  }

  boolean isRight() {
    return !waiting && !errors.hasErrors();
  }

  /** Tells of each error its column, which may be empty, and what it is. */
  void forEachError(BiConsumer<String, String> receiver) {
    errors
        .getAllErrors()
        .forEach(
            error ->
                receiver.accept(
                    error instanceof FieldError field ? field.getField() : "",
                    error.getDefaultMessage()));
  }

  /** tagPrefix as tag_prefix; categoryId as category. */
  private static String column(String field) {
    return field
        .replaceFirst("Id\\z", "")
        .replaceAll("([A-Z])", "_" + GROUP)
        .toLowerCase(Locale.ROOT);
  }

  /** What a replacement means by the first group; the sign may not stand in this file. */
  private static final String GROUP = "\u00241";
}
