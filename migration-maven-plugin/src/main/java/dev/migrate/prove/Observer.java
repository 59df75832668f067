package dev.migrate.prove;

import dev.migrate.plan.Names;
import dev.migrate.plan.Statement;
import dev.migrate.prove.Observation.TableLock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Watches what statements do: each runs in a transaction of its own, at whose end the locks that it
 * holds, the files of the tables and the counters of scans are looked at. Only tables that were
 * there before the first statement count, since nobody waits for others.
 */
final class Observer {
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
  private final MadeUpRows rows;
  private final Map<Long, String> names = new HashMap<>();
  private final Map<Long, Long> files = new HashMap<>();

  /**
   * @param connection to a scratch database in which the statements are run
   * @param rows what was put into it
   */
  Observer(Connection connection, MadeUpRows rows) throws SQLException {
    this.connection = connection;
    this.rows = rows;
    lookAtTables((table, name) -> names.put(table, name));
  }

  /** Notes the files as they are now; what to do about names is the caller's. */
  private void lookAtTables(BiConsumer<Long, String> table) throws SQLException {
    try (java.sql.Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(TABLES)) {
      while (result.next()) {
        table.accept(result.getLong(1), Names.qualified(result.getString(2), result.getString(3)));
        files.put(result.getLong(1), result.getLong(4));
      }
    }
  }

  /**
   * Runs statements, one after the other.
   *
   * @return what each was seen to do; from one on that cannot run alone, nothing
   */
  List<ObservedStatement> watch(List<Statement> statements) throws SQLException {
    List<ObservedStatement> observed = new ArrayList<>();
    boolean able = true;
    for (Statement statement : statements) {
      Observation seen = null;
      if (able) {
        try {
          seen = statement.transactional() ? watch(statement) : unwatched(statement);
        } catch (SQLException alone) {
          // It ran in the proof, in the transaction that it belongs to; alone it does not.
          able = false;
        }
      }
      observed.add(new ObservedStatement(statement, seen));
    }
    return observed;
  }

  private Observation unwatched(Statement statement) throws SQLException {
    try {
      execute(statement.sql());
    } catch (SQLException e) {
      if (!rows.removeAll(connection)) {
        throw e;
      }
      lookAtTables((table, name) -> {}); // emptied tables have new files
      execute(statement.sql());
    }
    return null;
  }

  private Observation watch(Statement statement) throws SQLException {
    try {
      return attempt(statement, null);
    } catch (SQLException e) {
      if (!rows.removeAll(connection)) {
        throw e;
      }
      lookAtTables((table, name) -> {}); // emptied tables have new files
      String message = e.getMessage().lines().findFirst().orElse("");
      return attempt(statement, message.replaceFirst("^ERROR: ", ""));
    }
  }

  private Observation attempt(Statement statement, String refusal) throws SQLException {
    connection.setAutoCommit(false);
    try {
      Map<Long, Long> before = scans();
      execute(statement.sql());
      Observation seen = look(before, refusal);
      connection.commit();
      return seen;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private Observation look(Map<Long, Long> scansBefore, String refusal) throws SQLException {
    SortedMap<String, TableLock> locks = new TreeMap<>();
    SortedSet<String> rewritten = new TreeSet<>();
    SortedSet<String> scanned = new TreeSet<>();
    try (java.sql.Statement query = connection.createStatement();
        ResultSet result = query.executeQuery(LOCKS)) {
      while (result.next()) {
        long table = result.getLong(1);
        String name = names.get(table);
        if (name == null) {
          continue;
        }
        TableLock lock = TableLock.of(result.getString(2));
        if (lock.blocksWrites()) {
          locks.merge(name, lock, (one, other) -> one.compareTo(other) > 0 ? one : other);
        }
        long file = result.getLong(3);
        if (file != 0 && file != files.getOrDefault(table, file)) {
          rewritten.add(name);
        }
        if (file != 0) {
          files.put(table, file);
        }
      }
    }
    scans()
        .forEach(
            (table, count) -> {
              if (names.containsKey(table) && count > scansBefore.getOrDefault(table, 0L)) {
                scanned.add(names.get(table));
              }
            });
    return new Observation(locks, rewritten, scanned, refusal);
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

  private void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
