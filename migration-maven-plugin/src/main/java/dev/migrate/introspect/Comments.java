package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads the comments on all objects ({@code pg_description}). */
final class Comments implements KindReader {
  private static final String COMMENTS =
      """
      select d.classoid::regclass::text as catalog, d.objoid::int8 as oid, d.objsubid as number,
        d.description as comment
      from pg_description d
      where (d.objoid >= 16384 or d.classoid in ('pg_namespace'::regclass, 'pg_extension'::regclass))
        and {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(COMMENTS)) {
      ObjectKey key =
          new ObjectKey(text(row, "catalog"), oid(row, "oid"), row.get("number", Integer.class));
      catalog
          .subject(key)
          .ifPresent(
              subject ->
                  catalog
                      .fact(FactId.about(Kind.COMMENT, subject.id()))
                      .parent(subject.parent())
                      .text(Attribute.TEXT, text(row, "comment")));
    }
  }
}
