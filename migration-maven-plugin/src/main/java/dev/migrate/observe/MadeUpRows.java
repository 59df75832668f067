package dev.migrate.observe;

import dev.migrate.plan.SqlNames;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Inserts test rows into tables that are about to change, so that a statement that fails on rows
 * fails. One row of each table has as few values as it may have and one as many as can be made up;
 * where a constraint permits neither, the table stays empty, and nothing is said about it.
 */
public final class MadeUpRows {
  private static final int DEEPEST = 6;

  private static final String COLUMNS =
      """
      select a.attname, a.attnotnull and not a.atthasdef and a.attidentity = '' as needed,
        a.attgenerated <> '' or a.attidentity = 'a' as automatic,
        format_type(a.atttypid, a.atttypmod) as type, coalesce(b.typcategory, t.typcategory) as category,
        (select e.enumlabel from pg_enum e where e.enumtypid = coalesce(b.oid, t.oid)
          order by e.enumsortorder desc limit 1) as label,
        (select f.confrelid::int8 from pg_constraint f where f.conrelid = a.attrelid and f.contype = 'f'
          and f.conkey = array[a.attnum] order by f.oid limit 1) as referenced,
        (select r.attname from pg_constraint f join pg_attribute r on r.attrelid = f.confrelid
          and r.attnum = f.confkey[1] where f.conrelid = a.attrelid and f.contype = 'f'
          and f.conkey = array[a.attnum] order by f.oid limit 1) as referenced_column
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      left join pg_type b on b.oid = nullif(t.typbasetype, 0)
      where a.attrelid = ?::int8::oid and a.attnum > 0 and not a.attisdropped order by a.attnum
      """;

  private final SortedSet<String> filled = new TreeSet<>();
  private int number;

  /** A column, as far as a value for it is concerned. */
  private record Column(
      String name,
      boolean needed,
      boolean automatic,
      String type,
      String category,
      String label,
      long referenced,
      String referencedColumn) {}

  /**
   * @param schema where the changes begin
   * @param touched what changes
   * @return the tables of the schema that these belong to
   */
  public static Set<FactId> tables(Schema schema, List<FactId> touched) {
    Set<FactId> tables = new LinkedHashSet<>();
    for (FactId id : touched) {
      if (id.names().size() >= 2) {
        FactId table = FactId.of(Kind.TABLE, id.name(0), id.name(1));
        if (schema.has(table)) {
          tables.add(table);
        }
        schema
            .find(id)
            .filter(fact -> fact.id().kind() == Kind.INDEX)
            .map(fact -> new FactId(Kind.TABLE, fact.items(Attribute.TABLE_LIST)))
            .filter(schema::has)
            .ifPresent(tables::add);
        usersOf(schema, id).forEach(tables::add);
      }
    }
    return tables;
  }

  /** Whose columns are of a type that changes. */
  private static List<FactId> usersOf(Schema schema, FactId type) {
    if (type.kind() != Kind.ENUM && type.kind() != Kind.DOMAIN) {
      return List.of();
    }
    return schema.dependentsOf(type).stream()
        .map(Fact::id)
        .filter(id -> id.kind() == Kind.COLUMN)
        .map(id -> FactId.of(Kind.TABLE, id.name(0), id.name(1)))
        .filter(schema::has)
        .toList();
  }

  /** Puts rows into tables that are empty. */
  public void fill(Connection connection, Set<FactId> tables) throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute(connection, "SET CONSTRAINTS ALL IMMEDIATE"); // a row is refused when it comes
      for (FactId table : tables) {
        long oid = oid(connection, SqlNames.qualified(table));
        if (oid != 0) {
          fill(connection, oid, 0);
        }
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * Takes them away again.
   *
   * @return whether there were any
   */
  boolean removeAll(Connection connection) throws SQLException {
    if (filled.isEmpty()) {
      return false;
    }
    for (String table : filled) {
      if (oid(connection, table) != 0) {
        execute(connection, "TRUNCATE " + table + " CASCADE");
      }
    }
    filled.clear();
    return true;
  }

  private void fill(Connection connection, long table, int depth) throws SQLException {
    String name = name(connection, table);
    if (filled.contains(name) || depth > DEEPEST) {
      return;
    }
    List<Column> columns = columns(connection, table);
    boolean least = insert(connection, name, columns, false, depth);
    boolean most = insert(connection, name, columns, true, depth);
    if (least || most) {
      filled.add(name);
    }
  }

  private boolean insert(
      Connection connection, String table, List<Column> columns, boolean all, int depth)
      throws SQLException {
    number++;
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (Column column : columns) {
      if (column.automatic() || !(all || column.needed())) {
        continue;
      }
      String value = value(connection, column, depth);
      if (value != null) {
        names.add(SqlNames.quote(column.name()));
        values.add(value);
      }
    }
    String sql =
        names.isEmpty()
            ? "INSERT INTO " + table + " DEFAULT VALUES"
            : "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(table, String.join(", ", names), String.join(", ", values));
    Savepoint before = connection.setSavepoint();
    try {
      execute(connection, sql);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException notPermitted) {
      // A check, a trigger or a type that we have no value for: this row is not to be had.
      connection.rollback(before);
      return false;
    }
  }

  private String value(Connection connection, Column column, int depth) throws SQLException {
    if (column.referenced() != 0) {
      if (column.needed()) {
        fill(connection, column.referenced(), depth + 1);
      }
      return "(SELECT %s FROM %s LIMIT 1)"
          .formatted(
              SqlNames.quote(column.referencedColumn()), name(connection, column.referenced()));
    }
    String literal =
        switch (column.category()) {
          case "N" -> String.valueOf(number);
          case "S" -> "x" + number;
          case "B" -> "true";
          case "E" -> column.label();
          case "D" -> column.type().startsWith("time ") ? "12:00" : "2001-01-01";
          case "T" -> "1 day";
          case "A" -> "{}";
          case "R" -> "empty";
          case "I" -> "192.0.2.1";
          default -> other(column.type());
        };
    return literal == null ? null : SqlNames.literal(literal) + "::" + column.type();
  }

  private String other(String type) {
    return switch (type) {
      case "uuid" -> "00000000-0000-4000-8000-%012d".formatted(number);
      case "json", "jsonb" -> "{}";
      case "bytea" -> "\\x00";
      case "xml" -> "<x/>";
      default -> null;
    };
  }

  private static List<Column> columns(Connection connection, long table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setLong(1, table);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          columns.add(
              new Column(
                  result.getString(1),
                  result.getBoolean(2),
                  result.getBoolean(3),
                  result.getString(4),
                  result.getString(5),
                  result.getString(6),
                  result.getLong(7),
                  result.getString(8)));
        }
      }
    }
    return columns;
  }

  private static long oid(Connection connection, String table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("select coalesce(to_regclass(?)::oid, 0)::int8")) {
      query.setString(1, table);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return result.getLong(1);
      }
    }
  }

  private static String name(Connection connection, long table) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid ="
                + " c.relnamespace where c.oid = ?::int8::oid")) {
      query.setLong(1, table);
      try (ResultSet result = query.executeQuery()) {
        result.next();
        return SqlNames.qualified(result.getString(1), result.getString(2));
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
