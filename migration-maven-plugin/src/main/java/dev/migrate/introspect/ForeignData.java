package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.key;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.sorted;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/** Reads foreign-data wrappers, servers and user mappings. */
final class ForeignData implements KindReader {
  private static final String OBJECTS =
      """
      select 'pg_foreign_data_wrapper' as catalog, w.oid::int8 as oid, w.fdwname::text as name,
        nullif(w.fdwhandler, 0)::regproc::text as handler,
        nullif(w.fdwvalidator, 0)::regproc::text as validator, null as wrapper, null as type,
        null as version, w.fdwoptions as options
      from pg_foreign_data_wrapper w where {0}::oid[] is not null
      union all
      select 'pg_foreign_server', s.oid::int8, s.srvname::text, null, null, w.fdwname::text,
        s.srvtype, s.srvversion, s.srvoptions
      from pg_foreign_server s join pg_foreign_data_wrapper w on w.oid = s.srvfdw
      """;

  private static final String MAPPINGS =
      """
      select m.umid::int8 as oid, m.srvname::text as server, m.usename::text as role,
        m.umoptions as options
      from pg_user_mappings m where {0}::oid[] is not null
      """;

  @Override
  public void read(Catalog catalog) {
    if (!catalog.scope().wholeDatabase()) {
      return;
    }
    for (Record row : catalog.query(OBJECTS)) {
      boolean wrapper = text(row, "catalog").equals("pg_foreign_data_wrapper");
      Kind kind = wrapper ? Kind.FOREIGN_DATA_WRAPPER : Kind.SERVER;
      catalog
          .note(key(row, "catalog", "oid"), FactId.of(kind, text(row, "name")))
          .ifPresent(
              fact ->
                  fact.text(Attribute.HANDLER, text(row, "handler"))
                      .text(Attribute.VALIDATOR, text(row, "validator"))
                      .text(Attribute.WRAPPER, text(row, "wrapper"))
                      .text(Attribute.TYPE, text(row, "type"))
                      .text(Attribute.VERSION, text(row, "version"))
                      .items(Attribute.FOREIGN_OPTIONS, sorted(texts(row, "options"))));
    }
    for (Record row : catalog.query(MAPPINGS)) {
      FactId server = FactId.of(Kind.SERVER, text(row, "server"));
      if (catalog.builder(server).isPresent()) {
        catalog
            .note(
                ObjectKey.of("pg_user_mapping", oid(row, "oid")),
                FactId.of(Kind.USER_MAPPING, text(row, "server"), text(row, "role")))
            .ifPresent(
                fact ->
                    fact.parent(server)
                        .items(Attribute.FOREIGN_OPTIONS, sorted(texts(row, "options"))));
      }
    }
  }
}
