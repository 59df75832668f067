package dev.migrate.observe;

import dev.migrate.sql.SqlNames;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Catalog queries about columns, keys and constraints that the generator of test rows needs, read
 * set by set.
 */
final class RowCatalog {
  private static final String TABLES =
      """
      select c.oid::int8, n.nspname, c.relname,
        c.relnatts || ' ' || pg_relation_filenode(c.oid) || ' ' || c.relchecks as state
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname <> ?
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
          and d.objid = c.oid and d.deptype = 'e')
      """;

  private static final String COLUMNS =
      """
      select a.attrelid::int8, a.attname,
        a.attnotnull and not a.atthasdef and a.attidentity = '' or coalesce(t.typnotnull, false)
          and not a.atthasdef as needed,
        a.attgenerated <> '' as generated,
        a.attidentity <> '' or coalesce(pg_get_expr(d.adbin, d.adrelid) like 'nextval(%', false)
          as numbered,
        format_type(a.atttypid, a.atttypmod) as type,
        format_type(coalesce(b.oid, t.oid), null) as plain,
        coalesce(b.typname, t.typname)::text as base,
        coalesce(b.typcategory, t.typcategory)::text as category,
        case when a.atttypmod >= 0 then a.atttypmod when t.typtypmod >= 0 then t.typtypmod else -1 end
          as modifier,
        array(select e.enumlabel::text from pg_enum e where e.enumtypid = coalesce(b.oid, t.oid)
          order by e.enumsortorder) as labels,
        exists (select from pg_index i where i.indrelid = a.attrelid and i.indisunique
          and i.indnkeyatts = 1 and i.indkey[0] = a.attnum) as is_unique,
        array(select pg_get_constraintdef(k.oid) from pg_constraint k where k.contypid = t.oid
          order by k.oid) as domain_checks
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      left join pg_type b on b.oid = nullif(t.typbasetype, 0)
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = any (?::int8[]::oid[]) and a.attnum > 0 and not a.attisdropped
      order by a.attrelid, a.attnum
      """;

  private static final String CHECKS =
      """
      select k.conrelid::int8, pg_get_expr(k.conbin, k.conrelid),
        array(select a.attname::text from pg_attribute a where a.attrelid = k.conrelid
          and a.attnum = any (k.conkey) order by a.attnum)
      from pg_constraint k
      where k.contype = 'c' and k.conrelid = any (?::int8[]::oid[]) order by k.conrelid, k.oid
      """;

  private static final String REFERENCES =
      """
      select k.conrelid::int8, k.confrelid::int8, n.nspname, c.relname,
        array(select a.attname::text from unnest(k.conkey) with ordinality u(num, at)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num order by u.at),
        array(select a.attname::text from unnest(k.confkey) with ordinality u(num, at)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num order by u.at)
      from pg_constraint k join pg_class c on c.oid = k.confrelid
      join pg_namespace n on n.oid = c.relnamespace
      where k.contype = 'f' and k.conrelid = any (?::int8[]::oid[]) order by k.conrelid, k.oid
      """;

  /** What a row of a partitioned table must satisfy to belong into one of its partitions. */
  private static final String PARTITIONS =
      """
      select p.oid::int8, string_agg(coalesce(pg_get_partition_constraintdef(t.relid), 'true'), ' OR '
        order by t.relid)
      from unnest(?::int8[]) p(oid), pg_partition_tree(p.oid::oid::regclass) t
      where t.isleaf and t.relid <> p.oid::oid
      group by p.oid
      """;

  private static final String REFERENCED =
      """
      with recursive needed(oid) as (
        select unnest(?::int8[])::oid
        union
        select k.confrelid from needed n join pg_constraint k
          on k.conrelid = n.oid and k.contype = 'f')
      select oid::int8 from needed
      """;

  private RowCatalog() {}

