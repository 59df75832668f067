package dev.migrate.plan.online;

import dev.migrate.plan.FactNames;
import dev.migrate.schema.FactId;
import dev.migrate.sql.DollarQuote;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;

/** Renders conditional DDL, DO blocks that look into the catalog before they act. */
final class GuardedSql {
  private GuardedSql() {}

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
        .formatted(SqlLiteral.literal(FactNames.qualified(table)), SqlLiteral.literal(name));
  }

  static String relation(String schema, String name) {
    return "pg_catalog.to_regclass(%s)"
        .formatted(SqlLiteral.literal(SqlNames.qualified(schema, name)));
  }
}
