package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.regex.Pattern;

/**
 * Decides whether a column default is volatile, so that a column which is added with it is written
 * into every row at once. For what it does not know it says no; what was then seen to rewrite the
 * table is said by the proof.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, Notes</a>
 */
public final class DefaultVolatility {
  private static final Pattern VOLATILE =
      Pattern.compile(
          "\\b(nextval|setval|random|random_normal|gen_random_uuid|uuidv4|uuidv7"
              + "|uuid_generate_v1|uuid_generate_v1mc|uuid_generate_v4|gen_random_bytes"
              + "|clock_timestamp|timeofday)\\(");
  private static final Pattern STEADY = Pattern.compile("(?m)^ (IMMUTABLE|STABLE)\\b");

  private DefaultVolatility() {}

  /**
   * @param defaultOf the default of a column
   * @param schema where it is
   * @return whether each row gets another value by it
   */
  public static boolean of(Fact defaultOf, Schema schema) {
    return VOLATILE.matcher(defaultOf.text(Attribute.EXPRESSION)).find()
        || defaultOf.dependsOn().stream().anyMatch(id -> isVolatileFunction(id, schema));
  }

  private static boolean isVolatileFunction(FactId id, Schema schema) {
    return id.kind() == Kind.FUNCTION
        && schema
            .find(id)
            .filter(function -> !STEADY.matcher(function.text(Attribute.DEFINITION)).find())
            .isPresent();
  }
}
