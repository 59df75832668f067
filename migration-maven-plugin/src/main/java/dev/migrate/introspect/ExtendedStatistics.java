package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads extended statistics objects ({@code pg_statistic_ext}), which CREATE STATISTICS makes. */
final class ExtendedStatistics implements KindReader {
  private static final String STATISTICS =
      """
      select s.oid::int8 as oid, n.nspname::text as schema, s.stxname::text as name,
        s.stxrelid::int8 as relation, pg_get_statisticsobjdef(s.oid) as definition,
        s.stxstattarget as target
      from pg_statistic_ext s join pg_namespace n on n.oid = s.stxnamespace
      where s.stxnamespace = any ({0}::oid[])
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(STATISTICS)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
          .ifPresent(table -> statistics(catalog, row, table));
    }
  }

  private static void statistics(Catalog catalog, Record row, FactId table) {
    Integer target = row.get("target", Integer.class);
    catalog
        .note(
            ObjectKey.of("pg_statistic_ext", oid(row, "oid")),
            FactId.of(Kind.STATISTICS, text(row, "schema"), text(row, "name")))
        .ifPresent(
            fact ->
                fact.parent(table)
                    .text(Attribute.DEFINITION, text(row, "definition"))
                    .text(
                        Attribute.TARGET, target == null || target < 0 ? null : target.toString()));
  }
}
