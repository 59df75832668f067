package dev.migrate.plan;

import java.util.Objects;
import java.util.Optional;

/**
 * Column definition as ADD COLUMN and CREATE TABLE say it: name, type, default, identity, NOT NULL.
 *
 * @param name its name, as an identifier
 * @param type its type, or {@code serial} and the like, with what stands before the default:
 *     compression, collation, from what it is generated
 * @param serial whether the type also makes a sequence from which rows get their values
 * @param preset its default, as an expression
 * @param identity how it is an identity, with a blank before it; empty if it is none
 * @param notNull how it says NOT NULL, with a blank before it; empty if it does not
 */
public record NewColumn(
    String name,
    String type,
    boolean serial,
    Optional<String> preset,
    String identity,
    String notNull) {
  /** All of it is needed. */
  public NewColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(preset, "preset");
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(notNull, "notNull");
  }

  /**
   * @return the column as SQL
   */
  public String sql() {
    return name + " " + type + preset.map(" DEFAULT "::concat).orElse("") + identity + notNull;
  }

  /**
   * @param expression another default
   * @return the same column with it
   */
  public NewColumn withDefault(Optional<String> expression) {
    return new NewColumn(name, type, serial, expression, identity, notNull);
  }

  /**
   * @return the same column, which rows without a value are welcome in
   */
  public NewColumn nullable() {
    return new NewColumn(name, type, serial, preset, identity, "");
  }
}
