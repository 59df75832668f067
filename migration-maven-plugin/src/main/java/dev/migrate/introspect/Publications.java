package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads publications of logical replication with their tables and schemas. */
final class Publications implements KindReader {
  private static final String PUBLICATIONS =
      """
      select p.oid::int8 as oid, p.pubname::text as name, p.puballtables as all_tables,
        concat_ws(', ', case when p.pubinsert then 'insert' end, case when p.pubupdate then 'update' end,
          case when p.pubdelete then 'delete' end, case when p.pubtruncate then 'truncate' end) as publish,
        p.pubviaroot as via_root, %s as generated_columns
      from pg_publication p where {0}::oid[] is not null
      """;

  private static final String TABLES =
      """
      select r.oid::int8 as oid, p.pubname::text as publication, r.prrelid::int8 as relation,
        %s as condition, %s as columns
      from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
      where {0}::oid[] is not null
      """;

  private static final String SCHEMAS =
      """
      select r.oid::int8 as oid, p.pubname::text as publication, n.nspname::text as schema
      from pg_publication_namespace r join pg_publication p on p.oid = r.pnpubid
      join pg_namespace n on n.oid = r.pnnspid where {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    if (!catalog.scope().wholeDatabase()) {
      return;
    }
    String query = PUBLICATIONS.formatted(catalog.since(18, "p.pubgencols::text", "'n'"));
    for (Record row : catalog.query(query)) {
      catalog
          .note(
              ObjectKey.of("pg_publication", oid(row, "oid")),
              FactId.of(Kind.PUBLICATION, text(row, "name")))
          .ifPresent(
              fact ->
                  fact.flag(Attribute.ALL_TABLES, flag(row, "all_tables"))
                      .text(Attribute.PUBLISH, text(row, "publish"))
                      .flag(Attribute.VIA_ROOT, flag(row, "via_root"))
                      .flag(
                          Attribute.GENERATED_COLUMNS, "s".equals(text(row, "generated_columns"))));
    }
    String tables =
        TABLES.formatted(
            catalog.since(15, "pg_get_expr(r.prqual, r.prrelid)", "null::text"),
            catalog.since(
                15,
                "(select array_agg(a.attname::text order by a.attnum) from pg_attribute a"
                    + " where a.attrelid = r.prrelid and a.attnum = any (r.prattrs))",
                "null::text[]"));
    for (Record row : catalog.query(tables)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
          .ifPresent(table -> table(catalog, row, table));
    }
    if (catalog.atLeast(15)) {
      for (Record row : catalog.query(SCHEMAS)) {
        FactId publication = FactId.of(Kind.PUBLICATION, text(row, "publication"));
        catalog
            .note(
                ObjectKey.of("pg_publication_namespace", oid(row, "oid")),
                FactId.of(Kind.PUBLICATION_SCHEMA, text(row, "publication"), text(row, "schema")))
            .ifPresent(
                fact ->
                    fact.parent(publication)
                        .dependsOn(FactId.of(Kind.SCHEMA, text(row, "schema"))));
      }
    }
  }

  private static void table(Catalog catalog, Record row, FactId table) {
    FactId publication = FactId.of(Kind.PUBLICATION, text(row, "publication"));
    catalog
        .note(
            ObjectKey.of("pg_publication_rel", oid(row, "oid")),
            FactId.of(Kind.PUBLICATION_TABLE, publication.name(0), table.name(0), table.name(1)))
        .ifPresent(
            fact ->
                fact.parent(publication)
                    .dependsOn(table)
                    .text(Attribute.CONDITION, text(row, "condition"))
                    .items(Attribute.COLUMNS, texts(row, "columns")));
  }
}
