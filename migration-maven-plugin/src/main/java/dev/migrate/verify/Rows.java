package dev.migrate.verify;

import dev.migrate.plan.Names;
import dev.migrate.verify.RowCatalog.Column;
import dev.migrate.verify.RowCatalog.Reference;
import dev.migrate.verify.RowCatalog.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows made up from the schema. Each table gets one with as few values as it may have and some with
 * as many as can be made up: every value of an enum, values that its checks permit, references to
 * rows that exist. Where nothing is permitted the table stays empty, and that is said.
 */
final class Rows {
  private static final int FULL_ROWS = 2;
  private static final int MOST_ROWS = 8;

  private final Connection connection;
  private final String historyTable;
  private final MadeUpValues values = new MadeUpValues();
  private final Map<Long, String> seen = new HashMap<>();

  /**
   * @param connection to a scratch database, in autocommit
   * @param historyTable the table that is left alone
   */
  Rows(Connection connection, String historyTable) {
    this.connection = connection;
    this.historyTable = historyTable;
  }

  /**
   * Puts rows into the tables that are new or were changed since this was called last.
   *
   * @return the tables that stayed empty, each with the reason
   */
  List<String> fill() throws SQLException {
    Map<Long, Table> changed = new HashMap<>();
    Map<Long, Table> all = RowCatalog.tables(connection, historyTable);
    all.forEach(
        (oid, table) -> {
          if (!table.state().equals(seen.get(oid))) {
            changed.put(oid, table);
          }
        });
    seen.keySet().retainAll(all.keySet());
    if (changed.isEmpty()) {
      return List.of();
    }
    RowCatalog.describe(connection, changed);
    connection.setAutoCommit(false);
    try {
      execute("RESET ROLE");
      execute("SET LOCAL statement_timeout = '30s'");
      execute("SET CONSTRAINTS ALL IMMEDIATE");
      List<String> empty = new Filling(changed).run();
      connection.commit();
      all.forEach((oid, table) -> seen.put(oid, table.state()));
      return empty;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** One round over tables, those that others need first. */
  private final class Filling {
    private final Map<Long, Table> tables;
    private final Set<Long> visited = new HashSet<>();
    private final List<String> empty = new ArrayList<>();

    Filling(Map<Long, Table> tables) {
      this.tables = tables;
    }

    List<String> run() throws SQLException {
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
      List<Map<String, String>> permitted = new Permitted(connection, values).of(table);
      int rows = Math.min(MOST_ROWS, Math.max(FULL_ROWS, table.mostLabels()));
      String refusal = insert(table, permitted, 0, false);
      boolean any = refusal == null;
      for (int row = 0; row < rows; row++) {
        String again = insert(table, permitted, row, true);
        any |= again == null;
        refusal = again == null ? refusal : again;
      }
      if (!any && !hasRows(table)) {
        empty.add(table.name() + " (" + refusal + ")");
      }
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
        if (column.generated() || !(all || column.needed() || column.numbered())) {
          continue;
        }
        String value = value(table, column, permitted, row);
        if (value != null) {
          names.add(Names.quote(column.name()));
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
                  Names.quote(referenced),
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
      return values.of(column, row);
    }
  }
}
