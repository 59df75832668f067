package dev.migrate.plan.online;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders idempotent CREATE and DROP INDEX CONCURRENTLY statements. Each can be repeated: an index
 * that an attempt left invalid is moved aside and dropped, a valid one stays, and whatever else has
 * the name is refused, since {@code IF NOT EXISTS} would keep it without a word.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">Building Indexes
 *     Concurrently</a>
 */
final class ConcurrentIndex {
  private final FactId about;
  private final TemporaryObjectName spare;

  /**
   * Where an index belongs.
   *
   * @param table its table
   * @param rest what stands behind the name: {@code ON table (column)}
   * @param definition the same as PostgreSQL says it, from {@code USING} on
   * @param refused which rows can make it fail
   */
  record On(FactId table, String rest, String definition, List<Hazard> refused) {
    On {
      refused = List.copyOf(refused);
    }

    /** What of a statement's hazards a script that does the same under weak locks still has. */
    static List<Hazard> refusedBy(Statement statement) {
      return statement.hazards().stream().filter(Hazard.MayFailOnRows.class::isInstance).toList();
    }
  }

  ConcurrentIndex(FactId about, TemporaryObjectName spare) {
    this.about = about;
    this.spare = spare;
  }

  /**
   * @param schema where the index is
   * @param unique whether it is unique
   * @param on its table, and how it is defined
   */
  List<Statement> build(String schema, String name, boolean unique, On on) {
    List<Statement> statements = new ArrayList<>();
    String aside = spare.of(List.of(name), "invalid");
    statements.add(
        repeatable(
            GuardedSql.when(
                "EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = %s AND NOT indisvalid)"
                    .formatted(GuardedSql.relation(schema, name)),
                "ALTER INDEX " + qualified(schema, name) + " RENAME TO " + quote(aside))));
    statements.add(drop(schema, aside));
    statements.add(repeatable(refusal(schema, name, unique, on)));
    Statement create =
        concurrently(
            "CREATE %sINDEX CONCURRENTLY IF NOT EXISTS %s %s"
                .formatted(unique ? "UNIQUE " : "", quote(name), on.rest()));
    for (Hazard hazard : on.refused()) {
      create = create.with(hazard);
    }
    statements.add(create);
    return statements;
  }

  private static String refusal(String schema, String name, boolean unique, On on) {
    String relation = GuardedSql.relation(schema, name);
    String definition = SqlLiteral.literal(on.definition());
    return GuardedSql.block(
        """
        BEGIN
          -- PostgreSQL says names with their schema when no other one is searched.
          PERFORM pg_catalog.set_config('search_path', '', true);
          IF %1$s IS NOT NULL AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_index
            WHERE indexrelid = %1$s
              AND indrelid = %2$s::pg_catalog.regclass
              AND %3$sindisunique
              AND pg_catalog.right(pg_catalog.pg_get_indexdef(indexrelid), pg_catalog.length(%4$s)) = %4$s)
          THEN
            RAISE EXCEPTION USING
              ERRCODE = 'duplicate_table',
              MESSAGE = %5$s,
              DETAIL = coalesce(pg_catalog.pg_get_indexdef(%1$s), 'It is not an index.'),
              HINT = 'Rename it, or drop it with DROP INDEX CONCURRENTLY, and run this again.';
          END IF;
        END
        """
            .formatted(
                relation,
                SqlLiteral.literal(qualified(on.table())),
                unique ? "" : "NOT ",
                definition,
                SqlLiteral.literal(
                    "%s is there already, but not as this script makes it"
                        .formatted(qualified(schema, name)))));
  }

  /** What takes an index away, if it is there. */
  Statement drop(String schema, String name) {
    return concurrently("DROP INDEX CONCURRENTLY IF EXISTS " + qualified(schema, name));
  }

  /** The new one is built while the old one still serves. */
  List<Statement> replace(String schema, String name, boolean unique, On on) {
    String old = spare.of(List.of(name), "replaced");
    List<Statement> statements = new ArrayList<>();
    statements.add(
        repeatable(
            GuardedSql.when(
                "%s IS NULL AND %s IS NOT NULL"
                    .formatted(GuardedSql.relation(schema, old), GuardedSql.relation(schema, name)),
                "ALTER INDEX " + qualified(schema, name) + " RENAME TO " + quote(old))));
    statements.addAll(build(schema, name, unique, on));
    statements.add(drop(schema, old));
    return statements;
  }

  Statement repeatable(String sql) {
    return Statement.running(about, sql).asRepeatable();
  }

  private Statement concurrently(String sql) {
    return Statement.of(about, new Operation.Concurrently(sql)).asRepeatable();
  }
}
