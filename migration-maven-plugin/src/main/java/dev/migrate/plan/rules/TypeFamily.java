package dev.migrate.plan.rules;

import java.util.List;
import java.util.Set;

/** Knowledge of the casts between built-in types: whether one needs USING, and which. */
final class TypeFamily {
  private static final List<Set<String>> FAMILIES =
      List.of(
          Set.of("smallint", "integer", "bigint", "numeric", "real", "double precision"),
          Set.of("text", "character varying", "character", "name"),
          Set.of("date", "timestamp without time zone", "timestamp with time zone"),
          Set.of("json", "jsonb"),
          Set.of("bit", "bit varying"),
          Set.of("inet", "cidr"),
          Set.of("time without time zone", "time with time zone"));

  private static final Set<String> EXTENDED =
      Set.of("text", "character varying", "character", "bytea", "json", "jsonb", "xml");

  private static final int TEXTS = 1;

  private TypeFamily() {}

  /** Whether PostgreSQL has no assignment cast that it applies by itself. */
  static boolean needsCast(String from, String to) {
    String old = base(from);
    String wanted = base(to);
    if (family(wanted) == TEXTS && !to.endsWith("[]")) {
      // Whatever a value is, PostgreSQL takes its text.
      return false;
    }
    if (from.endsWith("[]") != to.endsWith("[]")) {
      return true;
    }
    return !old.equals(wanted) && (family(old) < 0 || family(old) != family(wanted));
  }

  /** The cast behind USING; by way of text where PostgreSQL has no direct one. */
  static String cast(String from, String to) {
    String old = base(from);
    boolean direct =
        family(old) == TEXTS
            || family(old) == 0 && family(base(to)) == 0
            || old.equals("boolean") && base(to).equals("integer")
            || old.equals("integer") && base(to).equals("boolean");
    if (from.endsWith("[]") != to.endsWith("[]")) {
      direct = false;
    }
    if (family(base(to)) == TEXTS) {
      // Not further: a cast to a length would cut what is longer, an assignment refuses it.
      return to.endsWith("[]") ? "::text[]" : "::text";
    }
    if (old.equals("boolean") && family(base(to)) == 0 && !to.endsWith("[]")) {
      return "::integer" + (base(to).equals("integer") ? "" : "::" + to);
    }
    if (money(old, base(to)) && !to.endsWith("[]")) {
      return "::" + to;
    }
    String between = from.endsWith("[]") && to.endsWith("[]") ? "::text[]" : "::text";
    return (direct ? "" : between) + "::" + to;
  }

  private static boolean money(String from, String to) {
    return from.equals("money") && to.equals("numeric")
        || to.equals("money") && Set.of("numeric", "integer", "bigint").contains(from);
  }

  private static int family(String base) {
    for (int i = 0; i < FAMILIES.size(); i++) {
      if (FAMILIES.get(i).contains(base)) {
        return i;
      }
    }
    return -1;
  }

  /** The type without length, precision and array: {@code numeric(10,2)[]} is numeric. */
  static String base(String type) {
    return type.replaceAll("\\([^)]*\\)", "").replaceAll("(\\[\\])+$", "").strip();
  }

  /** The storage that a column of a type has by itself. */
  static String storage(String type) {
    String base = base(type);
    if (type.endsWith("[]") || EXTENDED.contains(base) || type.contains(".")) {
      return "EXTENDED";
    }
    return base.equals("numeric") || base.equals("inet") || base.equals("cidr") ? "MAIN" : "PLAIN";
  }
}
