package dev.migrate.plan.online;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import java.util.ArrayList;
import java.util.List;

/**
 * Statements that build and drop an index while rows are read and written. Each can be repeated: an
 * index that an attempt left invalid is moved aside and dropped, a valid one of the name stays.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">Building Indexes
 *     Concurrently</a>
 */
final class ConcurrentIndex {
  private final FactId about;
  private final SpareName spare;

  ConcurrentIndex(FactId about, SpareName spare) {
    this.about = about;
    this.spare = spare;
  }

  /**
   * @param schema where the index is
   * @param name its name
   * @param unique whether it is unique
   * @param rest what stands behind the name: {@code ON table (column)}
   */
  List<Statement> build(String schema, String name, boolean unique, String rest) {
    List<Statement> statements = new ArrayList<>();
    String aside = spare.of(List.of(name), "invalid");
    statements.add(
        repeatable(
            Sql.when(
                "EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = %s AND NOT indisvalid)"
                    .formatted(Sql.relation(schema, name)),
                "ALTER INDEX " + qualified(schema, name) + " RENAME TO " + quote(aside))));
    statements.add(drop(schema, aside));
    Statement create =
        repeatable(
            "CREATE %sINDEX CONCURRENTLY IF NOT EXISTS %s %s"
                .formatted(unique ? "UNIQUE " : "", quote(name), rest));
    statements.add(unique ? create.with(new Hazard.MayFailOnRows("")) : create);
    return statements;
  }

  /** What takes an index away, if it is there. */
  Statement drop(String schema, String name) {
    return repeatable("DROP INDEX CONCURRENTLY IF EXISTS " + qualified(schema, name));
  }

  /** The new one is built while the old one still serves. */
  List<Statement> replace(String schema, String name, boolean unique, String rest) {
    String old = spare.of(List.of(name), "replaced");
    List<Statement> statements = new ArrayList<>();
    statements.add(
        repeatable(
            Sql.when(
                "%s IS NULL AND %s IS NOT NULL"
                    .formatted(Sql.relation(schema, old), Sql.relation(schema, name)),
                "ALTER INDEX " + qualified(schema, name) + " RENAME TO " + quote(old))));
    statements.addAll(build(schema, name, unique, rest));
    statements.add(drop(schema, old));
    return statements;
  }

  Statement repeatable(String sql) {
    return Statement.of(about, sql).asRepeatable();
  }
}
