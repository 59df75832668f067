package dev.migrate.observe;

import dev.migrate.observe.RowCatalog.Column;
import dev.migrate.observe.RowCatalog.Reference;
import dev.migrate.observe.RowCatalog.Table;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Test data generator: makes up rows for tables from the schema. Each table gets one with as few
 * values as it may have and some with as many as can be made up: every value of an enum, values
 * that its checks permit, references to rows that exist. Where nothing is permitted the table stays
 * empty, and that is said.
 */
public final class RowGenerator {
  private static final String GENERATED =
      """
      select pg_catalog.pg_get_expr(d.adbin, d.adrelid)
      from pg_catalog.pg_attrdef d
      join pg_catalog.pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
      where d.adrelid = ?::int8::oid and a.attgenerated <> ''
      """;

  /** A key of a document that an expression reads. */
  private static final Pattern KEY = Pattern.compile("->>? *'([^'\\\\]+)'");

  private static final Set<String> DOCUMENTS = Set.of("json", "jsonb");
  private static final int FULL_ROWS = 2;
  private static final int MOST_ROWS = 8;

  private final Connection connection;
  private final String historyTable;
  private final MadeUpValues values = new MadeUpValues();
  private final Map<Long, String> seen = new HashMap<>();
  private final Map<TextColumn, String> looks;
  private final Map<String, TextColumn> texts = new HashMap<>();
  private final Set<Long> filled = new HashSet<>();
  private int tables;

  /**
   * A column of texts.
   *
   * @param table its table, as SQL names it
   * @param name its name
   */
  public record TextColumn(String table, String name) {}

  /**
   * @param connection to a scratch database, in autocommit
   * @param historyTable the table that is left alone
   */
  public RowGenerator(Connection connection, String historyTable) {
    this(connection, historyTable, Map.of());
  }

  /**
   * @param connection to a scratch database, in autocommit
   * @param historyTable the table that is left alone
   * @param looks for columns of texts the types that later scripts take their texts for
   */
  public RowGenerator(Connection connection, String historyTable, Map<TextColumn, String> looks) {
    this.connection = connection;
    this.historyTable = historyTable;
    this.looks = new HashMap<>(looks);
  }

  /**
   * @param text a text that PostgreSQL refused
   * @return the column for which it was made up, if it was
   */
  public Optional<TextColumn> columnOf(String text) {
    return Optional.ofNullable(texts.get(text));
  }

