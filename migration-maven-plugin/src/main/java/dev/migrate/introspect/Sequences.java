package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/**
 * Reads sequences ({@code pg_sequence}) with the column that owns them, and those of identity
 * columns.
 */
final class Sequences implements KindReader {
  private static final String SEQUENCES =
      """
      select c.oid::int8 as oid, n.nspname::text as schema, c.relname::text as name,
        c.relpersistence = 'u' as unlogged, format_type(s.seqtypid, null) as type,
        s.seqstart::text as start, s.seqincrement::text as increment, s.seqmin::text as minimum,
        s.seqmax::text as maximum, s.seqcache::text as cache, s.seqcycle as cycle,
        tn.nspname::text as table_schema, t.relname::text as table_name,
        a.attname::text as column_name, d.deptype::text as ownership,
        d.refobjid::int8 as table_oid, d.refobjsubid as column_number, a.attidentity::text as identity
      from pg_sequence s join pg_class c on c.oid = s.seqrelid
      join pg_namespace n on n.oid = c.relnamespace
      left join pg_depend d on d.classid = 'pg_class'::regclass and d.objid = c.oid
        and d.objsubid = 0 and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
        and d.refobjsubid > 0
      left join pg_class t on t.oid = d.refobjid left join pg_namespace tn on tn.oid = t.relnamespace
      left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
      where c.relpersistence <> 't' and c.relnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(SEQUENCES)) {
      if ("i".equals(text(row, "ownership"))) {
        identity(catalog, row);
      } else {
        sequence(catalog, row);
      }
    }
  }

  private static void sequence(Catalog catalog, Record row) {
    FactId id = FactId.of(Kind.SEQUENCE, text(row, "schema"), text(row, "name"));
    catalog
        .note(ObjectKey.of("pg_class", oid(row, "oid")), id)
        .ifPresent(
            fact -> {
              describe(row, fact.parent(Relations.schemaOf(id)));
              if (text(row, "ownership") != null) {
                owned(catalog, row, id);
              }
            });
  }

  private static void owned(Catalog catalog, Record row, FactId id) {
    catalog
        .fact(id.as(Kind.SEQUENCE_OWNER))
        .parent(id)
        .dependsOn(column(row))
        .items(Attribute.COLUMN, column(row).names());
  }

  private static FactId column(Record row) {
    return FactId.of(
        Kind.COLUMN, text(row, "table_schema"), text(row, "table_name"), text(row, "column_name"));
  }

  private static void identity(Catalog catalog, Record row) {
    ObjectKey table = ObjectKey.of("pg_class", oid(row, "table_oid"));
    if (catalog.idOf(table).isEmpty()) {
      return;
    }
    FactId id = column(row).as(Kind.IDENTITY);
    ObjectKey key = ObjectKey.of("pg_class", oid(row, "oid"));
    Fact.Builder fact = catalog.fact(id).parent(column(row));
    catalog.alias(key, id);
    catalog.subject(key, FactId.of(Kind.SEQUENCE, text(row, "schema"), text(row, "name")), id);
    describe(row, fact);
    fact.text(Attribute.GENERATED, "a".equals(text(row, "identity")) ? "ALWAYS" : "BY DEFAULT")
        .text(Attribute.SEQUENCE_SCHEMA, text(row, "schema"))
        .text(Attribute.SEQUENCE, text(row, "name"));
  }

  private static void describe(Record row, Fact.Builder fact) {
    fact.flag(Attribute.UNLOGGED, flag(row, "unlogged"))
        .text(Attribute.TYPE, text(row, "type"))
        .text(Attribute.START, text(row, "start"))
        .text(Attribute.INCREMENT, text(row, "increment"))
        .text(Attribute.MINIMUM, text(row, "minimum"))
        .text(Attribute.MAXIMUM, text(row, "maximum"))
        .text(Attribute.CACHE, text(row, "cache"))
        .flag(Attribute.CYCLE, flag(row, "cycle"));
  }
}
