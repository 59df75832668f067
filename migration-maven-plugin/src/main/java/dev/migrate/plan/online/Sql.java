package dev.migrate.plan.online;

import dev.migrate.plan.Names;
import dev.migrate.schema.FactId;
import dev.migrate.text.DollarQuote;

/** Pieces of SQL that look before they act. */
final class Sql {
  private Sql() {}

  /** A DO block; the body ends with a line end. */
  static String block(String body) {
    return "DO " + DollarQuote.of("\n" + body, "");
  }

  /** Runs a statement where a condition holds, with the patience of a strong lock. */
  static String when(String condition, String statement) {
    return block(
        """
        BEGIN
          IF %s THEN
            %s;
          END IF;
        END
        """
            .formatted(condition, statement));
  }

  static String existsConstraint(FactId table, String name) {
    return "EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = %s::pg_catalog.regclass AND conname = %s)"
        .formatted(Names.literal(Names.qualified(table)), Names.literal(name));
  }

  static String relation(String schema, String name) {
    return "pg_catalog.to_regclass(%s)".formatted(Names.literal(Names.qualified(schema, name)));
  }
}
