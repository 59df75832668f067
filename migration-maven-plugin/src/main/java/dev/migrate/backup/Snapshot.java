package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.sql.SqlState;
import dev.migrate.target.SelectSideEffects;
import dev.migrate.target.Target;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An exported snapshot ({@code pg_export_snapshot}): one moment of a database that several
 * connections can see at once. Its tables are locked against being dropped or altered, as {@code
 * pg_dump} does it; rows may come and go meanwhile.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-SNAPSHOT-SYNCHRONIZATION">
 *     Snapshot Synchronization Functions</a>
 */
final class Snapshot implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int TABLES_PER_LOCK = 500;

  /** How long a reader waits for a table that somebody else holds, or waits for. */
  static final String LOCK_TIMEOUT = "60s";

  private static final String MONEY =
      """
      select exists (select from pg_attribute where not attisdropped
          and atttypid in ('money'::regtype, 'money[]'::regtype))
        or exists (select from pg_type where typbasetype in ('money'::regtype, 'money[]'::regtype))
        or exists (select from pg_range where rngsubtype = 'money'::regtype)
      """;

  /** How much of a large table is read at once: little, so that rows stay near their neighbours. */
  private static final long SEGMENT = 16 * 1024 * 1024;

  /** From this version on a range of blocks can be read without looking at the others. */
  private static final int RANGE_SCAN = 14;

  private static final Set<SqlState> CHANGED_MEANWHILE =
      EnumSet.of(SqlState.UNDEFINED_TABLE, SqlState.UNKNOWN_SCHEMA, SqlState.INTERNAL_ERROR);

  /** What makes values print the same for everybody, and nothing end the session early. */
  private static final String SETTINGS =
      """
      select set_config('search_path', '', false), set_config('datestyle', 'ISO, YMD', false),
        set_config('intervalstyle', 'postgres', false), set_config('extra_float_digits', '3', false),
        set_config('bytea_output', 'hex', false), set_config('timezone', 'UTC', false),
        set_config('row_security', 'off', false), set_config('statement_timeout', '0', false),
        set_config('idle_in_transaction_session_timeout', '0', false),
        set_config('synchronize_seqscans', 'off', false), set_config('lock_timeout', '%s', false),
        set_config('xmloption', 'content', false), set_config('jit', 'off', false),
        set_config('lc_monetary', 'C', false), set_config('constraint_exclusion', 'off', false),
        case when current_setting('transaction_timeout', true) is not null
          then set_config('transaction_timeout', '0', false) end
      """
          .formatted(LOCK_TIMEOUT);

  private static final String TABLES =
      """
      select n.nspname, c.relname,
        pg_relation_size(c.oid) + coalesce(pg_relation_size(nullif(c.reltoastrelid, 0)), 0) as bytes,
        array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
          and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
        coalesce(x.condition, '') as condition, x.oid is not null as configuration,
        case when a.amname = 'heap' then
          pg_relation_size(c.oid) / current_setting('block_size')::int8 else 0 end as blocks,
        exists (select from (%s) p where p.relation = c.oid) as coded
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_am a on a.oid = c.relam
      left join (select unnest(extconfig) as oid, unnest(extcondition) as condition
        from pg_extension) x on x.oid = c.oid
      where c.relkind = 'r' and c.relpersistence <> 't'
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and (x.oid is not null or not exists (select from pg_depend d
          where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'))
      order by bytes desc, n.nspname, c.relname
      """
          .formatted(SelectSideEffects.TABLES);

  private static final String FILES =
      """
      select md5(string_agg(concat_ws(':', c.oid, c.relfilenode, c.relnatts), ',' order by c.oid))
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and c.relpersistence <> 't' and n.nspname !~ '^pg_'
      """;

  private final Target target;
  private final String purpose;
  private final Connection connection;
  private final String id;
  private final List<StoredTable> tables;

  private Snapshot(
      Target target, String purpose, Connection connection, String id, List<StoredTable> tables) {
    this.target = target;
    this.purpose = purpose;
    this.connection = connection;
    this.id = id;
    this.tables = List.copyOf(tables);
  }

  /**
   * A table with rows of its own.
   *
   * @param schema its schema
   * @param name its name
   * @param columns the columns that are stored and not computed, in order
   * @param bytes its size
   * @param condition which rows count, for a table of an extension; empty means all
   * @param configuration whether an extension owns it, so that only its rows are ours
   * @param blocks how many blocks its rows lie in; 0 when they do not lie in blocks
   * @param coded whether a query on it, unlike a plain COPY, can call code of its owner
   */
  record StoredTable(
      String schema,
      String name,
      List<String> columns,
      long bytes,
      String condition,
      boolean configuration,
      long blocks,
      boolean coded) {
    StoredTable {
      columns = List.copyOf(columns);
    }

    String quoted() {
      return SqlNames.qualified(schema, name);
    }

    /** The columns in parentheses; nothing for a table without columns. */
    String columnList() {
      return columns.isEmpty()
          ? ""
          : columns.stream().map(SqlNames::quote).collect(Collectors.joining(", ", " (", ")"));
    }

    /**
     * @param limit how many rows at most
     */
    String copyOut(int limit) {
      return "COPY (SELECT " + selection() + from() + " LIMIT " + limit + ") TO STDOUT";
    }

    private String selection() {
      return columns.stream().map(SqlNames::quote).collect(Collectors.joining(", "));
    }

    private String from() {
      return " FROM ONLY " + quoted() + " " + condition;
    }
  }

  /**
   * A table, or the rows in some blocks of it.
   *
   * @param table the table
   * @param from the first block
   * @param to the block after the last one; 0 when there is no end
   */
  record Segment(StoredTable table, long from, long to) {
    boolean whole() {
      return from == 0 && to == 0;
    }

    String copyOut() {
      return whole() && table.condition().isEmpty()
          ? "COPY " + table.quoted() + table.columnList() + " TO STDOUT"
          : "COPY (SELECT " + table.selection() + table.from() + range("") + ") TO STDOUT";
    }

    /**
     * @param alias the name of the table in the query, with a dot; or nothing
     * @return the condition that holds for the rows of this segment only
     */
    String range(String alias) {
      if (whole()) {
        return "";
      }
      String start = " WHERE " + alias + "ctid >= '(" + from + ",0)'";
      return to == 0 ? start : start + " AND " + alias + "ctid < '(" + to + ",0)'";
    }
  }

  static Snapshot open(Target target, String purpose) {
    SQLException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Connection connection = target.connect(purpose);
      try {
        return take(target, purpose, connection);
      } catch (SQLException e) {
        abandon(connection, e);
        if (!CHANGED_MEANWHILE.contains(SqlState.of(e))) {
          throw PostgresRefusal.of("The database cannot be read", e);
        }
        last = e; // a table went away between looking and locking: look again
      }
    }
    throw PostgresRefusal.of("The tables change too fast to be locked", last);
  }

  private static Snapshot take(Target target, String purpose, Connection connection)
      throws SQLException {
    settle(connection);
    String id = Queries.text(connection, "select pg_catalog.pg_export_snapshot()");
    List<StoredTable> tables = tables(connection);
    for (int i = 0; i < tables.size(); i += TABLES_PER_LOCK) {
      Queries.execute(
          connection,
          tables.subList(i, Math.min(i + TABLES_PER_LOCK, tables.size())).stream()
              .map(table -> "ONLY " + table.quoted())
              .collect(Collectors.joining(", ", "LOCK TABLE ", " IN ACCESS SHARE MODE")));
    }
    if (!sameFiles(target.reached(connection), purpose, connection)) {
      throw new SQLException(
          "tables were changed while they were locked", SqlState.UNDEFINED_TABLE.code());
    }
    return new Snapshot(target.reached(connection), purpose, connection, id, tables);
  }

  /**
   * A table that was rewritten or truncated after the snapshot and before its lock looks empty to
   * the snapshot. Whether one was, only a younger snapshot can tell.
   */
  private static boolean sameFiles(Target target, String purpose, Connection connection)
      throws SQLException {
    try (Connection present = target.connect(purpose)) {
      return String.valueOf(Queries.text(connection, FILES))
          .equals(String.valueOf(Queries.text(present, FILES)));
    }
  }

  private static void settle(Connection connection) throws SQLException {
    Queries.text(connection, SETTINGS);
    connection.setAutoCommit(false);
    Queries.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }

  static List<StoredTable> tables(Connection connection) throws SQLException {
    List<StoredTable> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        Array columns = rows.getArray("columns");
        tables.add(
            new StoredTable(
                rows.getString("nspname"),
                rows.getString("relname"),
                Arrays.asList((String[]) columns.getArray()),
                rows.getLong("bytes"),
                rows.getString("condition"),
                rows.getBoolean("configuration"),
                rows.getLong("blocks"),
                rows.getBoolean("coded")));
      }
    }
    return tables;
  }

  /**
   * @return another connection that sees this moment, to be closed by the caller
   */
  Connection share() {
    Connection other = target.connect(purpose);
    try {
      settle(other);
      Queries.execute(other, "SET TRANSACTION SNAPSHOT " + SqlLiteral.literal(id));
      return other;
    } catch (SQLException e) {
      abandon(other, e);
      throw PostgresRefusal.of("The snapshot cannot be shared", e);
    }
  }

  /**
   * @return the connection that took the snapshot and holds the locks
   */
  Connection connection() {
    return connection;
  }

  /**
   * @return the database on the one host, of several, that knows this snapshot
   */
  Target target() {
    return target;
  }

  /**
   * @return the name under which other programs can see this moment, too
   */
  String id() {
    return id;
  }

  /**
   * @return the tables, largest first
   */
  List<StoredTable> tables() {
    return tables;
  }

  /**
   * @return all rows of all tables: large tables in pieces that several connections can share
   */
  List<Segment> segments() throws SQLException {
    boolean ranges = connection.getMetaData().getDatabaseMajorVersion() >= RANGE_SCAN;
    List<Segment> segments = new ArrayList<>();
    for (StoredTable table : tables) {
      long wanted = Math.min((table.bytes() + SEGMENT - 1) / SEGMENT, table.blocks());
      boolean parts = ranges && table.condition().isEmpty() && !table.coded();
      long count = parts ? Math.max(1, wanted) : 1;
      for (long i = 0; i < count; i++) {
        long from = table.blocks() * i / count;
        // Younger blocks hold nothing that this moment sees; but then nothing depends on that.
        long to = i == count - 1 ? 0 : table.blocks() * (i + 1) / count;
        segments.add(new Segment(table, from, to));
      }
    }
    return segments;
  }

  /**
   * @return whether the type money occurs, whose text depends on a setting
   */
  boolean hasMoney() throws SQLException {
    return "t".equals(Queries.text(connection, MONEY));
  }

  long bytes() {
    return tables.stream().mapToLong(StoredTable::bytes).sum();
  }

  /** Reads the schema at this moment. */
  Schema schema(Scope scope) {
    return new Introspector(scope).readInside(connection);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new MigrateException(
          FailureCode.CONNECTION,
          "The connection cannot be closed: %s.".formatted(e.getMessage()),
          "Run the goal again.",
          e);
    }
  }

  private static void abandon(Connection connection, SQLException reason) {
    try {
      connection.close();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