  /** A table; described on demand. */
  record Table(
      long oid,
      String name,
      String state,
      List<Column> columns,
      List<Rule> rules,
      List<Reference> references)
      implements Comparable<Table> {

    /** Leaves values of enums out, where others are left. */
    void avoid(Set<String> labels) {
      columns.replaceAll(column -> column.without(labels));
    }

    int mostLabels() {
      return columns.stream().mapToInt(column -> column.labels().size()).max().orElse(0);
    }

    Column column(String wanted) {
      return columns.stream()
          .filter(column -> column.name().equals(wanted))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public int compareTo(Table other) {
      return name.compareTo(other.name);
    }
  }

  /**
   * A column, as far as a value for it is concerned.
   *
   * @param needed whether a row must have a value for it
   * @param numbered whether a sequence gives it values, beside which ours must not lie
   * @param plain the type below its domain, if it has one, without modifiers
   * @param base the name of that type in the catalog
   */
  record Column(
      String name,
      boolean needed,
      boolean generated,
      boolean numbered,
      String type,
      String plain,
      String base,
      String category,
      int modifier,
      List<String> labels,
      boolean unique) {

    Column without(Set<String> avoided) {
      List<String> left = labels.stream().filter(label -> !avoided.contains(label)).toList();
      return left.isEmpty() || left.size() == labels.size()
          ? this
          : new Column(
              name, needed, generated, numbered, type, plain, base, category, modifier, left,
              unique);
    }
  }

  /** An expression that must not be false, and the columns in it. */
  record Rule(String expression, List<String> columns) {}

  /** A foreign key: the columns of the other table by our own. */
  record Reference(long table, String name, Map<String, String> columns) {}

  static Map<Long, Table> tables(Connection connection, String without) throws SQLException {
    Map<Long, Table> tables = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(TABLES)) {
      query.setString(1, without);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          long oid = result.getLong(1);
          tables.put(
              oid,
              new Table(
                  oid,
                  SqlNames.qualified(result.getString(2), result.getString(3)),
                  String.valueOf(result.getString(4)),
                  new ArrayList<>(),
                  new ArrayList<>(),
                  new ArrayList<>()));
        }
      }
    }
    return tables;
  }

  /** These and all that they refer to, in any number of steps. */
  static Set<Long> referenced(Connection connection, Collection<Table> tables) throws SQLException {
    Set<Long> found = new HashSet<>();
    try (PreparedStatement query = connection.prepareStatement(REFERENCED)) {
      query.setArray(
          1, connection.createArrayOf("int8", tables.stream().map(Table::oid).toArray()));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(result.getLong(1));
        }
      }
    }
    return found;
  }

  static void describe(Connection connection, Map<Long, Table> tables) throws SQLException {
    each(
        connection,
        COLUMNS,
        tables,
        (table, row) -> {
          Column column =
              new Column(
                  row.getString(2),
                  row.getBoolean(3),
                  row.getBoolean(4),
                  row.getBoolean(5),
                  row.getString(6),
                  row.getString(7),
                  row.getString(8),
                  row.getString(9),
                  row.getInt(10),
                  texts(row, 11),
                  row.getBoolean(12));
          table.columns().add(column);
          for (String check : texts(row, 13)) {
            table.rules().add(ofDomain(check, column.name()));
          }
        });
    each(
        connection,
        CHECKS,
        tables,
        (table, row) -> table.rules().add(new Rule(row.getString(2), texts(row, 3))));
    each(
        connection,
        PARTITIONS,
        tables,
        (table, row) -> {
          String fits = row.getString(2);
          List<String> key =
              table.columns().stream()
                  .map(Column::name)
                  .filter(name -> mentions(fits, SqlNames.quote(name)))
                  .toList();
          if (!key.isEmpty()) {
            table.rules().add(new Rule(fits, key));
          }
        });
    each(
        connection,
        REFERENCES,
        tables,
        (table, row) -> {
          Map<String, String> columns = new LinkedHashMap<>();
          List<String> own = texts(row, 5);
          List<String> others = texts(row, 6);
          for (int i = 0; i < own.size(); i++) {
            columns.put(own.get(i), others.get(i));
          }
          table
              .references()
              .add(
                  new Reference(
                      row.getLong(2),
                      SqlNames.qualified(row.getString(3), row.getString(4)),
                      columns));
        });
  }

  private static boolean mentions(String expression, String name) {
    return Pattern.compile("(?<![\\w\"])" + Pattern.quote(name) + "(?![\\w\"])")
        .matcher(expression)
        .find();
  }

  private static Rule ofDomain(String check, String column) {
    String expression = check.replaceFirst("^CHECK ", "").replaceFirst(" NOT VALID$", "");
    return new Rule(
        expression.replaceAll(
            "\\bVALUE\\b", java.util.regex.Matcher.quoteReplacement(SqlNames.quote(column))),
        List.of(column));
  }

  private interface Row {
    void take(Table table, ResultSet row) throws SQLException;
  }

  private static void each(Connection connection, String sql, Map<Long, Table> tables, Row row)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setArray(1, connection.createArrayOf("int8", tables.keySet().toArray()));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          row.take(tables.get(result.getLong(1)), result);
        }
      }
    }
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    Array array = row.getArray(column);
    return List.of((String[]) array.getArray());
  }
}
