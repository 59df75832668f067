package dev.migrate.lint;

import dev.migrate.parser.Node;
import dev.migrate.plan.Names;
import dev.migrate.prove.TableWatch;
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

/** What the names in a statement stand for, asked of the database just before it runs. */
final class Relations {
  private static final String LOOK_UP =
      """
      select w.name, n.nspname, c.relname, c.oid::int8, c.relkind in ('p', 'I')
      from unnest(?::text[]) w(name)
      join pg_class x on x.oid = to_regclass(w.name)
      left join pg_index i on i.indexrelid = x.oid
      join pg_class c on c.oid = coalesce(i.indrelid, x.oid)
      join pg_namespace n on n.oid = c.relnamespace
      """;

  private final Map<String, Relation> known;

  private Relations(Map<String, Relation> known) {
    this.known = known;
  }

  /** Of a statement that was never reached, nothing is known. */
  static Relations none() {
    return new Relations(Map.of());
  }

  static Relations of(Node statement, Connection connection, TableWatch watch) throws SQLException {
    Set<String> wanted = new LinkedHashSet<>();
    statement.walk(
        node -> {
          if (node.has("relname")) {
            wanted.add(name(node));
          } else if (node.is("List") && mayBeRelation(node.names())) {
            wanted.add(joined(node.names()));
          }
        });
    Map<String, Relation> known = new HashMap<>();
    if (wanted.isEmpty()) {
      return new Relations(known);
    }
    try (PreparedStatement query = connection.prepareStatement(LOOK_UP)) {
      query.setArray(1, connection.createArrayOf("text", wanted.toArray()));
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          known.put(
              result.getString(1),
              new Relation(
                  Names.qualified(result.getString(2), result.getString(3)),
                  watch.knows(result.getLong(4)),
                  result.getBoolean(5)));
        }
      }
    }
    return new Relations(known);
  }

  /** The table that a RangeVar names, if it was there before these revisions. */
  Optional<Relation> existing(Node rangeVar) {
    return Optional.ofNullable(known.get(name(rangeVar))).filter(Relation::existing);
  }

  /** The table that is named so (or the table of the index), if it was there before. */
  Optional<Relation> existing(List<String> names) {
    return Optional.ofNullable(known.get(joined(names))).filter(Relation::existing);
  }

  /**
   * More names are those of a column or a trigger: PostgreSQL would take the first for a database.
   */
  private static boolean mayBeRelation(List<String> names) {
    return !names.isEmpty() && names.size() <= 2;
  }

  static String name(Node rangeVar) {
    List<String> parts = new ArrayList<>();
    if (rangeVar.has("schemaname")) {
      parts.add(rangeVar.text("schemaname"));
    }
    parts.add(rangeVar.text("relname"));
    return joined(parts);
  }

  static String joined(List<String> names) {
    return names.stream().map(Names::quote).collect(Collectors.joining("."));
  }
}
