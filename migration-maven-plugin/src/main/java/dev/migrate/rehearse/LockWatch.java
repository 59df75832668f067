package dev.migrate.rehearse;

import dev.migrate.sql.DollarQuote;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records which tables a revision locks, how strongly and for how long. The strongest locks are
 * written down by the revision's own transaction: the row that it adds to the history, last of all,
 * fires a trigger of ours. When a lock was taken, a second connection sees, which looks every few
 * milliseconds; it also sees scripts that run without a transaction.
 */
final class LockWatch implements AutoCloseable {
  /** The schema on the copy that holds what is ours. */
  static final String SCHEMA = "migrate_rehearsal";

  private static final int PAUSE_MILLIS = 4;

  /** Weakest first; below the third nobody has to wait but for a lock of the strongest kind. */
  private static final List<String> STRENGTHS =
      List.of(
          "AccessShareLock",
          "RowShareLock",
          "RowExclusiveLock",
          "ShareUpdateExclusiveLock",
          "ShareLock",
          "ShareRowExclusiveLock",
          "ExclusiveLock",
          "AccessExclusiveLock");

  private static final String LOCKS =
      """
      select format('%%I.%%I', n.nspname, c.relname) as relation, l.mode
      from pg_catalog.pg_locks l
      join pg_catalog.pg_class c on c.oid = l.relation
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where l.granted and l.locktype = 'relation' and c.relkind in ('r', 'p', 'm')
        and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
        and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '%s')
        and c.relname <> %s and l.mode <> 'AccessShareLock' and l.pid %s pg_backend_pid()
      """;

  private final Connection connection;
  private final Connection reading;
  private final String polled;
  private final Map<String, Long> firstSeen = new HashMap<>();
  private final Map<String, Long> lastSeen = new HashMap<>();
  private final Map<String, String> strongest = new HashMap<>();
  private volatile boolean watching;
  private SQLException refusal;
  private long peakBytes;
  private Thread thread;

  private LockWatch(Connection connection, Connection reading, String polled) {
    this.connection = connection;
    this.reading = reading;
    this.polled = polled;
  }

  /** Prepares a copy. */
  static LockWatch on(Target copy, String purpose, String historyTable, Optional<String> quoted)
      throws SQLException {
    Connection connection = copy.connect(purpose);
    String name = SqlLiteral.literal(historyTable);
    try (Statement statement = connection.createStatement()) {
      if (quoted.isPresent()) {
        statement.execute("CREATE SCHEMA " + SCHEMA);
        statement.execute("CREATE TABLE " + SCHEMA + ".locks (relation text, mode text)");
        statement.execute(
            "CREATE FUNCTION "
                + SCHEMA
                + ".note() RETURNS trigger LANGUAGE plpgsql SET search_path TO '' AS "
                + DollarQuote.of(
                    " BEGIN INSERT INTO "
                        + SCHEMA
                        + ".locks "
                        + LOCKS.formatted(SCHEMA, name, "=")
                        + "; RETURN NULL; END ",
                    "note"));
        statement.execute(
            "CREATE TRIGGER migrate_rehearsal AFTER INSERT OR UPDATE ON "
                + quoted.get()
                + " FOR EACH STATEMENT EXECUTE FUNCTION "
                + SCHEMA
                + ".note()");
      }
    }
    return new LockWatch(connection, copy.connect(purpose), LOCKS.formatted(SCHEMA, name, "<>"));
  }

  /** A lock that was seen. */
  record Seen(String mode, Duration held) {}

  /** Begins to look. */
  void start() throws SQLException {
    firstSeen.clear();
    lastSeen.clear();
    strongest.clear();
    refusal = null;
    peakBytes = databaseBytes();
    if (hasTable()) {
      execute("TRUNCATE " + SCHEMA + ".locks");
    }
    watching = true;
    thread = new Thread(this::look, "migrate-locks");
    thread.setDaemon(true);
    thread.start();
  }

  private boolean hasTable() throws SQLException {
    return !rows("select 1 from pg_catalog.pg_namespace where nspname = '" + SCHEMA + "'")
        .isEmpty();
  }

  /**
   * Ends looking.
   *
   * @param took how long the run took: the longest that a lock which nobody saw being taken can
   *     have been held
   * @return the locks by table
   */
  Map<String, Seen> stop(Duration took) throws SQLException {
    watching = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (refusal != null) {
      throw refusal;
    }
    if (hasTable()) {
      for (Map.Entry<String, String> one :
          rows("select relation || ' ' || mode, mode from " + SCHEMA + ".locks").entrySet()) {
        String relation =
            one.getKey().substring(0, one.getKey().length() - one.getValue().length() - 1);
        stronger(relation, one.getValue());
      }
    }
    Map<String, Seen> seen = new HashMap<>();
    strongest.forEach(
        (relation, mode) -> {
          Long from = firstSeen.get(relation);
          Duration held =
              from == null
                  ? min(took, Duration.ofMillis(2L * PAUSE_MILLIS))
                  : Duration.ofNanos(lastSeen.get(relation) - from).plusMillis(PAUSE_MILLIS);
          seen.put(relation, new Seen(words(mode), min(took, held)));
        });
    return seen;
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private void stronger(String relation, String mode) {
    strongest.merge(
        relation,
        mode,
        (one, other) -> STRENGTHS.indexOf(one) >= STRENGTHS.indexOf(other) ? one : other);
  }

  /** {@code AccessExclusiveLock} is called {@code ACCESS EXCLUSIVE} in SQL. */
  static String words(String mode) {
    return mode.replaceFirst("Lock$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(java.util.Locale.ROOT);
  }

  private void look() {
    int round = 0;
    try {
      while (watching) {
        long now = System.nanoTime();
        try (Statement statement = reading.createStatement();
            ResultSet rows = statement.executeQuery(polled)) {
          while (rows.next()) {
            String relation = rows.getString(1);
            firstSeen.putIfAbsent(relation, now);
            lastSeen.put(relation, now);
            stronger(relation, rows.getString(2));
          }
        }
        if (round++ % 50 == 0) {
          peakBytes = Math.max(peakBytes, size(reading));
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      refusal = e;
    } catch (RuntimeException | Error e) { // nobody would hear of it but in a trace on the console
      refusal = new SQLException("the locks cannot be watched", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The largest that the database was since the start. */
  long peakBytes() throws SQLException {
    return Math.max(peakBytes, databaseBytes());
  }

  long databaseBytes() throws SQLException {
    return size(connection);
  }

  private static long size(Connection connection) throws SQLException {
    return Long.parseLong(
        Queries.text(connection, "select pg_catalog.pg_database_size(current_database())"));
  }

  private Map<String, String> rows(String sql) throws SQLException {
    Map<String, String> found = new HashMap<>();
    for (List<String> row : Queries.all(connection, sql)) {
      found.put(row.get(0), row.get(row.size() - 1));
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    Queries.execute(connection, sql);
  }

  @Override
  public void close() throws SQLException {
    reading.close();
    connection.close();
  }
}
