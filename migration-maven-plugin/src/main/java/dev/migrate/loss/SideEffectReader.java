package dev.migrate.loss;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.loss.SideEffectCatalog.Reach;
import dev.migrate.loss.SideEffectCatalog.Subject;
import dev.migrate.loss.SideEffectCatalog.Use;
import dev.migrate.target.SecureConnections;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the {@link SideEffectCatalog} of a database, which {@link DataLoss} has to know. */
public final class SideEffectReader {
  /** What has a smaller number was made by initdb: nobody has put code of his own there. */
  private static final String BUILTINS =
      """
      select proname::text, bool_or(provolatile = 'v') from pg_catalog.pg_proc
      where pronamespace = 'pg_catalog'::pg_catalog.regnamespace and oid < 16384
      group by proname
      """;

  private static final String ROUTINES =
      """
      select 'p' || p.oid, n.nspname::text, p.proname::text,
        case when p.prokind = 'a' then 'aggregate' else l.lanname::text end,
        p.provolatile = 'v', coalesce(e.extname::text, ''),
        case when p.prokind <> 'a' and l.lanname in ('sql', 'plpgsql')
          then pg_catalog.pg_get_functiondef(p.oid) else '' end,
        (select array_agg('p' || f::oid) from unnest(array[a.aggtransfn, a.aggfinalfn,
           a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn,
           a.aggmfinalfn]) f where f::oid >= 16384)
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      join pg_catalog.pg_language l on l.oid = p.prolang
      left join pg_catalog.pg_aggregate a on a.aggfnoid = p.oid
      left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass
        and d.objid = p.oid and d.deptype = 'e'
      left join pg_catalog.pg_extension e on e.oid = d.refobjid
      where p.oid >= 16384
      union all
      select 'r' || r.oid, n.nspname::text, '', 'rule', true, '',
        pg_catalog.pg_get_ruledef(r.oid), null
      from pg_catalog.pg_rewrite r
      join pg_catalog.pg_class c on c.oid = r.ev_class
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where r.oid >= 16384 and r.ev_type <> '1'
      """;

  /**
   * From every relation and type along what it is made of and what that depends on, down to
   * functions and rules. 1 is reading, 2 rebuilding, 3 adding; the sternest on the way counts.
   */
  private static final String REACHES =
      """
      with recursive parts(relid, use, class, obj) as (
        select ev_class, case ev_type when '1' then 1 else 3 end, 'pg_rewrite'::regclass::oid, oid
          from pg_rewrite where oid >= 16384
        union all select polrelid, 1, 'pg_policy'::regclass::oid, oid from pg_policy
        union all select d.adrelid,
            case a.attgenerated when 'v' then 1 when 's' then 2 else 3 end,
            'pg_attrdef'::regclass::oid, d.oid
          from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
          where d.oid >= 16384
        union all select conrelid, 2, 'pg_constraint'::regclass::oid, oid
          from pg_constraint where conrelid <> 0 and contype in ('c', 'x') and oid >= 16384
        union all select tgrelid, 3, 'pg_trigger'::regclass::oid, oid
          from pg_trigger where not tgisinternal
        union all select indrelid, 2, 'pg_class'::regclass::oid, indexrelid
          from pg_index where indexrelid >= 16384
        union all select attrelid, 2, 'pg_type'::regclass::oid, atttypid
          from pg_attribute where atttypid >= 16384 and attnum > 0 and not attisdropped
        union all select stxrelid, 2, 'pg_statistic_ext'::regclass::oid, oid from pg_statistic_ext
        union all select inhparent, 1, 'pg_class'::regclass::oid, inhrelid from pg_inherits
      ), uses(class, obj, use, refclass, refobj) as (
        select classid, objid, 1, refclassid, refobjid from pg_depend
          where refobjid >= 16384 and classid in ('pg_rewrite'::regclass, 'pg_policy'::regclass,
              'pg_attrdef'::regclass, 'pg_constraint'::regclass, 'pg_trigger'::regclass,
              'pg_class'::regclass, 'pg_statistic_ext'::regclass, 'pg_type'::regclass,
              'pg_opclass'::regclass, 'pg_operator'::regclass)
            and (refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass,
                'pg_opclass'::regclass, 'pg_opfamily'::regclass)
              or refclassid = 'pg_class'::regclass
                and classid in ('pg_rewrite'::regclass, 'pg_policy'::regclass))
        union all select 'pg_class'::regclass::oid, relid, use, class, obj from parts
        union all select 'pg_type'::regclass::oid, contypid, 1, 'pg_constraint'::regclass::oid, oid
          from pg_constraint where contypid <> 0
        union all select 'pg_type'::regclass::oid, oid, 1, 'pg_type'::regclass::oid, typbasetype
          from pg_type where typbasetype >= 16384
        union all select 'pg_type'::regclass::oid, oid, 1, 'pg_type'::regclass::oid, typelem
          from pg_type where typelem >= 16384
        union all select 'pg_type'::regclass::oid, rngtypid, 1, 'pg_type'::regclass::oid, rngsubtype
          from pg_range where rngsubtype >= 16384
        union all select 'pg_operator'::regclass::oid, oid, 1, 'pg_operator'::regclass::oid, other
          from pg_operator, unnest(array[oprcom, oprnegate]) other where other >= 16384
        union all select 'pg_type'::regclass::oid, t.oid, 1, 'pg_type'::regclass::oid, a.atttypid
          from pg_type t join pg_attribute a on a.attrelid = t.typrelid
          where t.typtype = 'c' and a.atttypid >= 16384 and a.attnum > 0
        union all select 'pg_opfamily'::regclass::oid, amprocfamily, 1, 'pg_proc'::regclass::oid,
            amproc::oid from pg_amproc where amproc::oid >= 16384
        union all select 'pg_opfamily'::regclass::oid, amopfamily, 1, 'pg_operator'::regclass::oid,
            amopopr from pg_amop where amopopr >= 16384
      ), reached(start, oid, use, class, obj) as (
        select 'RELATION', oid, 1, 'pg_class'::regclass::oid, oid from pg_class
          where oid >= 16384 and relkind in ('r', 'p', 'v', 'm', 'f')
        union
        select 'TYPE', oid, 1, 'pg_type'::regclass::oid, oid from pg_type
          where oid >= 16384 and typtype in ('d', 'c', 'r') and (typrelid = 0
            or (select relkind from pg_class c where c.oid = typrelid) = 'c')
        union
        select 'OPERATOR', oid, 1, 'pg_operator'::regclass::oid, oid from pg_operator
          where oid >= 16384
        union
        select r.start, r.oid, greatest(r.use, u.use), u.refclass, u.refobj
        from reached r join uses u on u.class = r.class and u.obj = r.obj
      ), ends as (
        select start, oid, min(use) as use,
          case class when 'pg_proc'::regclass then 'p' else 'r' end || obj as routine
        from reached
        where obj >= 16384 and (class = 'pg_proc'::regclass
          or class = 'pg_rewrite'::regclass
            and exists (select from pg_rewrite w where w.oid = obj and w.ev_type <> '1'))
        group by start, oid, class, obj
      )
      select e.start, n.nspname::text, coalesce(c.relname, t.typname, o.oprname)::text, e.use,
        e.routine
      from ends e
      left join pg_class c on e.start = 'RELATION' and c.oid = e.oid
      left join pg_type t on e.start = 'TYPE' and t.oid = e.oid
      left join pg_operator o on e.start = 'OPERATOR' and o.oid = e.oid
      join pg_namespace n on n.oid = coalesce(c.relnamespace, t.typnamespace, o.oprnamespace)
      """;

