package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads casts and transforms ({@code pg_cast}, {@code pg_transform}), which live in no schema. */
final class Casts implements KindReader {
  private static final String CASTS =
      """
      select c.oid::int8 as oid, format_type(c.castsource, null) as source,
        format_type(c.casttarget, null) as target, c.castcontext::text as context,
        c.castmethod::text as method, nullif(c.castfunc, 0)::regprocedure::text as function
      from pg_cast c where c.oid >= 16384 and {0}::oid[] is not null
        and not exists (select from pg_depend d where d.classid = 'pg_cast'::regclass
          and d.objid = c.oid and d.deptype = 'i')
      """;

  private static final String TRANSFORMS =
      """
      select t.oid::int8 as oid, format_type(t.trftype, null) as type, l.lanname::text as language,
        nullif(t.trffromsql, 0)::regprocedure::text as from_sql,
        nullif(t.trftosql, 0)::regprocedure::text as to_sql
      from pg_transform t join pg_language l on l.oid = t.trflang
      where t.oid >= 16384 and {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    if (!catalog.scope().wholeDatabase()) {
      return;
    }
    for (Record row : catalog.query(CASTS)) {
      catalog
          .note(
              ObjectKey.of("pg_cast", oid(row, "oid")),
              FactId.of(Kind.CAST, text(row, "source"), text(row, "target")))
          .ifPresent(
              fact ->
                  fact.text(Attribute.CONTEXT, context(text(row, "context")))
                      .flag(Attribute.INOUT, text(row, "method").equals("i"))
                      .text(Attribute.FUNCTION, text(row, "function")));
    }
    for (Record row : catalog.query(TRANSFORMS)) {
      catalog
          .note(
              ObjectKey.of("pg_transform", oid(row, "oid")),
              FactId.of(Kind.TRANSFORM, text(row, "type"), text(row, "language")))
          .ifPresent(
              fact ->
                  fact.text(Attribute.FROM, text(row, "from_sql"))
                      .text(Attribute.TO, text(row, "to_sql")));
    }
  }

  private static String context(String code) {
    return switch (code) {
      case "i" -> "IMPLICIT";
      case "a" -> "ASSIGNMENT";
      default -> null;
    };
  }
}
