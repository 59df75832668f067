package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.key;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;
import static dev.migrate.introspect.Catalog.texts;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import org.jooq.Record;

/**
 * Reads privileges (access control lists) and default privileges, when the scope asks for it. For
 * each object and grantee there is a fact where the privileges differ from what PostgreSQL gives by
 * itself. The owner is the grantee without a name, so that privileges do not change with the owner.
 * For the same reason the role that reads is the one without a name in the default privileges,
 * unless owners are read: whoever runs the revisions sets what is granted on the tables of the
 * revisions to come.
 */
final class Privileges implements KindReader {
  private static final String PRIVILEGES =
      """
      with found as (
        select 'pg_class' as catalog, oid, 0 as number, relacl as acl, relowner as owner,
          case relkind when 'S' then 's' else 'r' end as type from pg_class
          where relnamespace = any ({0}::oid[]) and relacl is not null
        union all select 'pg_class', a.attrelid, a.attnum, a.attacl, c.relowner, 'c' from pg_attribute a
          join pg_class c on c.oid = a.attrelid
          where c.relnamespace = any ({0}::oid[]) and a.attacl is not null and not a.attisdropped
        union all select 'pg_namespace', oid, 0, nspacl, nspowner, 'n' from pg_namespace
          where oid = any ({0}::oid[]) and nspacl is not null
        union all select 'pg_proc', oid, 0, proacl, proowner, 'f' from pg_proc
          where pronamespace = any ({0}::oid[]) and proacl is not null
        union all select 'pg_type', oid, 0, typacl, typowner, 'T' from pg_type
          where typnamespace = any ({0}::oid[]) and typacl is not null
        union all select 'pg_language', oid, 0, lanacl, lanowner, 'l' from pg_language
          where lanacl is not null
        union all select 'pg_foreign_data_wrapper', oid, 0, fdwacl, fdwowner, 'F'
          from pg_foreign_data_wrapper where fdwacl is not null
        union all select 'pg_foreign_server', oid, 0, srvacl, srvowner, 'S' from pg_foreign_server
          where srvacl is not null),
      objects as (
        select f.*, coalesce(i.initprivs, acldefault(f.type::"char", f.owner)) as initial from found f
        left join pg_init_privs i on i.classoid::regclass::text = f.catalog and i.objoid = f.oid
          and i.objsubid = f.number and i.privtype = 'e'),
      entries as (
        select o.catalog, o.oid, o.number, o.owner, false as usual, e.* from objects o,
          aclexplode(o.acl) e
        union all
        select o.catalog, o.oid, o.number, o.owner, true, e.* from objects o,
          aclexplode(o.initial) e)
      select catalog, oid::int8 as oid, number::int as number,
        case when grantee = 0 then 'public' when grantee = owner then ''
          else (select rolname::text from pg_roles r where r.oid = grantee) end as grantee,
        array_agg(distinct privilege_type || case when is_grantable and grantee <> owner
          then '*' else '' end) filter (where not usual) as granted,
        array_agg(distinct privilege_type) filter (where usual) as usual
      from entries group by catalog, oid, number, owner, grantee
      """;

  private static final String DEFAULTS =
      """
      with entries as (
        select d.oid, false as usual, e.* from pg_default_acl d, aclexplode(d.defaclacl) e
        union all
        select d.oid, true, e.* from pg_default_acl d,
          aclexplode(acldefault(case d.defaclobjtype when 'S' then 's' else d.defaclobjtype end,
            d.defaclrole)) e
        where d.defaclnamespace = 0)
      select r.rolname::text as role, coalesce(n.nspname::text, '') as schema,
        d.defaclobjtype::text as type,
        case when e.grantee = 0 then 'public' when e.grantee = d.defaclrole then ''
          else (select rolname::text from pg_roles g where g.oid = e.grantee) end as grantee,
        array_agg(distinct e.privilege_type || case when e.is_grantable and e.grantee <> d.defaclrole
          then '*' else '' end) filter (where not e.usual) as granted,
        array_agg(distinct e.privilege_type) filter (where e.usual) as usual
      from pg_default_acl d join entries e on e.oid = d.oid
      join pg_roles r on r.oid = d.defaclrole
      left join pg_namespace n on n.oid = d.defaclnamespace
      where d.defaclnamespace = 0 or d.defaclnamespace = any ({0}::oid[])
      group by r.rolname, n.nspname, d.defaclobjtype, e.grantee, d.defaclrole
      """;

