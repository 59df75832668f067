package dev.migrate.lint;

import dev.migrate.observe.TableWatch;
import dev.migrate.parser.SyntaxNode;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Resolves the table names in a statement against the database, just before it runs. */
final class NameResolution {
  private static final String LOOK_UP =
      """
      select w.name, n.nspname, c.relname, c.oid::int8, c.relkind in ('p', 'I')
      from unnest(?::text[]) w(name)
      join pg_class x on x.oid = to_regclass(w.name)
      left join pg_index i on i.indexrelid = x.oid
      join pg_class c on c.oid = coalesce(i.indrelid, x.oid)
      join pg_namespace n on n.oid = c.relnamespace
      """;

  private final Map<String, NamedRelation> known;

  private NameResolution(Map<String, NamedRelation> known) {
    this.known = known;
  }

  /** Of a statement that was never reached, nothing is known. */
  static NameResolution none() {
    return new NameResolution(Map.of());
  }

  static NameResolution of(SyntaxNode statement, Connection connection, TableWatch watch)
      throws SQLException {
    Set<String> wanted = new LinkedHashSet<>();
    statement.walk(
        node -> {
          if (node.has("relname")) {
            wanted.add(name(node));
          } else if (node.is("List") && mayBeRelation(node.names())) {
            wanted.add(joined(node.names()));
          }
        });
    Map<String, NamedRelation> known = new HashMap<>();
    if (wanted.isEmpty()) {
      return new NameResolution(known);
    }
    try (PreparedStatement query = connection.prepareStatement(LOOK_UP)) {
      query.setArray(1, connection.createArrayOf("text", wanted.toArray()));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          known.put(
              result.getString(1),
              new NamedRelation(
                  SqlNames.qualified(result.getString(2), result.getString(3)),
                  watch.knows(result.getLong(4)),
                  result.getBoolean(5)));
        }
      }
    }
    return new NameResolution(known);
  }

  /** The table that a RangeVar names, if it was there before these revisions. */
  Optional<NamedRelation> existing(SyntaxNode rangeVar) {
    return Optional.ofNullable(known.get(name(rangeVar))).filter(NamedRelation::existing);
  }

  /** The table that is named so (or the table of the index), if it was there before. */
  Optional<NamedRelation> existing(List<String> names) {
    return Optional.ofNullable(known.get(joined(names))).filter(NamedRelation::existing);
  }

  /**
   * More names are those of a column or a trigger: PostgreSQL would take the first for a database.
   */
  private static boolean mayBeRelation(List<String> names) {
    return !names.isEmpty() && names.size() <= 2;
  }

  static String name(SyntaxNode rangeVar) {
    List<String> parts = new ArrayList<>();
    if (rangeVar.has("schemaname")) {
      parts.add(rangeVar.text("schemaname"));
    }
    parts.add(rangeVar.text("relname"));
    return joined(parts);
  }

  static String joined(List<String> names) {
    return names.stream().map(SqlNames::quote).collect(Collectors.joining("."));
  }
}
