package dev.migrate.squash;

import static dev.migrate.sql.SqlLiteral.literal;
import static java.util.stream.Collectors.joining;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlComment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Dumps the rows and sequence positions of a replayed database as SQL, for the baseline. It can be
 * compared, and written as SQL that puts it into a database of the same schema without rows.
 */
final class DataScript {
  /** More than this belongs into a file of its own, not into a script that people read. */
  static final long MOST_ROWS = 100_000;

  private static final int ROWS_PER_STATEMENT = 500;

  /** Of users, and neither of an extension nor the history. */
  private static final String OF_USERS =
      """
      n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND c.relpersistence <> 't'
      AND c.relname <> ?
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
                         AND d.deptype = 'e')
      """;

  private final Connection connection;
  private final String historyTable;

  /**
   * @param connection a replayed database
   * @param historyTable the name of the history table, which does not count
   */
  DataScript(Connection connection, String historyTable) {
    this.connection = connection;
    this.historyTable = historyTable;
  }

  /**
   * A table with rows.
   *
   * @param name its qualified name, quoted where it must be
   * @param family the table that foreign keys name: the root of its partitions, or itself
   * @param rows how many rows it has
   * @param triggers whether inserting would set off triggers of users
   */
  record Filled(String name, String family, long rows, boolean triggers) {}

