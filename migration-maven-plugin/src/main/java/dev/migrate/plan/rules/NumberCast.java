package dev.migrate.plan.rules;

import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** Analyses casts between numeric types: which values are refused, rounded or cut. */
final class NumberCast {
  private static final int DIGITS_OF_DOUBLE = 15;
  private static final int DIGITS_OF_REAL = 6;

  private NumberCast() {}

  static TypeChange of(ColumnType old, ColumnType wanted) {
    boolean ofIntegers = old.isInteger();
    boolean ofFloats = ColumnType.FLOATS.contains(old.base());
    if (wanted.isInteger()) {
      BigDecimal most = ColumnType.INTEGERS.get(wanted.base());
      BigDecimal least = most.negate().subtract(BigDecimal.ONE);
      if (ofIntegers) {
        return ColumnType.INTEGERS.get(old.base()).compareTo(most) <= 0
            ? TypeChange.KEEPS
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
          ? TypeChange.KEEPS
          : TypeChange.ROUNDS;
    }
    if (ofFloats) {
      return real ? outside(wanted, NumberCast::beyondReal, true) : TypeChange.KEEPS;
    }
    boolean exact =
        old.scale() != null && old.length() <= (real ? DIGITS_OF_REAL : DIGITS_OF_DOUBLE);
    boolean fits = old.scale() != null && (!real || old.length() - old.scale() <= 38);
    return fits
        ? exact ? TypeChange.KEEPS : TypeChange.ROUNDS
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

  private static TypeChange intoNumeric(ColumnType old, ColumnType wanted) {
    boolean ofFloats = ColumnType.FLOATS.contains(old.base());
    if (wanted.scale() == null) {
      return ofFloats ? TypeChange.ROUNDS : TypeChange.KEEPS;
    }
    BigDecimal most = ColumnType.INTEGERS.get(old.base());
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
      return cuts ? TypeChange.ROUNDS : TypeChange.KEEPS;
    }
    boolean nan = !old.isInteger();
    return outside(
        wanted,
        value ->
            (nan ? value + " <> 'NaN' AND " : "")
                + "abs(%s) >= %s".formatted(value, tooMuch.toPlainString()),
        cuts);
  }

  private static TypeChange outside(
      ColumnType wanted, UnaryOperator<String> condition, boolean rounds) {
    return new TypeChange(
        "a number may be too large for %s".formatted(wanted.text()), condition, rounds);
  }
}