  private static final String ANYWHERE =
      """
      select 'p' || castfunc from pg_cast where castfunc >= 16384
      union select 'p' || amproc::oid from pg_amproc where amproc::oid >= 16384
      union select 'p' || oprcode::oid from pg_amop join pg_operator o on o.oid = amopopr
        where oprcode::oid >= 16384
      """;

  private static final String ON_DEFINITION = "select 'p' || evtfoid from pg_event_trigger";

  private SideEffectReader() {}

  /**
   * @param target the database
   * @param purpose what its administrator reads in pg_stat_activity
   * @return what it has
   * @throws MigrateException {@code DATABASE} or {@code CONNECTION} when it cannot be read
   */
  public static SideEffectCatalog read(Target target, String purpose) {
    try (Connection connection = target.connect(purpose)) {
      return read(connection);
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.DATABASE,
          "What the scripts can take away cannot be looked up: %s (SQLSTATE %s)."
              .formatted(e.getMessage(), e.getSQLState()),
          "Run the goal again, or say whether a backup is to be taken with"
              + " -Dmigrate.backup=always or -Dmigrate.backup=never.",
          e);
    }
  }

  /**
   * @param connection to the database; afterwards its search path is that of {@link
   *     SecureConnections}
   * @return what it has
   * @throws SQLException when it cannot be read
   */
  public static SideEffectCatalog read(Connection connection) throws SQLException {
    SecureConnections.close(connection);
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      return new SideEffectCatalog(
          builtins(statement),
          routines(statement),
          reaches(statement),
          ids(statement, ANYWHERE),
          ids(statement, ON_DEFINITION));
    }
  }

  private static Map<String, Boolean> builtins(Statement statement) throws SQLException {
    Map<String, Boolean> builtins = new HashMap<>();
    try (ResultSet rows = statement.executeQuery(BUILTINS)) {
      while (rows.next()) {
        builtins.put(rows.getString(1), rows.getBoolean(2));
      }
    }
    return builtins;
  }

  private static List<Routine> routines(Statement statement) throws SQLException {
    List<Routine> routines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(ROUTINES)) {
      while (rows.next()) {
        routines.add(
            new Routine(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getBoolean(5),
                rows.getString(6),
                rows.getString(7),
                rows.getArray(8) == null
                    ? List.of()
                    : Arrays.asList((String[]) rows.getArray(8).getArray())));
      }
    }
    return routines;
  }

  private static List<Reach> reaches(Statement statement) throws SQLException {
    List<Reach> reaches = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(REACHES)) {
      while (rows.next()) {
        reaches.add(
            new Reach(
                Subject.valueOf(rows.getString(1)),
                rows.getString(2),
                rows.getString(3),
                Use.values()[rows.getInt(4) - 1],
                rows.getString(5)));
      }
    }
    return reaches;
  }

  private static Set<String> ids(Statement statement, String sql) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getString(1));
      }
    }
    return ids;
  }
}
