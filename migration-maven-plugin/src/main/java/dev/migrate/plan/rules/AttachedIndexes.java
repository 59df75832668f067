package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import java.util.List;

/**
 * Indexes of partitions that belong to an index of the partitioned table. PostgreSQL makes them
 * with the parent's index or with the partition, under a name of its own choice; where that is not
 * the wanted one they are renamed.
 */
final class AttachedIndexes {
  private AttachedIndexes() {}

  static List<Statement> constraint(Fact fact, Scene scene) {
    if (!fact.has("partition of")) {
      return List.of();
    }
    String suffix = fact.text("type").equals("primary key") ? "pkey" : "key";
    List<String> columns = suffix.equals("pkey") ? List.of() : fact.items("columns");
    String usual = GeneratedName.of(fact.id().name(1), columns, suffix);
    return renamed(fact.id(), fact.id().name(0), usual, fact.id().lastName());
  }

  static List<Statement> index(Fact fact) {
    List<String> table = fact.items("table");
    String usual = GeneratedName.of(table.get(1), fact.items("key names"), "idx");
    return renamed(fact.id(), fact.id().name(0), usual, fact.id().name(1));
  }

  private static List<Statement> renamed(FactId id, String schema, String usual, String wanted) {
    return usual.equals(wanted)
        ? List.of()
        : List.of(
            Statement.of(
                id, "ALTER INDEX " + qualified(schema, usual) + " RENAME TO " + quote(wanted)));
  }

  /** Whether an index is dropped with its parent's, or stays when its table is detached. */
  static boolean goesWithParent(Fact fact, Scene scene) {
    return fact.has("partition of");
  }

  static List<Statement> attach(Fact before, Fact after, Scene scene) {
    return List.of();
  }
}