  /**
   * Gives the rows that there are, and those to come, texts in a column that can be read as a type.
   *
   * @param column a column that was filled
   * @param look the type, as PostgreSQL names it
   * @return whether all texts that were made up for it are such now; else the rows that there are
   *     stay as they were
   * @throws SQLException when the connection is lost
   */
  public boolean rewrite(TextColumn column, String look) throws SQLException {
    looks.put(column, look);
    Map<Long, Table> found = RowCatalog.tables(connection, historyTable);
    found.values().removeIf(table -> !table.name().equals(column.table()));
    List<String> old =
        texts.entrySet().stream()
            .filter(one -> one.getValue().equals(column))
            .map(Map.Entry::getKey)
            .toList();
    connection.setAutoCommit(false);
    try {
      prepare();
      RowCatalog.describe(connection, found);
      Optional<Column> there =
          found.values().stream()
              .flatMap(table -> table.columns().stream())
              .filter(one -> one.name().equals(column.name()) && one.category().equals("S"))
              .findFirst();
      if (there.isEmpty()) {
        return false; // It has another name or another type by now.
      }
      for (String text : old) {
        values.next();
        String literal = values.looking(there.get(), look);
        if (literal == null) {
          return false;
        }
        execute(
            "UPDATE %1$s SET %2$s = %3$s::%5$s WHERE %2$s = %4$s::%5$s"
                .formatted(
                    column.table(),
                    SqlNames.quote(column.name()),
                    SqlLiteral.literal(literal),
                    SqlLiteral.literal(text),
                    there.get().type()));
      }
      connection.commit();
      return true;
    } catch (SQLException refused) {
      if (connection.isClosed()) {
        throw refused;
      }
      return false; // By a check, a key or a trigger, which may let such texts in from the start.
    } finally {
      if (!connection.isClosed()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  /**
   * @return how many tables there were when this was called last
   */
  public int tables() {
    return tables;
  }

  /**
   * Puts rows into the tables that are new or were changed since this was called last.
   *
   * @return the tables that stayed empty, each with the reason
   * @throws SQLException when the connection is lost
   */
  public List<String> fill() throws SQLException {
    Map<Long, Table> changed = new HashMap<>();
    Map<Long, Table> all = RowCatalog.tables(connection, historyTable);
    all.forEach(
        (oid, table) -> {
          if (!table.state().equals(seen.get(oid))) {
            changed.put(oid, table);
          }
        });
    seen.keySet().retainAll(all.keySet());
    tables = all.size();
    if (changed.isEmpty()) {
      return List.of();
    }
    Map<String, String> empty = filled(changed, Set.of(), Set.of(), true);
    all.forEach((oid, table) -> seen.put(oid, table.state()));
    return empty.entrySet().stream()
        .map(one -> one.getKey() + " (" + one.getValue() + ")")
        .toList();
  }

  /**
   * Puts rows into some tables that have none, and into those that they refer to. Columns that a
   * sequence numbers get their values from it, as an application would have it.
   *
   * @param wanted the tables, as SQL names them
   * @param never those that are to stay as they are
   * @param avoided values of enums that no row is to hold, unless there is no other
   * @return of those wanted the ones that stayed empty, each with the reason
   * @throws SQLException when the connection is lost
   */
  public Map<String, String> fillEmpty(Set<String> wanted, Set<String> never, Set<String> avoided)
      throws SQLException {
    Map<Long, Table> all = RowCatalog.tables(connection, historyTable);
    return filled(withReferenced(all, wanted), never, avoided, false);
  }

  /**
   * Puts rows into some tables, also beside those that they have, and into those that they refer
   * to.
   *
   * @param wanted the tables, as SQL names them
   * @throws SQLException when the connection is lost
   */
  void fill(Set<String> wanted) throws SQLException {
    Map<Long, Table> all = RowCatalog.tables(connection, historyTable);
    filled(withReferenced(all, wanted), Set.of(), Set.of(), true);
  }

  /**
   * Empties the tables that rows were put into; whatever refers to them, too.
   *
   * @return whether there were any
   * @throws SQLException when the connection is lost
   */
  boolean removeAll() throws SQLException {
    if (filled.isEmpty()) {
      return false;
    }
    List<String> names = new ArrayList<>();
    for (Table table : RowCatalog.tables(connection, historyTable).values()) {
      if (filled.contains(table.oid())) {
        names.add(table.name());
      }
    }
    filled.clear();
    if (!names.isEmpty()) {
      execute("TRUNCATE " + String.join(", ", names) + " CASCADE");
    }
    return true;
  }

  private Map<String, String> filled(
      Map<Long, Table> tables, Set<String> never, Set<String> avoided, boolean beside)
      throws SQLException {
    if (tables.isEmpty()) {
      return Map.of();
    }
    connection.setAutoCommit(false);
    try {
      prepare();
      RowCatalog.describe(connection, tables);
      tables.values().forEach(table -> table.avoid(avoided));
      Map<String, String> empty = new Filling(tables, never, beside).run();
      connection.commit();
      return empty;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Those wanted, and what rows of them may have to refer to. */
  private Map<Long, Table> withReferenced(Map<Long, Table> all, Set<String> wanted)
      throws SQLException {
    List<Table> some = all.values().stream().filter(one -> wanted.contains(one.name())).toList();
    Map<Long, Table> needed = new HashMap<>();
    if (!some.isEmpty()) {
      for (long oid : RowCatalog.referenced(connection, some)) {
        if (all.containsKey(oid)) {
          needed.put(oid, all.get(oid));
        }
      }
    }
    return needed;
  }

  private void prepare() throws SQLException {
    execute("RESET ROLE");
    execute("SET LOCAL statement_timeout = '30s'");
    execute("SET CONSTRAINTS ALL IMMEDIATE");
  }

  private void execute(String sql) throws SQLException {
    Queries.execute(connection, sql);
  }

  /** One round over tables, those that others need first. */
  private final class Filling {
    private final Map<Long, Table> tables;
    private final Set<String> never;
    private final boolean beside;
    private final Set<Long> visited = new HashSet<>();
    private final Map<String, String> empty = new TreeMap<>();
    private Set<String> keys = Set.of();

    /**
     * @param never what stays as it is
     * @param beside whether tables with rows get more, numbered out of the way of a sequence
     */
    Filling(Map<Long, Table> tables, Set<String> never, boolean beside) {
      this.tables = tables;
      this.never = never;
      this.beside = beside;
    }

    Map<String, String> run() throws SQLException {
      for (Table table : tables.values().stream().sorted().toList()) {
        fill(table);
      }
      return empty;
    }

    private void fill(Table table) throws SQLException {
      if (!visited.add(table.oid())) {
        return;
      }
      for (Reference reference : table.references()) {
        Table needed = tables.get(reference.table());
        if (needed != null) {
          fill(needed);
        }
      }
      if (never.contains(table.name()) || !beside && hasRows(table)) {
        return;
      }
      keys = documentKeys(table);
      List<Map<String, String>> permitted = new CheckSatisfier(connection, values).of(table);
      int rows = Math.min(MOST_ROWS, Math.max(FULL_ROWS, table.mostLabels()));
      String refusal = insert(table, permitted, 0, false);
      boolean any = refusal == null;
      for (int row = 0; row < rows; row++) {
        String again = insert(table, permitted, row, true);
        any |= again == null;
        refusal = again == null ? refusal : again;
      }
      if (!any && !hasRows(table)) {
        empty.put(table.name(), refusal);
      }
    }

    /** What generated columns take out of documents of their row is to be in them. */
    private Set<String> documentKeys(Table table) throws SQLException {
      Set<String> found = new TreeSet<>();
      if (table.columns().stream().noneMatch(Column::generated)) {
        return found;
      }
      try (PreparedStatement query = connection.prepareStatement(GENERATED)) {
        query.setLong(1, table.oid());
        try (ResultSet result = query.executeQuery()) {
          while (result.next()) {
            Matcher key = KEY.matcher(result.getString(1));
            while (key.find()) {
              found.add(key.group(1));
            }
          }
        }
      }
      return found;
    }

    private String document(Column column) {
      return SqlLiteral.literal(
              keys.stream()
                  .map(
                      key -> "\"%s\": \"%s\"".formatted(key.replace("\"", "\\\""), values.digits()))
                  .collect(Collectors.joining(", ", "{", "}")))
          + "::"
          + column.type();
    }

    private boolean hasRows(Table table) throws SQLException {
      try (Statement statement = connection.createStatement();
          var found = statement.executeQuery("SELECT FROM " + table.name() + " LIMIT 1")) {
        return found.next();
      }
    }

    /** Returns null when the row is in. */
    private String insert(Table table, List<Map<String, String>> permitted, int row, boolean all)
        throws SQLException {
      values.next();
      List<String> names = new ArrayList<>();
      List<String> literals = new ArrayList<>();
      for (Column column : table.columns()) {
        if (column.generated()
            || !(all || column.needed() || column.numbered())
            || column.numbered() && !beside) {
          continue;
        }
        String value = value(table, column, permitted, row);
        if (value != null) {
          names.add(SqlNames.quote(column.name()));
          literals.add(value);
        } else if (column.needed()) {
          return "no value of type %s is known for %s".formatted(column.type(), column.name());
        }
      }
      String sql =
          names.isEmpty()
              ? "INSERT INTO " + table.name() + " DEFAULT VALUES"
              : "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
                  .formatted(table.name(), String.join(", ", names), String.join(", ", literals));
      Savepoint before = connection.setSavepoint();
      try {
        execute(sql);
        connection.releaseSavepoint(before);
        filled.add(table.oid());
        return null;
      } catch (SQLException notPermitted) {
        connection.rollback(before);
        return notPermitted
            .getMessage()
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst("^ERROR: ", "");
      }
    }

    private String value(Table table, Column column, List<Map<String, String>> permitted, int row) {
      for (Reference reference : table.references()) {
        String referenced = reference.columns().get(column.name());
        if (referenced != null) {
          return "(SELECT %s FROM %s ORDER BY ctid OFFSET %s LIMIT 1)"
              .formatted(
                  SqlNames.quote(referenced),
                  reference.name(),
                  column.unique()
                      ? String.valueOf(row)
                      : "%s %% greatest(1, (SELECT count(*) FROM %s))"
                          .formatted(row, reference.name()));
        }
      }
      if (!permitted.isEmpty()) {
        Map<String, String> one = permitted.get(row % permitted.size());
        if (one.containsKey(column.name())) {
          return one.get(column.name());
        }
      }
      if (!keys.isEmpty() && DOCUMENTS.contains(column.base())) {
        return document(column);
      }
      return "S".equals(column.category()) ? text(table, column, row) : values.of(column, row);
    }

    /** Each text is another one, so that what PostgreSQL refuses can be told. */
    private String text(Table table, Column column, int row) {
      TextColumn key = new TextColumn(table.name(), column.name());
      values.next();
      String literal = looks.containsKey(key) ? values.looking(column, looks.get(key)) : null;
      if (literal == null) {
        String sql = values.of(column, row);
        texts.put(sql.substring(1, sql.lastIndexOf("'::")), key);
        return sql;
      }
      return SqlLiteral.literal(literal) + "::" + column.type();
    }
  }
}
