package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.text;

import org.jooq.Record;

/** Detects objects in the catalog that no reader covers, and names them. */
final class UncoveredProbes implements KindReader {
  private static final String PROBES =
      """
      select 'security label' as what, provider || ' on ' || objtype || ' ' || objname as name from pg_seclabels
      where objtype not in ('role', 'database', 'tablespace')
      union all
      select 'disabled internal trigger', c.relname::text || '.' || t.tgname::text from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      where t.tgisinternal and t.tgenabled <> 'O' and t.tgparentid = 0
        and c.relnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(PROBES)) {
      catalog.uncovered(text(row, "what"), text(row, "name"));
    }
  }
}
