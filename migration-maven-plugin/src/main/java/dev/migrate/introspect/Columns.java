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
import dev.migrate.schema.Note;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;

/**
 * Reads columns ({@code pg_attribute}) and their defaults, and the attributes of composite types. A
 * column that a table has from a parent is described by what differs from the parent's: "inherited"
 * alone means that nothing does.
 */
final class Columns implements KindReader {
  private static final String COLUMNS =
      """
      select a.attrelid::int8 as relation, c.relkind::text as relkind, a.attnum::int as number,
        a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type,
        case when a.attcollation <> t.typcollation
          then quote_ident(cn.nspname) || '.' || quote_ident(co.collname) end as collation,
        a.attnotnull and c.relkind <> 'c' as not_null, a.attislocal as local, a.attinhcount > 0 as inherited,
        a.attgenerated::text as generated,
        case when a.attstorage <> t.typstorage then a.attstorage::text end as storage,
        %s as compression, a.attstattarget as statistics, a.attoptions as options,
        a.attfdwoptions as foreign_options, pg_get_expr(d.adbin, d.adrelid) as expression,
        d.oid::int8 as default_oid, p.expression as parent_expression,
        coalesce(p.not_null, false) as parent_not_null,
        c.relkind = 'p' and exists (select from pg_depend k
          where k.classid = 'pg_class'::regclass and k.objid = a.attrelid and k.objsubid = a.attnum
            and k.refclassid = 'pg_class'::regclass and k.refobjid = a.attrelid
            and k.refobjsubid = 0 and k.deptype = 'i') as partition_key
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_type t on t.oid = a.atttypid
      left join pg_collation co on co.oid = a.attcollation
      left join pg_namespace cn on cn.oid = co.collnamespace
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      left join lateral (
        select (array_agg(pg_get_expr(pd.adbin, pd.adrelid) order by pd.oid is null, i.inhseqno))[1]
            as expression, bool_or(pa.attnotnull) as not_null
        from pg_inherits i join pg_attribute pa on pa.attrelid = i.inhparent and pa.attname = a.attname
        left join pg_attrdef pd on pd.adrelid = pa.attrelid and pd.adnum = pa.attnum
        where a.attinhcount > 0 and i.inhrelid = a.attrelid) p on true
      where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'f', 'v', 'm', 'c')
        and c.relpersistence <> 't' and c.relnamespace = any ({0}::oid[])
      order by a.attrelid, a.attnum
      """;

  /**
   * A column that a table has from parents, until all columns are known: of several parents not
   * each has it.
   */
  private record Child(Fact.Builder fact, FactId table, String name) {
    void dependOnParents(Catalog catalog) {
      for (FactId parent : catalog.parentsOf(table)) {
        FactId column = FactId.of(Kind.COLUMN, parent.name(0), parent.name(1), name);
        if (catalog.builder(column).isPresent()) {
          fact.dependsOn(column);
        }
      }
    }
  }

  @Override
  public void read(Catalog catalog) {
    List<Child> children = new ArrayList<>();
    String query = COLUMNS.formatted(catalog.since(14, "a.attcompression::text", "''"));
    for (Record row : catalog.query(query)) {
      long relation = oid(row, "relation");
      catalog
          .idOf(ObjectKey.of("pg_class", relation))
          .ifPresent(
              owner -> {
                ObjectKey key =
                    new ObjectKey("pg_class", relation, row.get("number", Integer.class));
                switch (owner.kind()) {
                  case COMPOSITE_TYPE -> attribute(catalog, row, owner, key);
                  case TABLE, FOREIGN_TABLE -> column(catalog, row, owner, key, children);
                  default -> ofView(catalog, row, owner, key);
                }
              });
    }
    for (Child child : children) {
      child.dependOnParents(catalog);
    }
  }

  private static FactId under(FactId owner, Kind kind, Record row) {
    return FactId.of(kind, owner.name(0), owner.name(1), text(row, "name"));
  }

  private static void attribute(Catalog catalog, Record row, FactId owner, ObjectKey key) {
    catalog
        .note(key, under(owner, Kind.ATTRIBUTE, row))
        .orElseThrow()
        .parent(owner)
        .text(Attribute.TYPE, text(row, "type"))
        .text(Attribute.COLLATION, text(row, "collation"));
    catalog.columnOrder(owner, text(row, "name"));
  }

