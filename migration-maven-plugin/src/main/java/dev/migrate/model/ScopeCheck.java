package dev.migrate.model;

import dev.migrate.introspect.Scope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds references from inside the compared schemas to objects outside of them, which no script
 * will create.
 */
final class ScopeCheck {
  private static final String REFERENCES =
      """
      with inside as (
        select oid from pg_namespace where nspname = any (?)
      ), parts as (
        select 'pg_rewrite'::regclass as classid, oid, ev_class as relation from pg_rewrite
        union all select 'pg_attrdef'::regclass, oid, adrelid from pg_attrdef
        union all select 'pg_trigger'::regclass, oid, tgrelid from pg_trigger
        union all select 'pg_policy'::regclass, oid, polrelid from pg_policy
      ), foreign_keys as (
        select distinct pg_describe_object(f.tableoid, f.oid, 0) as what,
          pg_describe_object('pg_class'::regclass, f.confrelid, 0) as on_what
        from pg_constraint f join pg_class t on t.oid = f.confrelid
        where f.contype = 'f' and f.connamespace in (select oid from inside)
          and t.relnamespace not in (select oid from inside)
      ), dependencies as (
        select distinct case when p.relation is null then d.classid
            else 'pg_class'::regclass::oid end as classid,
          coalesce(p.relation, d.objid) as objid, d.refclassid, d.refobjid
        from pg_depend d left join parts p on p.classid = d.classid and p.oid = d.objid
        where d.deptype = 'n' and d.objid >= 16384 and d.refobjid >= 16384
          and d.classid <> 'pg_constraint'::regclass
          and d.refclassid in ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass)
      ), others as (
        select pg_describe_object(d.classid, d.objid, 0) as what,
          pg_describe_object(d.refclassid, d.refobjid, 0) as on_what
        from dependencies d
        cross join lateral pg_identify_object(d.classid, d.objid, 0) as o
        cross join lateral pg_identify_object(d.refclassid, d.refobjid, 0) as r
        where o.schema = any (?) and r.schema <> all (?) and r.schema !~ '^pg_'
          and not exists (select from pg_depend e where e.classid = d.refclassid
            and e.objid = d.refobjid and e.deptype = 'e')
      )
      select what, on_what from foreign_keys union select what, on_what from others order by 1, 2
      """;

  private ScopeCheck() {}

  /**
   * @param connection to a database
   * @param scope what of it is read
   * @return a sentence for each reference that leads out of the scope
   */
  static List<String> references(Connection connection, Scope scope) throws SQLException {
    List<String> references = new ArrayList<>();
    if (scope.schemas().isEmpty()) {
      return references;
    }
    String[] schemas = scope.schemas().toArray(String[]::new);
    try (PreparedStatement query = connection.prepareStatement(REFERENCES)) {
      for (int i = 1; i <= 3; i++) {
        query.setArray(i, connection.createArrayOf("text", schemas));
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          references.add(
              "%s refers to %s, which is outside of migrate.schemas"
                  .formatted(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return references;
  }
}
