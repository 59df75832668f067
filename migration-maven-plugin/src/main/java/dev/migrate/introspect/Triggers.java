package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads triggers of tables and views ({@code pg_trigger}), and event triggers. */
final class Triggers implements KindReader {
  private static final String TRIGGERS =
      """
      select t.oid::int8 as oid, t.tgname::text as name, t.tgrelid::int8 as relation,
        pg_get_triggerdef(t.oid) as definition, t.tgenabled::text as enabled,
        t.tgconstraint <> 0 as is_constraint, t.tgconstraint::int8 as constraint_oid
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where not t.tgisinternal and t.tgparentid = 0 and c.relnamespace = any ({0}::oid[])
      """;

  private static final String EVENT_TRIGGERS =
      """
      select e.oid::int8 as oid, e.evtname::text as name, e.evtevent::text as event,
        e.evtfoid::regproc::text as function, e.evtenabled::text as enabled, e.evttags as tags
      from pg_event_trigger e
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(TRIGGERS)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "relation")))
          .ifPresent(relation -> trigger(catalog, row, relation));
    }
    if (catalog.scope().wholeDatabase()) {
      for (Record row : catalog.query(EVENT_TRIGGERS)) {
        catalog
            .note(
                ObjectKey.of("pg_event_trigger", oid(row, "oid")),
                FactId.of(Kind.EVENT_TRIGGER, text(row, "name")))
            .ifPresent(
                fact ->
                    fact.text(Attribute.EVENT, text(row, "event"))
                        .text(Attribute.FUNCTION, text(row, "function"))
                        .items(Attribute.TAGS, texts(row, "tags"))
                        .text(Attribute.ENABLED, enabled(text(row, "enabled"))));
      }
    }
  }

  private static void trigger(Catalog catalog, Record row, FactId relation) {
    FactId id = FactId.of(Kind.TRIGGER, relation.name(0), relation.name(1), text(row, "name"));
    catalog
        .note(ObjectKey.of("pg_trigger", oid(row, "oid")), id)
        .ifPresent(
            fact -> {
              fact.parent(relation)
                  .text(Attribute.DEFINITION, text(row, "definition"))
                  .flag(Attribute.CONSTRAINT, flag(row, "is_constraint"))
                  .text(Attribute.ENABLED, enabled(text(row, "enabled")));
              if (flag(row, "is_constraint")) {
                catalog.alias(ObjectKey.of("pg_constraint", oid(row, "constraint_oid")), id);
              }
            });
  }

  /** The word behind ALTER TRIGGER, or null for the usual state. */
  static String enabled(String code) {
    return switch (code) {
      case "O" -> null;
      case "D" -> "DISABLE";
      case "R" -> "ENABLE REPLICA";
      case "A" -> "ENABLE ALWAYS";
      default -> throw new IllegalStateException("Unexpected trigger state " + code);
    };
  }
}
