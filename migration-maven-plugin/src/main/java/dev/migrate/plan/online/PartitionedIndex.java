package dev.migrate.plan.online;

import static dev.migrate.sql.SqlNames.qualified;

import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlComment;
import dev.migrate.sql.SqlLiteral;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the last part of a script that builds the index of a partitioned table concurrently,
 * partition by partition. The script names the partitions that the model knows; a database may have
 * more of them, which a job has made. Those are taken from the catalog when the script runs, at any
 * depth, each in a transaction of its own. What is still missing then fails the script, since an
 * index that is not valid for the whole table lets duplicates in and serves no query.
 *
 * @see <a href="https://www.postgresql.org/docs/current/ddl-partitioning.html">Table
 *     Partitioning</a>
 */
public final class PartitionedIndex {
  private static final String TEMPLATE =
      """
      DECLARE
        whole constant pg_catalog.regclass := %1$s;
        part pg_catalog.oid;
        above pg_catalog.oid;
        own pg_catalog.oid;
      BEGIN
        LOOP
          -- PostgreSQL says names with their schema when no other one is searched.
          PERFORM pg_catalog.set_config('search_path', '', true);
          SELECT child.inhrelid, parent.indexrelid INTO part, above
            FROM pg_catalog.pg_partition_tree(whole) AS tree
            JOIN pg_catalog.pg_index AS parent ON parent.indexrelid = tree.relid
            JOIN pg_catalog.pg_inherits AS child ON child.inhparent = parent.indrelid
            WHERE NOT EXISTS (
              SELECT FROM pg_catalog.pg_index AS has
                JOIN pg_catalog.pg_inherits AS link ON link.inhrelid = has.indexrelid
                WHERE has.indrelid = child.inhrelid AND link.inhparent = parent.indexrelid)
            ORDER BY tree.level, child.inhrelid LIMIT 1;
          EXIT WHEN NOT FOUND;
          FOR attempt IN 1..2 LOOP
            SELECT max(ready.indexrelid) INTO own
              FROM pg_catalog.pg_index AS ready
              JOIN pg_catalog.pg_class AS relation ON relation.oid = ready.indexrelid
              WHERE ready.indrelid = part
                AND (ready.indisvalid OR relation.relkind = 'I')
                AND %2$sready.indisunique
                AND pg_catalog.right(pg_catalog.pg_get_indexdef(ready.indexrelid), pg_catalog.length(%3$s)) = %3$s
                AND %4$s(SELECT FROM pg_catalog.pg_constraint WHERE conindid = ready.indexrelid AND contype IN ('p', 'u'))
                AND NOT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ready.indexrelid);
            EXIT WHEN own IS NOT NULL;
            EXECUTE %5$s || part::pg_catalog.regclass || %6$s;
          END LOOP;
          EXECUTE 'ALTER INDEX ' || above::pg_catalog.regclass || ' ATTACH PARTITION ' || own::pg_catalog.regclass;
          COMMIT;
        END LOOP;
        IF EXISTS (SELECT FROM pg_catalog.pg_index WHERE indexrelid = whole AND NOT indisvalid) THEN
          RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = %7$s,
            HINT = 'Look for a partition whose index is missing or not valid, give it one, and run this again.';
        END IF;
      END
      """;

  private static final Pattern COMPLETION = pattern();

  private final FactId index;
  private final String schema;

  /**
   * @param about the index, or the constraint that it stands for
   * @param name the name of the index in the schema of its table
   */
  PartitionedIndex(FactId about, String name) {
    this.index = about;
    this.schema = qualified(about.name(0), name);
  }

  /**
   * @param sql a statement
   * @return whether it is one that completes the index of a partitioned table
   */
  public static boolean isCompletion(String sql) {
    return COMPLETION.matcher(sql).find();
  }

  /** The partitions of a table that a schema knows, which get their pieces by name. */
  static List<FactId> partitions(FactId table, Schema schema) {
    return schema.dependentsOf(table).stream()
        .filter(link -> link.id().kind() == Kind.PARTITION)
        .map(link -> link.parent().orElseThrow())
        .filter(partition -> !partition.equals(table))
        .toList();
  }

  private static Pattern pattern() {
    Matcher places = Pattern.compile("%(\\d)\\$s").matcher(TEMPLATE);
    StringBuilder pattern = new StringBuilder();
    int from = 0;
    while (places.find()) {
      pattern.append(Pattern.quote(TEMPLATE.substring(from, places.start())));
      pattern.append(
          switch (places.group(1)) {
            case "2" -> "(?:NOT )?";
            case "4" -> "(?:NOT )?EXISTS ";
            default -> "'(?:[^']|'')*'";
          });
      from = places.end();
    }
    return Pattern.compile(pattern.append(Pattern.quote(TEMPLATE.substring(from))).toString());
  }

  /**
   * @param create what makes the index of one partition, up to where the partition is named
   * @param body what stands behind the partition
   * @param unique whether the index is unique
   * @param definition how PostgreSQL says it, from {@code USING} on
   */
  Statement completed(String create, String body, boolean unique, String definition) {
    return Statement.running(
            index,
            SqlComment.line(
                    "Partitions that the model does not know: while one gets its index, nobody can"
                        + " change its rows. One that is there already is taken.")
                + GuardedSql.block(
                    TEMPLATE.formatted(
                        SqlLiteral.literal(schema),
                        unique ? "" : "NOT ",
                        SqlLiteral.literal(definition),
                        create.startsWith("CREATE ") ? "NOT EXISTS " : "EXISTS ",
                        SqlLiteral.literal(create),
                        SqlLiteral.literal(body),
                        SqlLiteral.literal(schema + " is not valid for the whole table"))))
        .asRepeatable();
  }
}
