package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.List;
import org.jooq.Record;

/**
 * Reads indexes ({@code pg_index}) that no constraint stands for. The columns of an index keep
 * their names when those of the table get others, so it is the table that is asked. That is asked
 * with NOT IN, which PostgreSQL hashes; NOT EXISTS becomes a loop over all constraints for every
 * index when the catalog has no statistics.
 */
final class Indexes implements KindReader {
  private static final String INDEXES =
      """
      select c.oid::int8 as oid, n.nspname::text as schema, c.relname::text as name,
        x.indrelid::int8 as relation, x.indisunique as is_unique, x.indisvalid as valid,
        x.indisclustered as clustered, x.indisreplident as replica_identity, c.relkind = 'I' as partitioned,
        pg_get_indexdef(c.oid) as definition, ts.spcname::text as tablespace, am.amname::text as method,
        pn.nspname::text as parent_schema, p.relname::text as parent_name,
        case when c.relkind = 'I' or p.oid is not null then
          (select array_agg(coalesce(k.attname, a.attname)::text order by u.n)
            from unnest(x.indkey) with ordinality u (k, n)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = u.n
            left join pg_attribute k on k.attrelid = x.indrelid and k.attnum = u.k and u.k > 0
              and 1 = (select count(*) from unnest(x.indkey) o (k) where o.k = u.k)) end as names,
        x.indkey::text as columns,
        (select array_agg(a.attnum || ' ' || a.attstattarget order by a.attnum) from pg_attribute a
          where a.attrelid = c.oid and a.attstattarget >= 0) as statistics
      from pg_index x join pg_class c on c.oid = x.indexrelid
      join pg_class t on t.oid = x.indrelid
      join pg_namespace n on n.oid = c.relnamespace join pg_am am on am.oid = c.relam
      left join pg_tablespace ts on ts.oid = c.reltablespace
      left join pg_inherits i on i.inhrelid = c.oid
      left join pg_class p on p.oid = i.inhparent left join pg_namespace pn on pn.oid = p.relnamespace
      where c.relnamespace = any ({0}::oid[]) and t.relkind in ('r', 'p', 'm', 'f')
        and c.oid not in (select k.conindid from pg_constraint k where k.contype in ('p', 'u', 'x'))
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(INDEXES)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
          .ifPresent(table -> index(catalog, row, table));
    }
  }

  private static void index(Catalog catalog, Record row, FactId table) {
    FactId id = FactId.of(Kind.INDEX, text(row, "schema"), text(row, "name"));
    Fact.Builder fact =
        catalog
            .note(ObjectKey.of("pg_class", oid(row, "oid")), id)
            .orElseThrow()
            .parent(table)
            .items(Attribute.TABLE_LIST, table.names())
            .flag(Attribute.UNIQUE, flag(row, "is_unique"))
            .flag(Attribute.INVALID, !flag(row, "valid"))
            .flag(Attribute.CLUSTERED, flag(row, "clustered"))
            .text(Attribute.DEFINITION, body(text(row, "definition")))
            .text(Attribute.TABLESPACE, text(row, "tablespace"))
            .items(Attribute.STATISTICS_LIST, texts(row, "statistics"))
            .items(
                Attribute.KEY_NAMES,
                flag(row, "partitioned") || text(row, "parent_name") != null
                    ? texts(row, "names")
                    : List.of());
    if (text(row, "parent_name") != null) {
      FactId parent = FactId.of(Kind.INDEX, text(row, "parent_schema"), text(row, "parent_name"));
      fact.items(Attribute.PARTITION_OF_LIST, parent.names());
      fact.dependsOn(parent);
    }
    if (table.kind() == Kind.TABLE) {
      catalog.columns(oid(row, "relation"), text(row, "columns")).forEach(fact::dependsOn);
    }
    if (flag(row, "replica_identity")) {
      replicaIdentity(catalog, table, id, text(row, "name"));
    }
  }

  static void replicaIdentity(Catalog catalog, FactId table, FactId index, String name) {
    catalog
        .fact(FactId.about(Kind.REPLICA_IDENTITY, table))
        .parent(table)
        .dependsOn(index)
        .text(Attribute.MODE, "INDEX")
        .text(Attribute.INDEX, name);
  }

  /** What stands behind the table: {@code USING btree (name) WHERE …}. */
  private static String body(String definition) {
    return definition.substring(definition.indexOf(" USING ") + 1);
  }
}
