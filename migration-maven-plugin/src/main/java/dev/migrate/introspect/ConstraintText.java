package dev.migrate.introspect;

import java.util.regex.Pattern;

/**
 * Simplifies the text of {@code pg_get_constraintdef}: without what the catalog says in columns as
 * well.
 */
final class ConstraintText {
  private static final Pattern TAIL =
      Pattern.compile("( DEFERRABLE| INITIALLY DEFERRED| NOT VALID| NOT ENFORCED)+$");

  private ConstraintText() {}

  static String plain(String definition) {
    return TAIL.matcher(definition).replaceFirst("");
  }

  static boolean notEnforced(String definition) {
    return definition.endsWith(" NOT ENFORCED");
  }

  static String word(String contype) {
    return switch (contype) {
      case "p" -> "primary key";
      case "u" -> "unique";
      case "c" -> "check";
      case "f" -> "foreign key";
      case "x" -> "exclusion";
      default -> throw new IllegalStateException("Unexpected constraint type " + contype);
    };
  }
}
