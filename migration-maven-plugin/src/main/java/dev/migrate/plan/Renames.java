package dev.migrate.plan;

import dev.migrate.schema.Schema;
import java.util.List;

/** What changes its name only. */
record Renames(Schema applied, List<Statement> statements) {
  static Renames of(Schema from, Schema to, List<Rename> given, Rules rules) {
    return new Renames(from, List.of());
  }
}
