package dev.migrate.lint;

import dev.migrate.parser.SyntaxNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the volatile functions that a statement calls by name and that may change rows. PostgreSQL
 * lets no other change rows.
 */
final class CalledFunctions {
  private static final String MAY_CHANGE =
      """
      select distinct format('%I.%I', n.nspname, p.proname)
      from pg_catalog.pg_proc p
        join pg_catalog.pg_namespace n on n.oid = p.pronamespace
        join pg_catalog.pg_language l on l.oid = p.prolang
      where p.proname = ? and (? = '' or n.nspname = ?)
        and p.provolatile = 'v' and l.lanname not in ('c', 'internal')
        and n.nspname not in ('pg_catalog', 'information_schema')
      order by 1
      """;

  private final Connection connection;

  CalledFunctions(Connection connection) {
    this.connection = connection;
  }

  /** Their names; all of a name that has no schema, whichever PostgreSQL would choose. */
  Set<String> of(SyntaxNode statement) throws SQLException {
    Set<List<String>> called = new LinkedHashSet<>();
    statement.walk(
        node -> {
          if (node.is("FuncCall")) {
            called.add(node.list("funcname").stream().map(part -> part.text("sval")).toList());
          }
        });
    Set<String> found = new LinkedHashSet<>();
    for (List<String> name : called) {
      String schema = name.size() > 1 ? name.get(name.size() - 2) : "";
      try (PreparedStatement query = connection.prepareStatement(MAY_CHANGE)) {
        query.setString(1, name.get(name.size() - 1));
        query.setString(2, schema);
        query.setString(3, schema);
        try (ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            found.add(rows.getString(1));
          }
        }
      }
    }
    return found;
  }
}
