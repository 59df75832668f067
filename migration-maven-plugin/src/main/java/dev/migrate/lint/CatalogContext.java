package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import dev.migrate.plan.rules.TimeZones;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Catalog look-ups for lint rules: the types of columns that a statement changes, before and after,
 * and the check that a partition must pass.
 *
 * @param before the types of the table's columns before, by name
 * @param after the types after
 * @param bounds the check that rows of an attached partition must pass; empty when none is attached
 */
record CatalogContext(Map<String, String> before, Map<String, String> after, String bounds) {
  static final CatalogContext NOTHING = new CatalogContext(Map.of(), Map.of(), "");

  private static final String COLUMNS =
      """
      select a.attname, format_type(a.atttypid, a.atttypmod) from pg_attribute a
      where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
      """;
  private static final String BOUNDS = "select pg_get_partition_constraintdef(to_regclass(?))";

  CatalogContext {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
  }

  /** Looks before the statement runs. */
  static CatalogContext before(SyntaxNode statement, Connection connection) throws SQLException {
    return alters(statement, "AT_AlterColumnType")
        ? new CatalogContext(columns(statement, connection), Map.of(), "")
        : NOTHING;
  }

  /** Looks after it has run. */
  CatalogContext after(SyntaxNode statement, Connection connection) throws SQLException {
    if (!before.isEmpty()) {
      return new CatalogContext(before, columns(statement, connection), "");
    }
    if (!alters(statement, "AT_AttachPartition")) {
      return this;
    }
    SyntaxNode partition =
        statement.list("cmds").get(0).node("def").flatMap(def -> def.node("name")).orElseThrow();
    try (PreparedStatement query = connection.prepareStatement(BOUNDS)) {
      query.setString(1, NameResolution.name(partition));
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getString(1) != null
            ? new CatalogContext(before, after, row.getString(1))
            : this;
      }
    }
  }

  /** Whether the zone of the session decides what the values of a column become. */
  boolean zoneDecides(String column) {
    return before.containsKey(column)
        && after.containsKey(column)
        && TimeZones.decide(before.get(column), after.get(column));
  }

  private static boolean alters(SyntaxNode statement, String command) {
    return statement.is("AlterTableStmt")
        && statement.list("cmds").stream().anyMatch(one -> one.text("subtype").equals(command));
  }

  private static Map<String, String> columns(SyntaxNode statement, Connection connection)
      throws SQLException {
    Map<String, String> types = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, NameResolution.name(statement.node("relation").orElseThrow()));
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          types.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return types;
  }
}
