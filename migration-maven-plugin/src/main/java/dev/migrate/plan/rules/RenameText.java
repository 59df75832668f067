package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.FactNames;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** Renders ALTER … RENAME TO and SET SCHEMA, in the form that most kinds share. */
final class RenameText {
  private RenameText() {}

  /** For what lives in a schema. */
  static List<Statement> inSchema(FactId from, FactId to, Schema schema) {
    List<Statement> statements = new ArrayList<>();
    String alter = "ALTER " + ObjectReference.to(from, schema);
    if (!from.name(0).equals(to.name(0))) {
      statements.add(Statement.changing(to, alter + " SET SCHEMA " + quote(to.name(0))));
      alter = "ALTER " + ObjectReference.movedTo(to.name(0), from, schema);
    }
    if (!from.name(1).equals(to.name(1))) {
      statements.add(Statement.changing(to, alter + " RENAME TO " + quote(to.name(1))));
    }
    return statements;
  }

  /** For what lives in a table: {@code word} is COLUMN or CONSTRAINT. */
  static List<Statement> inTable(FactId from, FactId to, String word) {
    return List.of(
        Statement.changing(
            to,
            "ALTER TABLE "
                + FactNames.qualified(from)
                + " RENAME "
                + word
                + " "
                + quote(from.lastName())
                + " TO "
                + quote(to.lastName())));
  }

  /** For triggers and policies: {@code ALTER TRIGGER a ON t RENAME TO b}. */
  static List<Statement> onTable(FactId from, FactId to, Schema schema) {
    return List.of(
        Statement.changing(
            to,
            "ALTER " + ObjectReference.to(from, schema) + " RENAME TO " + quote(to.lastName())));
  }
}
