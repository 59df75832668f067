package dev.migrate.conformance;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Rename;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rows of a database, and whether they are all there after a plan: every value of every table
 * and column that stands on both sides, unless the plan's hazards name that very loss; and an
 * insert that left everything with a default to PostgreSQL works as before.
 */
final class KeptRows {
  private static final String UNIQUE_VIOLATION = "23505";

  private final Map<FactId, Content> tables = new TreeMap<>();
  private final Set<FactId> inserting = new TreeSet<>();

  private record Column(String name, String type, boolean generated, boolean filled) {}

  /** The values as text, null where there is none, and the tables whose columns it inherits. */
  private record Content(
      Map<String, Column> columns, List<Map<String, String>> rows, List<FactId> parents) {}

  private KeptRows() {}

  static KeptRows read(Connection connection) throws SQLException {
    KeptRows rows = new KeptRows();
    for (FactId table : tables(connection)) {
      rows.tables.put(table, content(connection, table));
    }
    Map<String, String> positions = positions(connection);
    for (FactId table : rows.tables.keySet()) {
      if (rows.insert(connection, table).equals("works")) {
        rows.inserting.add(table);
      }
    }
    restore(connection, positions);
    return rows;
  }

  boolean isEmpty() {
    return tables.values().stream().allMatch(content -> content.rows().isEmpty());
  }

  /**
   * What is missing afterwards.
   *
   * @param after the rows after the plan
   * @param renames what was renamed on the way and is not renamed back
   * @param given what was renamed on the way: a hazard can name a column by its new name
   * @param plans what ran in between
   * @return one line for each loss that no hazard names; empty when there is none
   */
  List<String> missing(KeptRows after, List<Rename> renames, List<Rename> given, List<Plan> plans) {
    List<String> missing = new ArrayList<>();
    tables.forEach(
        (table, before) -> {
          FactId name = renamedTable(table, renames);
          Content now = after.tables.get(name);
          if (now == null || before.rows().isEmpty() || named("all rows of " + table, plans)) {
            return;
          }
          if (now.rows().size() < before.rows().size()) {
            missing.add(
                "rows of %s: %d, and then %d"
                    .formatted(table, before.rows().size(), now.rows().size()));
            return;
          }
          compare(table, before, now, renames, given, plans, missing);
          if (inserting.contains(table) && after.blocked.contains(name)) {
            missing.add("insert into " + table + " by default worked before");
          }
        });
    return missing;
  }

  private final Set<FactId> blocked = new TreeSet<>();

  /** Looks which inserts by default run into rows that are there. */
  KeptRows tried(Connection connection) throws SQLException {
    Map<String, String> positions = positions(connection);
    for (FactId table : tables.keySet()) {
      if (insert(connection, table).equals(UNIQUE_VIOLATION)) {
        blocked.add(table);
      }
    }
    restore(connection, positions);
    return this;
  }

  private static void compare(
      FactId table,
      Content before,
      Content now,
      List<Rename> renames,
      List<Rename> given,
      List<Plan> plans,
      List<String> missing) {
    Map<String, String> same = new LinkedHashMap<>();
    for (Column column : before.columns().values()) {
      FactId id = FactId.of(Kind.COLUMN, table.name(0), table.name(1), column.name());
      String name = renamedColumn(id, renames);
      Column wanted = now.columns().get(name);
      boolean judged =
          wanted != null
              && !(column.generated() && wanted.generated())
              && !lost(table, column.name(), before, plans)
              && !lost(table, name, before, plans)
              && !lost(renamedTable(table, given), renamedColumn(id, given), before, plans);
      if (judged && column.type().equals(wanted.type())) {
        same.put(column.name(), name);
      } else if (judged && filled(now, name) < filled(before, column.name())) {
        missing.add("values of " + id + ", which is null now");
      }
    }
    List<List<String>> wanted = projected(before, List.copyOf(same.keySet()));
    List<List<String>> got = projected(now, List.copyOf(same.values()));
    for (List<String> row : wanted) {
      if (!got.remove(row)) {
        missing.add("row of " + table + " " + same.keySet() + ": " + row);
        return;
      }
    }
  }

  private static boolean lost(FactId table, String column, Content content, List<Plan> plans) {
    return Stream.concat(Stream.of(table), content.parents().stream())
        .map(one -> FactId.of(Kind.COLUMN, one.name(0), one.name(1), column).toString())
        .anyMatch(what -> named(what, plans));
  }

  private static long filled(Content content, String column) {
    return content.rows().stream().filter(row -> row.get(column) != null).count();
  }

