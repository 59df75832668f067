package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/**
 * Enums, domains with their constraints, ranges; base types are named. Composite types are
 * relations.
 */
final class Types implements CatalogReader {
  private static final String TYPES =
      """
      select t.oid::int8 as oid, n.nspname::text as schema, t.typname::text as name,
        t.typtype::text as kind, t.typarray::int8 as array_oid, t.typrelid::int8 as relation,
        case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base,
        t.typnotnull as not_null, t.typdefault as default_value,
        case when t.typtype = 'd' and t.typcollation <> b.typcollation
          then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation,
        (select array_agg(e.enumlabel::text order by e.enumsortorder)
          from pg_enum e where e.enumtypid = t.oid) as labels
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      left join pg_type b on b.oid = t.typbasetype
      left join pg_collation co on co.oid = t.typcollation
      left join pg_namespace cn on cn.oid = co.collnamespace
      where t.typtype in ('e', 'd', 'r', 'b', 'p') and t.typnamespace = any ({0}::oid[])
        and t.oid not in (select el.typarray from pg_type el)
      """;

  private static final String RANGES =
      """
      select r.rngtypid::int8 as oid, format_type(r.rngsubtype, null) as subtype,
        case when r.rngcollation <> st.typcollation
          then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation,
        case when not oc.opcdefault
          then quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) end as operator_class,
        nullif(r.rngcanonical, 0)::regproc::text as canonical,
        nullif(r.rngsubdiff, 0)::regproc::text as subtype_diff, %s
      from pg_range r join pg_type t on t.oid = r.rngtypid
      join pg_type st on st.oid = r.rngsubtype
      join pg_opclass oc on oc.oid = r.rngsubopc join pg_namespace ocn on ocn.oid = oc.opcnamespace
      left join pg_collation co on co.oid = r.rngcollation
      left join pg_namespace cn on cn.oid = co.collnamespace
      %s
      where t.typnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(TYPES)) {
      switch (text(row, "kind")) {
        case "e" ->
            note(catalog, row, Kind.ENUM, fact -> fact.items("labels", texts(row, "labels")));
        case "d" -> note(catalog, row, Kind.DOMAIN, fact -> domain(row, fact));
        case "r" -> note(catalog, row, Kind.RANGE_TYPE, fact -> {});
        default -> {
          ObjectKey key = ObjectKey.of("pg_type", oid(row, "oid"));
          if (!catalog.isExtensionMember(key)) {
            catalog.uncovered("base type", text(row, "schema") + "." + text(row, "name"));
          }
        }
      }
    }
    String multirange =
        "mt.typname::text as multirange, r.rngmultitypid::int8 as multirange_oid,"
            + " mt.typarray::int8 as multirange_array";
    String ranges =
        RANGES.formatted(
            catalog.since(
                14,
                multirange,
                "null as multirange, 0::int8 as multirange_oid, 0::int8 as multirange_array"),
            catalog.since(14, "left join pg_type mt on mt.oid = r.rngmultitypid", ""));
    for (Record row : catalog.query(ranges)) {
      catalog
          .idOf(ObjectKey.of("pg_type", oid(row, "oid")))
          .flatMap(catalog::builder)
          .ifPresent(fact -> range(catalog, row, fact));
    }
  }

  private static void note(
      Catalog catalog,
      Record row,
      Kind kind,
      java.util.function.Consumer<Fact.Builder> attributes) {
    FactId id = FactId.of(kind, text(row, "schema"), text(row, "name"));
    catalog
        .note(ObjectKey.of("pg_type", oid(row, "oid")), id)
        .ifPresent(
            fact -> {
              catalog.alias(ObjectKey.of("pg_type", oid(row, "array_oid")), id);
              attributes.accept(fact.parent(Relations.schemaOf(id)));
            });
  }

  private static void domain(Record row, Fact.Builder fact) {
    fact.text("type", text(row, "base"))
        .text("collation", text(row, "collation"))
        .text("default", text(row, "default_value"))
        .flag("not null", flag(row, "not_null"));
  }

  private static void range(Catalog catalog, Record row, Fact.Builder fact) {
    fact.text("subtype", text(row, "subtype"))
        .text("collation", text(row, "collation"))
        .text("operator class", text(row, "operator_class"))
        .text("canonical", text(row, "canonical"))
        .text("subtype diff", text(row, "subtype_diff"))
        .text("multirange", text(row, "multirange"));
    if (oid(row, "multirange_oid") != 0) {
      catalog.alias(ObjectKey.of("pg_type", oid(row, "multirange_oid")), fact.id());
      catalog.alias(ObjectKey.of("pg_type", oid(row, "multirange_array")), fact.id());
    }
  }
}
