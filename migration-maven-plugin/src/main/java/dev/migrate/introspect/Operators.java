package dev.migrate.introspect;

import static dev.migrate.introspect.Catalog.flag;
import static dev.migrate.introspect.Catalog.key;
import static dev.migrate.introspect.Catalog.oid;
import static dev.migrate.introspect.Catalog.text;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;

/** Reads operators, operator families and operator classes. */
final class Operators implements KindReader {
  private static final String OPERATORS =
      """
      select o.oid::int8 as oid, n.nspname::text as schema, o.oprname::text as name,
        case when o.oprleft = 0 then 'NONE' else format_type(o.oprleft, null) end as left_type,
        case when o.oprright = 0 then 'NONE' else format_type(o.oprright, null) end as right_type,
        o.oprcode::regproc::text as function,
        nullif(o.oprrest, 0)::regproc::text as restriction,
        nullif(o.oprjoin, 0)::regproc::text as join_estimator,
        case when c.oid is not null
          then 'OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')' end as commutator,
        case when g.oid is not null
          then 'OPERATOR(' || quote_ident(gn.nspname) || '.' || g.oprname || ')' end as negator,
        o.oprcanmerge as merges, o.oprcanhash as hashes
      from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
      left join pg_operator c on c.oid = o.oprcom left join pg_namespace cn on cn.oid = c.oprnamespace
      left join pg_operator g on g.oid = o.oprnegate left join pg_namespace gn on gn.oid = g.oprnamespace
      where o.oprcode <> 0 and o.oprnamespace = any ({0}::oid[])
      """;

  private static final String FAMILIES =
      """
      select 'pg_opfamily' as catalog, f.oid::int8 as oid, n.nspname::text as schema,
        f.opfname::text as name, am.amname::text as method, false as is_default, null as type,
        null as storage, null as family_schema, null as family
      from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace
      join pg_am am on am.oid = f.opfmethod where f.opfnamespace = any ({0}::oid[])
      union all
      select 'pg_opclass', c.oid::int8, n.nspname::text, c.opcname::text, am.amname::text,
        c.opcdefault, format_type(c.opcintype, null),
        case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end, fn.nspname::text, f.opfname::text
      from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace
      join pg_am am on am.oid = c.opcmethod join pg_opfamily f on f.oid = c.opcfamily
      join pg_namespace fn on fn.oid = f.opfnamespace where c.opcnamespace = any ({0}::oid[])
      """;

  private static final String MEMBERS =
      """
      select d.refclassid::regclass::text as catalog, d.refobjid::int8 as oid, d.classid::regclass::text as own,
        d.objid::int8 as own_oid,
        case when o.oid is not null
          then 'OPERATOR ' || o.amopstrategy || ' ' || o.amopopr::regoperator::text
            || case when o.amopsortfamily <> 0 then ' FOR ORDER BY ' ||
              (select quote_ident(sn.nspname) || '.' || quote_ident(sf.opfname) from pg_opfamily sf
                join pg_namespace sn on sn.oid = sf.opfnamespace where sf.oid = o.amopsortfamily)
              else '' end
          else 'FUNCTION ' || p.amprocnum || ' (' || format_type(p.amproclefttype, null) || ', '
            || format_type(p.amprocrighttype, null) || ') ' || p.amproc::regprocedure::text
          end as member
      from pg_depend d
      left join pg_amop o on d.classid = 'pg_amop'::regclass and o.oid = d.objid
      left join pg_amproc p on d.classid = 'pg_amproc'::regclass and p.oid = d.objid
      where d.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass) and d.objid >= 16384
        and (d.refclassid = 'pg_opclass'::regclass and d.deptype = 'i'
          or d.refclassid = 'pg_opfamily'::regclass and d.deptype = 'a')
        and {0}::oid[] is not null
      order by 5
      """;

  @Override
  public void read(Catalog catalog) {
    for (Record row : catalog.query(OPERATORS)) {
      FactId id =
          FactId.of(
              Kind.OPERATOR,
              text(row, "schema"),
              text(row, "name"),
              text(row, "left_type"),
              text(row, "right_type"));
      catalog
          .note(ObjectKey.of("pg_operator", oid(row, "oid")), id)
          .ifPresent(
              fact ->
                  fact.parent(Relations.schemaOf(id)).items(Attribute.PARAMETERS, parameters(row)));
    }
    for (Record row : catalog.query(FAMILIES)) {
      boolean family = text(row, "catalog").equals("pg_opfamily");
      FactId id =
          FactId.of(
              family ? Kind.OPERATOR_FAMILY : Kind.OPERATOR_CLASS,
              text(row, "schema"),
              text(row, "name"),
              text(row, "method"));
      catalog
          .note(key(row, "catalog", "oid"), id)
          .ifPresent(fact -> family(row, family, fact.parent(Relations.schemaOf(id))));
    }
    for (Record row : catalog.query(MEMBERS)) {
      catalog.idOf(key(row, "catalog", "oid")).ifPresent(id -> member(catalog, row, id));
    }
  }

  private static List<String> parameters(Record row) {
    ParameterList list = new ParameterList();
    list.add("function", text(row, "function"));
    list.add("leftarg", argument(text(row, "left_type")));
    list.add("rightarg", argument(text(row, "right_type")));
    list.add("commutator", text(row, "commutator"));
    list.add("negator", text(row, "negator"));
    list.add("restrict", text(row, "restriction"));
    list.add("join", text(row, "join_estimator"));
    list.flag("hashes", flag(row, "hashes"));
    list.flag("merges", flag(row, "merges"));
    return list.items();
  }

  private static String argument(String type) {
    return type.equals("NONE") ? null : type;
  }

  private static void family(Record row, boolean family, Fact.Builder fact) {
    if (family) {
      return;
    }
    fact.flag(Attribute.DEFAULT_FLAG, flag(row, "is_default"))
        .text(Attribute.TYPE, text(row, "type"))
        .text(Attribute.STORAGE, text(row, "storage"))
        .items(Attribute.FAMILY, List.of(text(row, "family_schema"), text(row, "family")));
  }

  private static void member(Catalog catalog, Record row, FactId id) {
    ObjectKey key = key(row, "own", "own_oid");
    if (id.kind() == Kind.OPERATOR_CLASS) {
      catalog.alias(key, id);
      Fact.Builder owner = catalog.builder(id).orElseThrow();
      List<String> members = new ArrayList<>(owner.build().items(Attribute.MEMBERS));
      members.add(text(row, "member"));
      owner.items(Attribute.MEMBERS, members);
    } else {
      catalog
          .note(
              key,
              FactId.of(
                  Kind.OPERATOR_FAMILY_MEMBER,
                  id.name(0),
                  id.name(1),
                  id.name(2),
                  text(row, "member")))
          .ifPresent(fact -> fact.parent(id));
    }
  }
}
