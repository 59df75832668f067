package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/**
 * Reads enums, domains with their constraints, ranges, and base types with the shells that they
 * fill. Composite types are relations.
 */
final class Types implements KindReader {
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
      where t.typtype in ('e', 'd', 'r') and t.typnamespace = any ({0}::oid[])
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

  private static final String BASE_TYPES =
      """
      select t.oid::int8 as oid, n.nspname::text as schema, t.typname::text as name,
        t.typarray::int8 as array_oid, t.typisdefined as defined,
        array_remove(array[
          'INPUT = ' || nullif(t.typinput, 0)::regproc::text,
          'OUTPUT = ' || nullif(t.typoutput, 0)::regproc::text,
          'RECEIVE = ' || nullif(t.typreceive, 0)::regproc::text,
          'SEND = ' || nullif(t.typsend, 0)::regproc::text,
          'TYPMOD_IN = ' || nullif(t.typmodin, 0)::regproc::text,
          'TYPMOD_OUT = ' || nullif(t.typmodout, 0)::regproc::text,
          'ANALYZE = ' || nullif(t.typanalyze, 0)::regproc::text, %s,
          'INTERNALLENGTH = ' || case when t.typlen = -1 then 'VARIABLE' else t.typlen::text end,
          case when t.typbyval then 'PASSEDBYVALUE' end,
          'ALIGNMENT = ' || case t.typalign when 'c' then 'char' when 's' then 'int2'
            when 'i' then 'int4' else 'double' end,
          'STORAGE = ' || case t.typstorage when 'p' then 'plain' when 'e' then 'external'
            when 'x' then 'extended' else 'main' end,
          'CATEGORY = ' || quote_literal(t.typcategory::text),
          case when t.typispreferred then 'PREFERRED = true' end,
          'DEFAULT = ' || quote_literal(t.typdefault),
          'ELEMENT = ' || case when t.typelem <> 0 then format_type(t.typelem, null) end,
          case when t.typdelim <> ',' then 'DELIMITER = ' || quote_literal(t.typdelim::text) end,
          case when t.typcollation <> 0 then 'COLLATABLE = true' end], null) as parameters,
        array[t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout,
          t.typanalyze%s]::oid[]::text[] as functions
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where (t.typtype = 'b' or t.typtype = 'p') and t.typnamespace = any ({0}::oid[])
        and t.oid not in (select el.typarray from pg_type el)
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(TYPES)) {
      switch (text(row, "kind")) {
        case "e" ->
            note(
                catalog,
                row,
                Kind.ENUM,
                fact -> fact.items(Attribute.LABELS, texts(row, "labels")));
        case "d" -> note(catalog, row, Kind.DOMAIN, fact -> domain(row, fact));
        default -> note(catalog, row, Kind.RANGE_TYPE, fact -> {});
      }
    }
    String baseTypes =
        BASE_TYPES.formatted(
            catalog.since(14, "'SUBSCRIPT = ' || nullif(t.typsubscript, 0)::regproc::text", "null"),
            catalog.since(14, ", t.typsubscript", ""));
    for (Record row : catalog.query(baseTypes)) {
      baseType(catalog, row);
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

  /** The functions of a type are made when there is only its shell, and go with the type. */
  private static void baseType(Catalog catalog, Record row) {
    ObjectKey key = ObjectKey.of("pg_type", oid(row, "oid"));
    FactId shell = FactId.of(Kind.SHELL_TYPE, text(row, "schema"), text(row, "name"));
    if (catalog.isExtensionMember(key)) {
      return;
    }
    if (!flag(row, "defined")) {
      catalog.note(key, shell).orElseThrow().parent(Relations.schemaOf(shell));
      return;
    }
    catalog.fact(shell).parent(Relations.schemaOf(shell));
    note(
        catalog,
        row,
        Kind.BASE_TYPE,
        fact -> fact.dependsOn(shell).items(Attribute.PARAMETERS, texts(row, "parameters")));
    for (String function : texts(row, "functions")) {
      catalog.needsShell(ObjectKey.of("pg_proc", Long.parseLong(function)), key, shell);
    }
  }

  private static void domain(Record row, Fact.Builder fact) {
    fact.text(Attribute.TYPE, text(row, "base"))
        .text(Attribute.COLLATION, text(row, "collation"))
        .text(Attribute.DEFAULT, text(row, "default_value"))
        .flag(Attribute.NOT_NULL, flag(row, "not_null"));
  }

  private static void range(Catalog catalog, Record row, Fact.Builder fact) {
    fact.text(Attribute.SUBTYPE, text(row, "subtype"))
        .text(Attribute.COLLATION, text(row, "collation"))
        .text(Attribute.OPERATOR_CLASS, text(row, "operator_class"))
        .text(Attribute.CANONICAL, text(row, "canonical"))
        .text(Attribute.SUBTYPE_DIFF, text(row, "subtype_diff"))
        .text(Attribute.MULTIRANGE, text(row, "multirange"));
    if (oid(row, "multirange_oid") != 0) {
      catalog.alias(ObjectKey.of("pg_type", oid(row, "multirange_oid")), fact.id());
      catalog.alias(ObjectKey.of("pg_type", oid(row, "multirange_array")), fact.id());
    }
  }
}
