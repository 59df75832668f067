package dev.migrate.plan.online;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.sql.SqlComment;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Renders a batched UPDATE (backfill): gives a column a value in existing rows, with a commit after
 * each batch, along a key. What is done can be seen in the rows themselves, since the condition no
 * longer holds for them; so it can stop anywhere and be run again, and changes each row once. Plain
 * SQL: a DO block that commits, which PostgreSQL permits outside of a transaction.
 *
 * @param column the column
 * @param key the columns of a key of its table, none of which can be null
 * @param expression the value, as SQL that may name other columns of the row
 * @param condition which rows get it, as SQL; must no longer hold for a row that has it
 * @see <a href="https://www.postgresql.org/docs/current/plpgsql-transactions.html">Transaction
 *     Management in PL/pgSQL</a>
 */
public record Backfill(FactId column, List<String> key, String expression, String condition) {
  /** All of it is needed. */
  public Backfill {
    Objects.requireNonNull(column, "column");
    key = List.copyOf(key);
    Objects.requireNonNull(expression, "expression");
    Objects.requireNonNull(condition, "condition");
    if (key.isEmpty()) {
      throw new IllegalArgumentException("No key to walk along");
    }
  }

  /**
   * @return the condition that finds the rows which have no value in it
   */
  public static String missing(FactId column) {
    return quote(column.lastName()) + " IS NULL";
  }

  /**
   * What to run while nobody has said what the value is: it stops where there are rows without one,
   * and lets empty tables pass.
   *
   * @param key the columns of a key of its table
   * @return the statements, with a place for the value
   */
  static List<Statement> unsaid(FactId column, String type, List<String> key) {
    List<Statement> statements = new ArrayList<>();
    String table = qualified(column);
    statements.add(
        Statement.running(
                column,
                GuardedSql.block(
                    """
                    BEGIN
                      -- FILL IN: put the value in place of NULL behind SET below, and remove this block.
                      IF EXISTS (SELECT FROM %s WHERE %s) THEN
                        RAISE EXCEPTION 'It is not said which value %s gets in rows that are there'
                          USING HINT = 'Fill in the value in this script, as its comment says.';
                      END IF;
                    END
                    """
                        .formatted(
                            table,
                            missing(column),
                            SqlLiteral.inside(table + "." + quote(column.lastName()))
                                .replace("%", "%%"))))
            .asRepeatable()
            .with(
                new Hazard.MayFailOnRows(
                    "SELECT * FROM %s WHERE %s LIMIT 1".formatted(table, missing(column)),
                    column + ": nobody has said what rows that exist get")));
    statements.addAll(new Backfill(column, key, "NULL::" + type, missing(column)).walk());
    return statements;
  }

  /**
   * @return the whole script; repeatable, and not to be run in a transaction
   */
  public List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    statements.add(repeatable("SET lock_timeout = '5s'"));
    statements.addAll(walk());
    statements.add(repeatable("RESET lock_timeout"));
    return statements;
  }

  /** Without the limit for waiting, which a script says once. */
  List<Statement> walk() {
    return List.of(
        repeatable(
            SqlComment.line("For PostgreSQL all batches together are one statement.")
                + "SET statement_timeout = 0"),
        repeatable(GuardedSql.block(body())),
        repeatable("RESET statement_timeout"));
  }

  private Statement repeatable(String sql) {
    return Statement.running(column, sql).asRepeatable();
  }

  private String body() {
    return """
        #variable_conflict use_column
        <<walk>>
        DECLARE
          rows_each constant integer := 2000; -- that one transaction looks at
          pause constant double precision := 0; -- seconds between two transactions
        %1$s
          refused integer := 0;
          in_batch bigint;
          changed bigint := 0;
        BEGIN
          SELECT %2$s INTO %3$s FROM %4$s ORDER BY %2$s LIMIT 1;
          IF NOT FOUND THEN
            RETURN;
          END IF;
          LOOP
            SELECT %2$s INTO %5$s FROM %4$s WHERE %6$s
              ORDER BY %2$s OFFSET walk.rows_each - 1 LIMIT 1;
            IF NOT FOUND THEN
              SELECT %2$s INTO %5$s FROM %4$s ORDER BY %7$s LIMIT 1;
            END IF;
            BEGIN
              UPDATE %4$s
                SET %8$s = %9$s
                WHERE %6$s AND %10$s
                  AND (%11$s);
              GET DIAGNOSTICS in_batch = ROW_COUNT;
              refused := 0;
            EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
              -- Somebody holds one of the rows: the batch is tried again, and a batch is all that waits.
              refused := walk.refused + 1;
              IF walk.refused > 20 THEN
                RAISE;
              END IF;
            END;
            COMMIT;
            IF walk.refused > 0 THEN
              PERFORM pg_catalog.pg_sleep(walk.refused * 0.1);
              CONTINUE;
            END IF;
            changed := walk.changed + walk.in_batch;
            PERFORM pg_catalog.pg_sleep(walk.pause);
            SELECT %2$s INTO %3$s FROM %4$s WHERE %12$s ORDER BY %2$s LIMIT 1;
            EXIT WHEN NOT FOUND;
          END LOOP;
          RAISE NOTICE '%% rows changed', walk.changed;
        END
        """
        .formatted(
            declarations(),
            SqlNames.list(key),
            variables("from_"),
            qualified(column),
            variables("upto_"),
            compare(">=", "from_"),
            key.stream().map(name -> quote(name) + " DESC").collect(Collectors.joining(", ")),
            quote(column.lastName()),
            expression,
            compare("<=", "upto_"),
            condition,
            compare(">", "upto_"));
  }

  private String declarations() {
    BiFunction<String, Integer, String> declare =
        (prefix, i) ->
            "  %s%d %s.%s%%TYPE;".formatted(prefix, i + 1, qualified(column), quote(key.get(i)));
    return IntStream.range(0, key.size())
        .boxed()
        .flatMap(i -> List.of(declare.apply("from_", i), declare.apply("upto_", i)).stream())
        .collect(Collectors.joining("\n"));
  }

  private String variables(String prefix) {
    return IntStream.rangeClosed(1, key.size())
        .mapToObj(i -> "walk." + prefix + i)
        .collect(Collectors.joining(", "));
  }

  private String compare(String operator, String prefix) {
    return key.size() == 1
        ? quote(key.get(0)) + " " + operator + " " + variables(prefix)
        : "(%s) %s (%s)".formatted(SqlNames.list(key), operator, variables(prefix));
  }
}
