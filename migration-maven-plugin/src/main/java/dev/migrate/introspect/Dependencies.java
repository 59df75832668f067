package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads dependencies between objects ({@code pg_depend}): what must exist for what. */
final class Dependencies implements KindReader {
  private static final String DEPENDENCIES =
      """
      select distinct d.classid::regclass::text as catalog, d.objid::int8 as oid, d.objsubid as number,
        d.refclassid::regclass::text as on_catalog, d.refobjid::int8 as on_oid,
        d.refobjsubid as on_number
      from pg_depend d
      where d.refobjid >= 16384 and d.objid >= 16384 and d.deptype in ('n', 'a', 'i')
        and {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(DEPENDENCIES)) {
      ObjectKey from =
          new ObjectKey(text(row, "catalog"), oid(row, "oid"), row.get("number", Integer.class));
      ObjectKey on =
          new ObjectKey(
              text(row, "on_catalog"), oid(row, "on_oid"), row.get("on_number", Integer.class));
      if (!catalog.isExtensionMember(from)) {
        catalog
            .find(from)
            .flatMap(catalog::builder)
            .ifPresent(
                fact ->
                    catalog
                        .find(from, on)
                        .filter(other -> !saidElsewhere(fact.id(), other))
                        .ifPresent(fact::dependsOn));
      }
    }
  }

  /** Ownership of sequences, inheritance and partitions are facts of their own. */
  private static boolean saidElsewhere(FactId from, FactId on) {
    if (on.kind() == Kind.SCHEMA) {
      // What lives in a schema has it for its parent; only an expression can name another one.
      return from.kind() == Kind.EXTENSION;
    }
    return switch (from.kind()) {
      case SEQUENCE -> on.kind() == Kind.COLUMN;
      case TABLE, FOREIGN_TABLE -> on.kind() == Kind.TABLE || on.kind() == Kind.FOREIGN_TABLE;
      default -> false;
    };
  }
}
