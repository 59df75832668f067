package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.sorted;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;

/**
 * Reads tables, foreign tables, partitions and inheritance, views and sequences as far as {@code
 * pg_class} knows.
 */
final class Relations implements KindReader {
  private static final String RELATIONS =
      """
      select c.oid::int8 as oid, n.nspname::text as schema, c.relname::text as name,
        c.relkind::text as kind, c.relpersistence = 'u' as unlogged, c.reloptions,
        t.reloptions as toast_options, c.relrowsecurity as row_security,
        c.relforcerowsecurity as force_row_security,
        c.relreplident::text as replica_identity, am.amname::text as access_method,
        ts.spcname::text as tablespace, pg_get_partkeydef(c.oid) as partition_key,
        c.relispartition as is_partition, pg_get_expr(c.relpartbound, c.oid) as bound,
        case when c.reloftype <> 0 then format_type(c.reloftype, null) end as of_type,
        c.reltype::int8 as row_type, ty.typarray::int8 as row_array,
        fs.srvname::text as server, ft.ftoptions as foreign_options
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_class t on t.oid = c.reltoastrelid
      left join pg_am am on am.oid = c.relam
      left join pg_tablespace ts on ts.oid = c.reltablespace
      left join pg_type ty on ty.oid = c.reltype
      left join pg_foreign_table ft on ft.ftrelid = c.oid
      left join pg_foreign_server fs on fs.oid = ft.ftserver
      where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c') and c.relpersistence <> 't'
        and c.relnamespace = any ({0}::oid[])
      """;

  private static final String PARENTS =
      """
      select i.inhrelid::int8 as child, i.inhparent::int8 as parent,
        row_number() over (partition by i.inhrelid order by i.inhseqno)::text as position,
        pn.nspname::text as parent_schema, p.relname::text as parent_name,
        pg_get_expr(c.relpartbound, c.oid) as bound, c.relispartition as is_partition
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
      join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
      where c.relkind in ('r', 'p', 'f') and c.relnamespace = any ({0}::oid[])
      order by i.inhrelid, i.inhseqno
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(RELATIONS)) {
      Kind kind = kind(text(row, "kind"));
      if (kind == Kind.TABLE && text(row, "name").equals(catalog.scope().historyTable())) {
        continue;
      }
      FactId id = FactId.of(kind, text(row, "schema"), text(row, "name"));
      if (kind == Kind.SEQUENCE) {
        // Sequences says whether it is a fact of its own or belongs to an identity column.
        continue;
      }
      catalog
          .note(ObjectKey.of("pg_class", oid(row, "oid")), id)
          .ifPresent(fact -> describe(catalog, row, fact.parent(schemaOf(id))));
    }
    for (Record row : catalog.query(PARENTS)) {
      catalog
          .idOf(ObjectKey.of("pg_class", oid(row, "child")))
          .ifPresent(child -> inherit(catalog, row, child));
    }
  }

  static FactId schemaOf(FactId id) {
    return FactId.of(Kind.SCHEMA, id.name(0));
  }

  private static void describe(Catalog catalog, Record row, Fact.Builder fact) {
    FactId id = fact.id();
    if (oid(row, "row_type") != 0) {
      catalog.alias(ObjectKey.of("pg_type", oid(row, "row_type")), id);
      if (id.kind() == Kind.COMPOSITE_TYPE) {
        catalog.subject(ObjectKey.of("pg_type", oid(row, "row_type")), id, id);
      }
      catalog.alias(ObjectKey.of("pg_type", oid(row, "row_array")), id);
    }
    fact.flag(Attribute.UNLOGGED, flag(row, "unlogged"))
        .text(Attribute.TABLESPACE, text(row, "tablespace"))
        .items(Attribute.OPTIONS_LIST, options(row));
    String method = text(row, "access_method");
    if (method != null && !method.equals("heap")) {
      fact.text(Attribute.ACCESS_METHOD, method);
    }
    if (id.kind() == Kind.TABLE || id.kind() == Kind.FOREIGN_TABLE) {
      fact.text(Attribute.PARTITION_KEY, text(row, "partition_key"))
          .flag(Attribute.ROW_SECURITY, flag(row, "row_security"))
          .flag(Attribute.FORCED_ROW_SECURITY, flag(row, "force_row_security"))
          .text(Attribute.TYPE, text(row, "of_type"))
          .text(Attribute.SERVER, text(row, "server"))
          .items(Attribute.FOREIGN_OPTIONS, sorted(texts(row, "foreign_options")));
      String replica = text(row, "replica_identity");
      if (id.kind() == Kind.TABLE && (replica.equals("n") || replica.equals("f"))) {
        catalog
            .fact(FactId.about(Kind.REPLICA_IDENTITY, id))
            .parent(id)
            .text(Attribute.MODE, replica.equals("n") ? "NOTHING" : "FULL");
      }
    }
  }

  private static List<String> options(Record row) {
    List<String> options = new ArrayList<>(texts(row, "reloptions"));
    texts(row, "toast_options").forEach(option -> options.add("toast." + option));
    return sorted(options);
  }

  private static void inherit(Catalog catalog, Record row, FactId child) {
    FactId parent = FactId.of(Kind.TABLE, text(row, "parent_schema"), text(row, "parent_name"));
    FactId known = catalog.idOf(ObjectKey.of("pg_class", oid(row, "parent"))).orElse(parent);
    catalog.inherits(child, known);
    if (flag(row, "is_partition")) {
      catalog
          .fact(child.as(Kind.PARTITION))
          .parent(child)
          .dependsOn(known)
          .text(Attribute.SCHEMA, known.name(0))
          .text(Attribute.TABLE, known.name(1))
          .text(Attribute.BOUND, text(row, "bound"));
    } else {
      catalog
          .fact(
              FactId.of(
                  Kind.INHERITANCE, child.name(0), child.name(1), known.name(0), known.name(1)))
          .parent(child)
          .dependsOn(known)
          .text(Attribute.POSITION, text(row, "position"));
    }
  }

  private static Kind kind(String relkind) {
    return switch (relkind) {
      case "r", "p" -> Kind.TABLE;
      case "f" -> Kind.FOREIGN_TABLE;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      case "S" -> Kind.SEQUENCE;
      case "c" -> Kind.COMPOSITE_TYPE;
      default -> throw new IllegalStateException("Unexpected relkind " + relkind);
    };
  }
}
