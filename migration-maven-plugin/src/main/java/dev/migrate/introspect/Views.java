package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads the queries of views and materialized views, and rewrite rules. */
final class Views implements KindReader {
  private static final String VIEWS =
      """
      select c.oid::int8 as oid, pg_get_viewdef(c.oid) as definition
      from pg_class c where c.relkind in ('v', 'm') and c.relpersistence <> 't'
        and c.relnamespace = any ({0}::oid[])
      """;

  private static final String RULES =
      """
      select r.oid::int8 as oid, r.rulename::text as name, r.ev_class::int8 as relation,
        r.ev_enabled::text as enabled,
        case when r.rulename <> '_RETURN' then pg_get_ruledef(r.oid) end as definition
      from pg_rewrite r join pg_class c on c.oid = r.ev_class
      where c.relnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(VIEWS)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "oid")))
          .flatMap(catalog::builder)
          .ifPresent(fact -> fact.text(Attribute.DEFINITION, text(row, "definition").strip()));
    }
    for (Record row : catalog.query(RULES)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
          .ifPresent(relation -> rule(catalog, row, relation));
    }
  }

  private static void rule(Catalog catalog, Record row, FactId relation) {
    ObjectKey key = ObjectKey.of("pg_rewrite", oid(row, "oid"));
    if (text(row, "name").equals("_RETURN")) {
      catalog.alias(key, relation);
      return;
    }
    catalog
        .note(key, FactId.of(Kind.RULE, relation.name(0), relation.name(1), text(row, "name")))
        .orElseThrow()
        .parent(relation)
        .text(Attribute.RELATION_KIND, relation.kind().word())
        .text(Attribute.DEFINITION, text(row, "definition").strip())
        .text(Attribute.ENABLED, Triggers.enabled(text(row, "enabled")));
  }
}