  private static void column(
      Catalog catalog, Record row, FactId owner, ObjectKey key, List<Child> children) {
    FactId id = under(owner, Kind.COLUMN, row);
    Fact.Builder fact = catalog.note(key, id).orElseThrow().parent(owner);
    catalog.columnOrder(owner, text(row, "name"));
    boolean inherited = flag(row, "inherited");
    if (inherited) {
      children.add(new Child(fact, owner, text(row, "name")));
    }
    boolean partition = catalog.builder(owner.as(Kind.PARTITION)).isPresent();
    fact.flag(Attribute.INHERITED, inherited)
        .note(Note.LOCAL, inherited && flag(row, "local") && !partition)
        .note(Note.PARTITION_KEY, flag(row, "partition_key"));
    if (!inherited || !text(row, "generated").isEmpty() && differs(row)) {
      fact.text(Attribute.TYPE, text(row, "type"))
          .text(Attribute.COLLATION, text(row, "collation"));
    }
    if (!inherited || !flag(row, "parent_not_null")) {
      fact.flag(Attribute.NOT_NULL, flag(row, "not_null"));
    }
    fact.text(Attribute.STORAGE, storage(text(row, "storage")))
        .text(Attribute.COMPRESSION, compression(text(row, "compression")))
        .text(Attribute.STATISTICS, statistics(row))
        .items(Attribute.OPTIONS_LIST, sorted(texts(row, "options")))
        .items(Attribute.FOREIGN_OPTIONS, sorted(texts(row, "foreign_options")));
    expression(catalog, row, id, fact);
  }

  private static boolean differs(Record row) {
    return !java.util.Objects.equals(text(row, "expression"), text(row, "parent_expression"));
  }

  private static void expression(Catalog catalog, Record row, FactId id, Fact.Builder fact) {
    String expression = text(row, "expression");
    boolean inherited = flag(row, "inherited");
    if (expression != null) {
      catalog.alias(ObjectKey.of("pg_attrdef", oid(row, "default_oid")), id);
    }
    if (!text(row, "generated").isEmpty()) {
      if (!inherited || differs(row)) {
        fact.text(Attribute.GENERATED, expression)
            .text(
                Attribute.GENERATED_KIND,
                text(row, "generated").equals("s") ? "STORED" : "VIRTUAL");
      }
    } else if (!inherited && expression != null || inherited && differs(row)) {
      FactId defaultId = id.as(Kind.DEFAULT);
      catalog
          .fact(defaultId)
          .parent(id)
          .text(Attribute.EXPRESSION, expression == null ? "NULL" : expression);
      if (expression != null) {
        catalog.alias(ObjectKey.of("pg_attrdef", oid(row, "default_oid")), defaultId);
      }
    }
  }

  /** Columns of views are no facts: the view's definition says all. What hangs on them is. */
  private static void ofView(Catalog catalog, Record row, FactId owner, ObjectKey key) {
    FactId id = under(owner, Kind.COLUMN, row);
    catalog.alias(key, owner);
    catalog.subject(key, id, owner);
    catalog
        .builder(owner)
        .ifPresent(
            view -> {
              catalog.columnOrder(owner, text(row, "name"));
              if (text(row, "expression") != null) {
                catalog
                    .fact(id.as(Kind.DEFAULT))
                    .parent(owner)
                    .flag(Attribute.OF_VIEW, true)
                    .text(Attribute.EXPRESSION, text(row, "expression"));
                catalog.alias(
                    ObjectKey.of("pg_attrdef", oid(row, "default_oid")), id.as(Kind.DEFAULT));
              }
              ViewColumns.note(view, row);
              List<String> settings =
                  ViewColumns.settings(
                      storage(text(row, "storage")),
                      compression(text(row, "compression")),
                      statistics(row),
                      texts(row, "options"));
              if (!settings.isEmpty()) {
                view.items(Attribute.columnSettings(text(row, "name")), settings);
              }
            });
  }

  private static String statistics(Record row) {
    Integer target = row.get("statistics", Integer.class);
    return target == null || target < 0 ? null : target.toString();
  }

  private static String storage(String code) {
    if (code == null) {
      return null;
    }
    return switch (code) {
      case "p" -> "PLAIN";
      case "e" -> "EXTERNAL";
      case "x" -> "EXTENDED";
      case "m" -> "MAIN";
      default -> throw new IllegalStateException("Unexpected storage " + code);
    };
  }

  private static String compression(String code) {
    return switch (code) {
      case "" -> null;
      case "p" -> "pglz";
      case "l" -> "lz4";
      default -> throw new IllegalStateException("Unexpected compression " + code);
    };
  }
}
