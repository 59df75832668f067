package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads functions and procedures ({@code pg_proc}); aggregates have a reader of their own. */
final class Routines implements KindReader {
  private static final String ROUTINES =
      """
      select p.oid::int8 as oid, n.nspname::text as schema, p.proname::text as name,
        p.prokind::text as kind, pg_get_functiondef(p.oid) as definition,
        pg_get_function_result(p.oid) as result, p.pronargdefaults as defaults,
        pg_get_function_identity_arguments(p.oid) as arguments, l.lanname::text as language,
        (select array_agg(format_type(u.t, null) order by u.n)
          from unnest(p.proargtypes) with ordinality u (t, n)) as types,
        p.prosrc as body
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      join pg_language l on l.oid = p.prolang
      where p.prokind <> 'a' and p.pronamespace = any ({0}::oid[])
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass
          and d.objid = p.oid and d.deptype in ('e', 'i'))
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(ROUTINES)) {
      FactId id =
          FactId.of(
              text(row, "kind").equals("p") ? Kind.PROCEDURE : Kind.FUNCTION,
              text(row, "schema"),
              text(row, "name"),
              String.join(", ", texts(row, "types")));
      catalog
          .note(ObjectKey.of("pg_proc", oid(row, "oid")), id)
          .ifPresent(fact -> describe(row, fact.parent(Relations.schemaOf(id))));
    }
  }

  private static void describe(Record row, Fact.Builder fact) {
    fact.text(Attribute.DEFINITION, text(row, "definition").strip())
        .flag(Attribute.WINDOW, text(row, "kind").equals("w"))
        .text(Attribute.RESULT, text(row, "result"))
        .text(Attribute.ARGUMENTS, text(row, "arguments"))
        .text(Attribute.LANGUAGE, text(row, "language"))
        .text(
            Attribute.DEFAULTS,
            row.get("defaults", Integer.class) == 0 ? null : text(row, "defaults"))
        .text(Attribute.BODY, text(row, "body"));
  }
}