  /** What is enabled otherwise than ENABLE TRIGGER USER leaves all triggers. */
  private void otherwiseEnabled(Filled table, StringBuilder script) throws SQLException {
    String sql =
        """
        SELECT format('ALTER TABLE %s %s TRIGGER %I;', ?,
                 CASE tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                   ELSE 'ENABLE ALWAYS' END, tgname)
          FROM pg_catalog.pg_trigger
         WHERE tgrelid = ?::regclass AND NOT tgisinternal AND tgenabled <> 'O'
         ORDER BY tgname
        """;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, table.name());
      query.setString(2, table.name());
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          script.append(result.getString(1)).append(System.lineSeparator());
        }
      }
    }
  }

  /** The tables that have rows, such that those that others refer to come first. */
  List<Filled> tables() throws SQLException {
    Map<String, List<Filled>> families = new LinkedHashMap<>();
    for (Filled table : unordered()) {
      families.computeIfAbsent(table.family(), key -> new ArrayList<>()).add(table);
    }
    Map<String, Set<String>> refersTo = references();
    List<Filled> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    while (done.size() < families.size()) {
      List<String> free =
          families.keySet().stream()
              .filter(one -> !done.contains(one))
              .filter(
                  one ->
                      refersTo.getOrDefault(one, Set.of()).stream()
                          .noneMatch(
                              other ->
                                  !other.equals(one)
                                      && families.containsKey(other)
                                      && !done.contains(other)))
              .toList();
      if (free.isEmpty()) {
        throw new MigrateException(
            FailureCode.SQUASH_REFUSED,
            "Revisions wrote rows into tables that refer to each other in a circle, so that none can be filled first: %s."
                .formatted(
                    families.keySet().stream()
                        .filter(one -> !done.contains(one))
                        .collect(joining(", "))),
            "Squash up to a revision before those rows.");
      }
      done.addAll(free);
      free.forEach(one -> ordered.addAll(families.get(one)));
    }
    return ordered;
  }

  private List<Filled> unordered() throws SQLException {
    String sql =
        """
        SELECT format('%I.%I', n.nspname, c.relname),
               CASE WHEN c.relispartition THEN
                 (SELECT format('%I.%I', rn.nspname, r.relname)
                    FROM pg_catalog.pg_class r
                    JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
                   WHERE r.oid = pg_catalog.pg_partition_root(c.oid))
               ELSE format('%I.%I', n.nspname, c.relname) END,
               EXISTS (SELECT FROM pg_catalog.pg_trigger t
                        WHERE t.tgrelid = c.oid AND NOT t.tgisinternal)
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'r' AND"""
            + " "
            + OF_USERS
            + " ORDER BY 1";
    List<Filled> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, historyTable);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          long rows = Long.parseLong(one("SELECT count(*) FROM ONLY " + result.getString(1)));
          if (rows > 0) {
            found.add(
                new Filled(result.getString(1), result.getString(2), rows, result.getBoolean(3)));
          }
        }
      }
    }
    return found;
  }

  private Map<String, Set<String>> references() throws SQLException {
    String sql =
        """
        SELECT format('%I.%I', n.nspname, c.relname), format('%I.%I', fn.nspname, f.relname)
          FROM pg_catalog.pg_constraint k
          JOIN pg_catalog.pg_class c
            ON c.oid = coalesce(pg_catalog.pg_partition_root(k.conrelid), k.conrelid)
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_class f
            ON f.oid = coalesce(pg_catalog.pg_partition_root(k.confrelid), k.confrelid)
          JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
         WHERE k.contype = 'f'
        """;
    Map<String, Set<String>> references = new LinkedHashMap<>();
    try (Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(sql)) {
      while (result.next()) {
        references
            .computeIfAbsent(result.getString(1), key -> new LinkedHashSet<>())
            .add(result.getString(2));
      }
    }
    return references;
  }

  /**
   * The SQL that puts it all into a database of the same schema whose sequences are new.
   *
   * @param tables the tables with rows, in the order to fill them
   */
  String sql(List<Filled> tables) throws SQLException {
    StringBuilder script = new StringBuilder();
    for (Filled table : tables) {
      script.append('\n').append(SqlComment.line("Rows of " + table.name())).append('\n');
      if (table.triggers()) {
        script.append("ALTER TABLE %s DISABLE TRIGGER USER;%n".formatted(table.name()));
      }
      inserts(table, script);
      if (table.triggers()) {
        script.append("ALTER TABLE %s ENABLE TRIGGER USER;%n".formatted(table.name()));
        otherwiseEnabled(table, script);
      }
    }
    List<String> positions = new ArrayList<>();
    sequences()
        .forEach(
            (name, state) -> {
              if (!state.isNew()) {
                positions.add(
                    "SELECT pg_catalog.setval(%s, %s, %s);%n"
                        .formatted(literal(name), state.last(), state.called()));
              }
            });
    if (!positions.isEmpty()) {
      script.append("\n" + SqlComment.line("Where the sequences stand") + "\n");
      positions.forEach(script::append);
    }
    if (!tables.isEmpty()) {
      List<String> views = materializedViews();
      if (!views.isEmpty()) {
        script.append("\n" + SqlComment.line("What is computed from the rows") + "\n");
        views.forEach(view -> script.append("REFRESH MATERIALIZED VIEW %s;%n".formatted(view)));
      }
    }
    return script.toString();
  }

  private void inserts(Filled table, StringBuilder script) throws SQLException {
    String[] columns =
        row(
            """
                SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
                       string_agg(CASE WHEN atttypid IN (16, 20, 21, 23)
                            THEN format('coalesce(%%I::text, ''NULL'')', attname)
                            ELSE format('quote_nullable(%%I::text)', attname) END,
                            ' || '', '' || ' ORDER BY attnum),
                       coalesce(bool_or(attidentity = 'a')::text, 'false'),
                       (SELECT count(*) FROM pg_catalog.pg_constraint
                                      WHERE contype = 'f' AND conrelid = attrelid
                                        AND confrelid = attrelid)
                  FROM pg_catalog.pg_attribute
                 WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
                   AND attgenerated = ''
                 GROUP BY attrelid"""
                .formatted(literal(table.name())));
    String start =
        "INSERT INTO %s (%s)%s VALUES%n"
            .formatted(
                table.name(),
                columns[0],
                columns[2].equals("true") ? " OVERRIDING SYSTEM VALUE" : "");
    // A row may refer to a later one of its own table, as long as they come in one statement.
    int most = columns[3].equals("0") ? ROWS_PER_STATEMENT : Integer.MAX_VALUE;
    try (Statement query = connection.createStatement();
        ResultSet result =
            query.executeQuery(
                "SELECT '(' || %s || ')' FROM ONLY %s ORDER BY ctid"
                    .formatted(columns[1], table.name()))) {
      int inStatement = 0;
      while (result.next()) {
        script.append(inStatement == 0 ? start : "," + System.lineSeparator());
        script.append("  ").append(result.getString(1));
        inStatement++;
        if (inStatement == most) {
          script.append(";").append(System.lineSeparator());
          inStatement = 0;
        }
      }
      if (inStatement > 0) {
        script.append(";").append(System.lineSeparator());
      }
    }
  }

  /** Where a sequence stands. */
  private record Position(String last, boolean called, String start) {
    boolean isNew() {
      return !called && last.equals(start);
    }
  }

  private Map<String, Position> sequences() throws SQLException {
    String sql =
        """
        SELECT format('%I.%I', n.nspname, c.relname), s.seqstart
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid
         WHERE"""
            + " "
            + OF_USERS
            + " ORDER BY 1";
    Map<String, Position> found = new LinkedHashMap<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, historyTable);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          String[] state =
              one("SELECT last_value || ' ' || is_called FROM " + result.getString(1)).split(" ");
          found.put(
              result.getString(1),
              new Position(state[0], state[1].startsWith("t"), result.getString(2)));
        }
      }
    }
    return found;
  }

  /** In the order in which they were made, so that none comes before what it reads. */
  private List<String> materializedViews() throws SQLException {
    String sql =
        """
        SELECT format('%I.%I', n.nspname, c.relname)
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'm' AND c.relispopulated AND"""
            + " "
            + OF_USERS
            + " ORDER BY c.oid";
    List<String> found = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, historyTable);
      try (ResultSet result = query.executeQuery()) {
        while (result.next()) {
          found.add(result.getString(1));
        }
      }
    }
    return found;
  }

  /**
   * @return what there is, by name, such that equal contents are equal maps
   */
  Map<String, String> digests() throws SQLException {
    Map<String, String> digests = new LinkedHashMap<>();
    List<String> relations = new ArrayList<>(unordered().stream().map(Filled::name).toList());
    relations.addAll(materializedViews());
    for (String relation : relations) {
      digests.put(
          relation,
          one(
              "SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY"
                  + " md5(t::text))), '') FROM ONLY %s AS t".formatted(relation)));
    }
    sequences().forEach((name, position) -> digests.put(name, position.toString()));
    return digests;
  }

  /** What is in a database and neither in its schema nor in its tables. */
  List<String> strangers() throws SQLException {
    List<String> found = new ArrayList<>();
    if (!one("SELECT count(*) FROM pg_catalog.pg_largeobject_metadata").equals("0")) {
      found.add("large objects");
    }
    if (!one("""
            SELECT count(*) FROM pg_catalog.pg_db_role_setting s
              JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase
             WHERE d.datname = current_database()""")
        .equals("0")) {
      found.add("settings of the database (ALTER DATABASE … SET)");
    }
    return found;
  }

  private String[] row(String sql) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(sql)) {
      result.next();
      String[] row = new String[result.getMetaData().getColumnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = result.getString(i + 1);
      }
      return row;
    }
  }

  private String one(String sql) throws SQLException {
    return Queries.text(connection, sql);
  }

  /** The names of what differs between two contents. */
  static List<String> differences(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new LinkedHashSet<>(one.keySet());
    names.addAll(other.keySet());
    return names.stream()
        .filter(name -> !one.getOrDefault(name, "").equals(other.getOrDefault(name, "")))
        .map(
            name ->
                "%s: %s, and now %s"
                    .formatted(
                        name,
                        one.getOrDefault(name, "no rows"),
                        other.getOrDefault(name, "no rows")))
        .toList();
  }
}