  private static List<List<String>> projected(Content content, List<String> columns) {
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> row : content.rows()) {
      List<String> values = new ArrayList<>();
      columns.forEach(column -> values.add(row.get(column)));
      rows.add(values);
    }
    return rows;
  }

  private static boolean named(String what, List<Plan> plans) {
    return plans.stream()
        .flatMap(plan -> plan.statements().stream())
        .flatMap(statement -> statement.hazards().stream())
        .anyMatch(hazard -> hazard instanceof Hazard.LosesData loses && loses.what().equals(what));
  }

  private static FactId renamedTable(FactId table, List<Rename> renames) {
    FactId at = table;
    for (Rename rename : renames) {
      if (rename instanceof Rename.OfFact fact) {
        at = fact.from().equals(at) ? fact.to() : inRenamedSchema(at, fact);
      }
    }
    return at;
  }

  private static String renamedColumn(FactId column, List<Rename> renames) {
    FactId at = column;
    for (Rename rename : renames) {
      if (!(rename instanceof Rename.OfFact fact)) {
        continue;
      }
      if (fact.from().equals(at)) {
        at = fact.to();
      } else if (fact.from().kind() == Kind.TABLE
          && at.names().subList(0, 2).equals(fact.from().names())) {
        at = FactId.of(Kind.COLUMN, fact.to().name(0), fact.to().name(1), at.lastName());
      } else {
        at = inRenamedSchema(at, fact);
      }
    }
    return at.lastName();
  }

  private static FactId inRenamedSchema(FactId id, Rename.OfFact rename) {
    if (rename.from().kind() != Kind.SCHEMA || !id.name(0).equals(rename.from().name(0))) {
      return id;
    }
    List<String> names = new ArrayList<>(id.names());
    names.set(0, rename.to().name(0));
    return new FactId(id.kind(), names);
  }

  private static List<FactId> tables(Connection connection) throws SQLException {
    List<FactId> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select n.nspname, c.relname from pg_catalog.pg_class c"
                    + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                    + " where c.relkind = 'r' and n.nspname !~ '^pg_'"
                    + " and n.nspname <> 'information_schema'")) {
      while (rows.next()) {
        tables.add(FactId.of(Kind.TABLE, rows.getString(1), rows.getString(2)));
      }
    }
    return tables;
  }

  private static Content content(Connection connection, FactId table) throws SQLException {
    Map<String, Column> columns = new LinkedHashMap<>();
    List<Map<String, String>> values = new ArrayList<>();
    String from = " from only " + quoted(table.name(0)) + "." + quoted(table.name(1));
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows =
          statement.executeQuery(
              "select a.attname, format_type(a.atttypid, a.atttypmod) || coalesce((select"
                  + " string_agg(m.attname || ' ' || format_type(m.atttypid, null), ', '"
                  + " order by m.attnum) from pg_catalog.pg_type t left join pg_catalog.pg_type e"
                  + " on e.oid = t.typelem join pg_catalog.pg_attribute m"
                  + " on m.attrelid = coalesce(nullif(t.typrelid, 0), e.typrelid)"
                  + " and m.attnum > 0 and not m.attisdropped"
                  + " where t.oid = a.atttypid), ''), a.attgenerated <> '',"
                  + " a.atthasdef or a.attidentity <> ''"
                  + " from pg_catalog.pg_attribute a where a.attrelid = '"
                  + (quoted(table.name(0)) + "." + quoted(table.name(1))).replace("'", "''")
                  + "'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum")) {
        while (rows.next()) {
          Column column =
              new Column(
                  rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(4));
          columns.put(column.name(), column);
        }
      }
      StringBuilder list = new StringBuilder("select null");
      columns.keySet().forEach(name -> list.append(", ").append(quoted(name)).append("::text"));
      try (ResultSet rows = statement.executeQuery(list + from)) {
        while (rows.next()) {
          Map<String, String> row = new LinkedHashMap<>();
          int at = 2;
          for (String name : columns.keySet()) {
            row.put(name, rows.getString(at++));
          }
          values.add(row);
        }
      }
    }
    return new Content(columns, values, parents(connection, table));
  }

  private static List<FactId> parents(Connection connection, FactId table) throws SQLException {
    List<FactId> parents = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "with recursive p(oid) as (select inhparent from pg_catalog.pg_inherits"
                + " where inhrelid = ?::regclass union select i.inhparent"
                + " from pg_catalog.pg_inherits i join p on p.oid = i.inhrelid)"
                + " select n.nspname, c.relname from p join pg_catalog.pg_class c using (oid)"
                + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace")) {
      statement.setString(1, quoted(table.name(0)) + "." + quoted(table.name(1)));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          parents.add(FactId.of(Kind.TABLE, rows.getString(1), rows.getString(2)));
        }
      }
    }
    return parents;
  }

  /** Copies one row and leaves out what has a default; nothing of it stays. */
  private String insert(Connection connection, FactId table) throws SQLException {
    Content content = tables.get(table);
    if (content.rows().isEmpty()
        || content.columns().values().stream().noneMatch(column -> column.filled())) {
      return "nothing to try";
    }
    List<String> given =
        content.columns().values().stream()
            .filter(column -> !column.filled())
            .map(column -> quoted(column.name()))
            .toList();
    String name = quoted(table.name(0)) + "." + quoted(table.name(1));
    String list = String.join(", ", given);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          given.isEmpty()
              ? "insert into " + name + " default values"
              : "insert into "
                  + name
                  + " ("
                  + list
                  + ") select "
                  + list
                  + " from only "
                  + name
                  + " limit 1");
      return "works";
    } catch (SQLException e) {
      return e.getSQLState();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Trying takes numbers from sequences; they are put back. */
  private static Map<String, String> positions(Connection connection) throws SQLException {
    Map<String, String> positions = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement()) {
      List<String> sequences = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "select format('%I.%I', n.nspname, c.relname) from pg_catalog.pg_class c"
                  + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
                  + " where c.relkind = 'S' and n.nspname !~ '^pg_'")) {
        while (rows.next()) {
          sequences.add(rows.getString(1));
        }
      }
      for (String sequence : sequences) {
        try (ResultSet row =
            statement.executeQuery("select last_value, is_called from " + sequence)) {
          row.next();
          positions.put(sequence, row.getLong(1) + ", " + row.getBoolean(2));
        }
      }
    }
    return positions;
  }

  private static void restore(Connection connection, Map<String, String> positions)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> one : positions.entrySet()) {
        statement.execute(
            "select setval('" + one.getKey().replace("'", "''") + "', " + one.getValue() + ")");
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
