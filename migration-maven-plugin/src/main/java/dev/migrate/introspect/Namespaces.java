package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.key;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import org.jooq.Record;

/**
 * Reads schemas, extensions, languages and access methods: what everything else lives in or is made
 * with.
 */
final class Namespaces implements KindReader {
  private static final String SCHEMAS =
      """
      select oid::int8 as oid, nspname::text as name from pg_namespace
      where oid = any ({0}::oid[])
      """;

  private static final String EXTENSIONS =
      """
      select e.oid::int8 as oid, e.extname::text as name, n.nspname::text as schema,
        n.oid = any ({0}::oid[]) as in_scope, e.extrelocatable as relocatable
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      """;

  private static final String LANGUAGES =
      """
      select 'pg_language' as catalog, l.oid::int8 as oid, l.lanname::text as name,
        l.lanpltrusted as trusted, null as kind,
        l.lanplcallfoid::int8 as handler_oid, l.laninline::int8 as inline_oid,
        l.lanvalidator::int8 as validator_oid,
        nullif(l.lanplcallfoid, 0)::regproc::text as handler,
        nullif(l.laninline, 0)::regproc::text as inline,
        nullif(l.lanvalidator, 0)::regproc::text as validator
      from pg_language l where l.oid >= 16384
      union all
      select 'pg_am', a.oid::int8, a.amname::text, false, a.amtype::text,
        a.amhandler::int8, null, null, a.amhandler::regproc::text, null, null
      from pg_am a where a.oid >= 16384
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(SCHEMAS)) {
      catalog.note(
          ObjectKey.of("pg_namespace", oid(row, "oid")), FactId.of(Kind.SCHEMA, text(row, "name")));
    }
    for (Record row : catalog.query(EXTENSIONS)) {
      if (catalog.scope().wholeDatabase() || flag(row, "in_scope")) {
        noteExtension(catalog, row);
      }
    }
    if (catalog.scope().wholeDatabase()) {
      for (Record row : catalog.query(LANGUAGES)) {
        Kind kind = text(row, "catalog").equals("pg_am") ? Kind.ACCESS_METHOD : Kind.LANGUAGE;
        catalog
            .note(key(row, "catalog", "oid"), FactId.of(kind, text(row, "name")))
            .ifPresent(
                fact ->
                    fact.flag(Attribute.TRUSTED, flag(row, "trusted"))
                        .text(Attribute.KIND, text(row, "kind"))
                        .text(Attribute.HANDLER, text(row, "handler"))
                        .text(Attribute.INLINE, text(row, "inline"))
                        .text(Attribute.VALIDATOR, text(row, "validator")));
      }
    }
  }

  /**
   * The version belongs to the packages of the server, not to the schema; pg_dump leaves it out
   * too.
   */
  private static void noteExtension(Catalog catalog, Record row) {
    FactId id = FactId.of(Kind.EXTENSION, text(row, "name"));
    Fact.Builder fact =
        catalog
            .note(ObjectKey.of("pg_extension", oid(row, "oid")), id)
            .orElseThrow()
            .text(Attribute.SCHEMA, text(row, "schema"))
            .note(Note.STAYS_IN_SCHEMA, !flag(row, "relocatable"));
    if (flag(row, "in_scope")) {
      fact.dependsOn(FactId.of(Kind.SCHEMA, text(row, "schema")));
    }
  }
}
