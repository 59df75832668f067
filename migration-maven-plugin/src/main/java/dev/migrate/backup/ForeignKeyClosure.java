package dev.migrate.backup;

import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/**
 * Computes the foreign-key closure of a row sample: fetches the parent rows that the sampled rows
 * reference, and theirs.
 */
final class ForeignKeyClosure {
  private static final int ROWS_PER_QUERY = 500;

  private static final String KEYS =
      """
      select cn.nspname, c.relname, pn.nspname, p.relname,
        (select string_agg(quote_ident(a.attname), chr(1) order by u.n)
          from unnest(k.conkey) with ordinality u (c, n)
          join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.c),
        (select string_agg(quote_ident(a.attname), chr(1) order by u.n)
          from unnest(k.confkey) with ordinality u (c, n)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.c),
        (select string_agg(format_type(a.atttypid, a.atttypmod), chr(1) order by u.n)
          from unnest(k.confkey) with ordinality u (c, n)
          join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.c),
        (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a
          where a.attrelid = k.confrelid and a.attnum > 0 and not a.attisdropped
            and a.attgenerated = '')
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace cn on cn.oid = c.relnamespace
      join pg_class p on p.oid = k.confrelid join pg_namespace pn on pn.oid = p.relnamespace
      where k.contype = 'f' and k.conparentid = 0 and k.convalidated
      """;

  private final Connection source;
  private final Target copy;
  private final String purpose;

  /**
   * @param source in the snapshot
   * @param copy has a sample of the rows, and no foreign keys yet
   */
  ForeignKeyClosure(Connection source, Target copy, String purpose) {
    this.source = source;
    this.copy = copy;
    this.purpose = purpose;
  }

  private record Key(
      String child,
      String parent,
      List<String> from,
      List<String> to,
      List<String> types,
      String columns) {
    static Key of(List<String> row) {
      return new Key(
          SqlNames.qualified(row.get(0), row.get(1)),
          SqlNames.qualified(row.get(2), row.get(3)),
          parts(row.get(4)),
          parts(row.get(5)),
          parts(row.get(6)),
          row.get(7));
    }

    private static List<String> parts(String text) {
      return Arrays.asList(text.split("\u0001"));
    }

    /** The values that the children have and no parent does. */
    String missing() {
      String same = join(from.size(), i -> "p." + to.get(i) + " = c." + from.get(i), " AND ");
      return "SELECT DISTINCT "
          + join(from.size(), i -> "c." + from.get(i) + "::text", ", ")
          + " FROM "
          + child
          + " c WHERE "
          + join(from.size(), i -> "c." + from.get(i) + " IS NOT NULL", " AND ")
          + " AND NOT EXISTS (SELECT FROM "
          + parent
          + " p WHERE "
          + same
          + ")";
    }

    String fetch(List<List<String>> values) {
      String wanted =
          values.stream()
              .map(
                  row ->
                      "("
                          + join(
                              row.size(),
                              i -> SqlLiteral.literal(row.get(i)) + "::" + types.get(i),
                              ", ")
                          + ")")
              .collect(Collectors.joining(", "));
      return "COPY (SELECT "
          + columns
          + " FROM "
          + parent
          + " WHERE ("
          + String.join(", ", to)
          + ") IN (VALUES "
          + wanted
          + ")) TO STDOUT";
    }

    private static String join(
        int size, java.util.function.IntFunction<String> part, String between) {
      return java.util.stream.IntStream.range(0, size)
          .mapToObj(part)
          .collect(Collectors.joining(between));
    }
  }

  /** Fetches until nothing is missing: parents have parents, too. */
  void complete() throws SQLException, IOException {
    List<Key> keys = new ArrayList<>();
    for (List<String> row : Queries.all(source, KEYS)) {
      keys.add(Key.of(row));
    }
    try (Connection into = copy.connect(purpose)) {
      for (String sql : JdbcDump.PREAMBLE) {
        Queries.execute(into, sql);
      }
      boolean again = true;
      while (again) {
        again = false;
        for (Key key : keys) {
          again |= complete(key, into);
        }
      }
    }
  }

  private boolean complete(Key key, Connection into) throws SQLException, IOException {
    List<List<String>> missing = Queries.all(into, key.missing());
    long fetched = 0;
    for (int i = 0; i < missing.size(); i += ROWS_PER_QUERY) {
      fetched +=
          pass(
              key,
              key.fetch(missing.subList(i, Math.min(i + ROWS_PER_QUERY, missing.size()))),
              into);
    }
    return fetched > 0;
  }

  private long pass(Key key, String query, Connection into) throws SQLException {
    CopyOut out = source.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
    CopyIn in =
        into.unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + key.parent() + " (" + key.columns() + ") FROM STDIN");
    byte[] row;
    while ((row = out.readFromCopy()) != null) {
      in.writeToCopy(row, 0, row.length);
    }
    return in.endCopy();
  }
}