  /** Objects of extensions are no facts, but their privileges are the schema's own. */
  private static final String MEMBERS =
      """
      select d.classid::regclass::text as catalog, d.objid::int8 as oid, n.nspname::text as schema,
        coalesce(p.proname, c.relname)::text as name, p.prokind::text as routine,
        c.relkind::text as relation,
        (select array_agg(format_type(u.t, null) order by u.n)
          from unnest(p.proargtypes) with ordinality u (t, n)) as types
      from pg_depend d
      left join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid
      left join pg_class c on d.classid = 'pg_class'::regclass and c.oid = d.objid
      join pg_namespace n on n.oid = coalesce(p.pronamespace, c.relnamespace)
      where d.deptype = 'e' and n.oid = any ({0}::oid[])
        and (p.proacl is not null or c.relacl is not null)
      """;

  private static final String WRAPPERS =
      """
      select 'pg_foreign_data_wrapper' as catalog, w.oid::int8 as oid, w.fdwname::text as name
      from pg_foreign_data_wrapper w where w.fdwacl is not null and {0}::oid[] is not null
      union all
      select 'pg_language', l.oid::int8, l.lanname::text from pg_language l
      where l.lanacl is not null and l.oid >= 12000
      """;

  @Override
  public void read(Catalog catalog) {
    if (!catalog.scope().privileges()) {
      return;
    }
    for (Record row : catalog.query(MEMBERS)) {
      ObjectKey key = key(row, "catalog", "oid");
      catalog.extensionOf(key).ifPresent(extension -> catalog.subject(key, member(row), extension));
    }
    if (catalog.scope().wholeDatabase()) {
      for (Record row : catalog.query(WRAPPERS)) {
        ObjectKey key = key(row, "catalog", "oid");
        Kind kind =
            text(row, "catalog").equals("pg_language") ? Kind.LANGUAGE : Kind.FOREIGN_DATA_WRAPPER;
        FactId member = FactId.of(kind, text(row, "name"));
        catalog.extensionOf(key).ifPresent(extension -> catalog.subject(key, member, extension));
      }
    }
    for (Record row : catalog.query(PRIVILEGES)) {
      ObjectKey key =
          new ObjectKey(text(row, "catalog"), oid(row, "oid"), row.get("number", Integer.class));
      if (!texts(row, "granted").equals(texts(row, "usual"))) {
        catalog.subject(key).ifPresent(subject -> privilege(catalog, row, subject));
      }
    }
    for (Record row : catalog.query(DEFAULTS)) {
      if (!texts(row, "granted").equals(texts(row, "usual"))
          && (catalog.scope().wholeDatabase() || !text(row, "schema").isEmpty())) {
        defaults(catalog, row);
      }
    }
  }

  private static void privilege(Catalog catalog, Record row, Catalog.Subject subject) {
    catalog
        .fact(FactId.about(Kind.PRIVILEGE, subject.id(), text(row, "grantee")))
        .parent(subject.parent())
        .dependsOn(FactId.about(Kind.OWNER, subject.id()))
        .items(Attribute.GRANTED, texts(row, "granted"))
        .items(Attribute.USUAL, texts(row, "usual"));
  }

  private static FactId member(Record row) {
    String schema = text(row, "schema");
    String name = text(row, "name");
    if (text(row, "routine") == null) {
      return FactId.of(relation(text(row, "relation")), schema, name);
    }
    Kind kind =
        switch (text(row, "routine")) {
          case "a" -> Kind.AGGREGATE;
          case "p" -> Kind.PROCEDURE;
          default -> Kind.FUNCTION;
        };
    return FactId.of(kind, schema, name, String.join(", ", texts(row, "types")));
  }

  private static Kind relation(String relkind) {
    return switch (relkind) {
      case "S" -> Kind.SEQUENCE;
      case "v" -> Kind.VIEW;
      case "m" -> Kind.MATERIALIZED_VIEW;
      default -> Kind.TABLE;
    };
  }

  private static void defaults(Catalog catalog, Record row) {
    String role = text(row, "role");
    boolean reader = role.equals(catalog.user()) && !catalog.scope().owners();
    Fact.Builder fact =
        catalog
            .fact(
                FactId.of(
                    Kind.DEFAULT_PRIVILEGE,
                    reader ? "" : role,
                    text(row, "schema"),
                    objects(text(row, "type")),
                    text(row, "grantee")))
            .items(Attribute.GRANTED, texts(row, "granted"))
            .items(Attribute.USUAL, texts(row, "usual"));
    if (!text(row, "schema").isEmpty()) {
      fact.parent(FactId.of(Kind.SCHEMA, text(row, "schema")));
    }
  }

  private static String objects(String type) {
    return switch (type) {
      case "r" -> "TABLES";
      case "S" -> "SEQUENCES";
      case "f" -> "FUNCTIONS";
      case "T" -> "TYPES";
      case "n" -> "SCHEMAS";
      case "L" -> "LARGE OBJECTS";
      default -> throw new IllegalStateException("Unexpected kind of default privileges " + type);
    };
  }
}
