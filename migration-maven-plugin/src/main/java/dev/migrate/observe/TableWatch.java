package dev.migrate.observe;

import dev.migrate.observe.Observation.TableLock;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Reads {@code pg_locks}, relfilenodes and scan counters before and after a statement, from inside
 * its transaction: which locks it took on tables that were there when the watch began, whose file
 * it replaced, what it read from one end to the other.
 */
public final class TableWatch {
  private static final String TABLES =
      """
      select c.oid::int8, n.nspname, c.relname, coalesce(pg_relation_filenode(c.oid), 0)::int8
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'm', 'v') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      """;

  private static final String LOCKS =
      """
      select l.relation::int8, l.mode, coalesce(pg_relation_filenode(l.relation), 0)::int8
      from pg_locks l
      where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.granted
      """;

  private static final String SCANS =
      "select relid::int8, seq_scan from pg_stat_xact_user_tables where seq_scan > 0";

  private final Connection connection;
  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, Long> files = new HashMap<>();
  private Map<Long, Long> scansBefore = Map.of();
  private Map<String, TableLock> locksBefore = Map.of();

  /**
   * @param connection the one on which the statements will run
   * @throws SQLException when it is lost
   */
  public TableWatch(Connection connection) throws SQLException {
    this.connection = connection;
    lookAtTables((table, name) -> names.put(table, name));
  }

  /**
   * Notes the files as they are now, after something ran that nobody is to hear of.
   *
   * @throws SQLException when the connection is lost
   */
  public void refresh() throws SQLException {
    lookAtTables((table, name) -> {});
  }

  /**
   * @param oid a table's
   * @return whether it was there when the watch began
   */
  public boolean knows(long oid) {
    return names.containsKey(oid);
  }

  /**
   * To be called before a statement, in the transaction in which it will run.
   *
   * @throws SQLException when the connection is lost
   */
  public void before() throws SQLException {
    scansBefore = scans();
    locksBefore = locks((table, file) -> {});
  }

  /**
   * To be called after it, in the same transaction.
   *
   * @param refusal what PostgreSQL said when there were rows, or null
   * @return what it did: of locks those that the transaction did not hold before
   * @throws SQLException when the connection is lost
   */
  public Observation after(String refusal) throws SQLException {
    SortedSet<String> rewritten = new TreeSet<>();
    SortedMap<String, TableLock> taken =
        locks(
            (table, file) -> {
              if (file != files.getOrDefault(table, file)) {
                rewritten.add(names.get(table));
              }
              files.put(table, file);
            });
    taken
        .entrySet()
        .removeIf(
            one ->
                locksBefore.containsKey(one.getKey())
                    && locksBefore.get(one.getKey()).compareTo(one.getValue()) >= 0);
    SortedSet<String> scanned = new TreeSet<>();
    scans()
        .forEach(
            (table, count) -> {
              if (knows(table) && count > scansBefore.getOrDefault(table, 0L)) {
                scanned.add(names.get(table));
              }
            });
    return new Observation(taken, rewritten, scanned, refusal);
  }

  /** Hears of a table and its file. */
  private interface FileOf {
    void accept(long table, long file);
  }

  private void lookAtTables(BiConsumer<Long, String> table) throws SQLException {
    try (java.sql.Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(TABLES)) {
      while (result.next()) {
        table.accept(
            result.getLong(1), SqlNames.qualified(result.getString(2), result.getString(3)));
        files.put(result.getLong(1), result.getLong(4));
      }
    }
  }

  /** The strongest lock on each known table that makes others wait, and their files besides. */
  private SortedMap<String, TableLock> locks(FileOf file) throws SQLException {
    SortedMap<String, TableLock> locks = new TreeMap<>();
    try (java.sql.Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(LOCKS)) {
      while (result.next()) {
        String name = names.get(result.getLong(1));
        if (name == null) {
          continue;
        }
        TableLock lock = TableLock.of(result.getString(2));
        if (lock.blocksWrites()) {
          locks.merge(name, lock, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        if (result.getLong(3) != 0) {
          file.accept(result.getLong(1), result.getLong(3));
        }
      }
    }
    return locks;
  }

  private Map<Long, Long> scans() throws SQLException {
    Map<Long, Long> scans = new HashMap<>();
    try (java.sql.Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(SCANS)) {
      while (result.next()) {
        scans.put(result.getLong(1), result.getLong(2));
      }
    }
    return scans;
  }
}
