package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.key;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/**
 * Reads the owner of each object, when the scope asks for it. A sequence of a column has the
 * table's owner.
 */
final class Owners implements KindReader {
  private static final String OWNERS =
      """
      select o.catalog, o.oid::int8 as oid, r.rolname::text as role from (
        select 'pg_namespace' as catalog, oid, nspowner as owner from pg_namespace
        union all select 'pg_class', c.oid, c.relowner from pg_class c
          where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c') and not exists (select from pg_depend d
            where d.classid = 'pg_class'::regclass and d.objid = c.oid and c.relkind = 'S'
              and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0 and d.deptype in ('a', 'i'))
        union all select 'pg_type', oid, typowner from pg_type
          where typtype in ('e', 'd', 'r') or typtype in ('b', 'p') and typcategory <> 'A'
        union all select 'pg_proc', oid, proowner from pg_proc
        union all select 'pg_operator', oid, oprowner from pg_operator
        union all select 'pg_opclass', oid, opcowner from pg_opclass
        union all select 'pg_opfamily', oid, opfowner from pg_opfamily
        union all select 'pg_collation', oid, collowner from pg_collation
        union all select 'pg_conversion', oid, conowner from pg_conversion
        union all select 'pg_statistic_ext', oid, stxowner from pg_statistic_ext
        union all select 'pg_ts_dict', oid, dictowner from pg_ts_dict
        union all select 'pg_ts_config', oid, cfgowner from pg_ts_config
        union all select 'pg_foreign_data_wrapper', oid, fdwowner from pg_foreign_data_wrapper
        union all select 'pg_foreign_server', oid, srvowner from pg_foreign_server
        union all select 'pg_language', oid, lanowner from pg_language
        union all select 'pg_publication', oid, pubowner from pg_publication
        union all select 'pg_subscription', oid, subowner from pg_subscription
        union all select 'pg_event_trigger', oid, evtowner from pg_event_trigger) o
      join pg_roles r on r.oid = o.owner
      where (o.oid >= 16384 or o.catalog = 'pg_namespace') and {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    if (!catalog.scope().owners()) {
      return;
    }
    for (Record row : catalog.query(OWNERS)) {
      catalog
          .idOf(key(row, "catalog", "oid"))
          .ifPresent(
              id ->
                  catalog
                      .fact(FactId.about(Kind.OWNER, id))
                      .parent(id)
                      .text(Attribute.ROLE, text(row, "role")));
    }
  }
}
