package dev.migrate.conformance;

import dev.migrate.conformance.RoundTrip.Read;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pairs of the corpus on one server, two at a time, each in a database of its own. */
final class CorpusRun {
  private static final int WORKERS = 2;
  private static final String TEMPLATE = "corpus_template";

  /** How many databases of pairs that are done stay for a moment. */
  private static final int KEPT = 2;

  private final Server server;
  private final boolean dumps;
  private final boolean write;
  private final Map<String, Read> facts = new ConcurrentHashMap<>();
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  /**
   * @param dumps whether pg_dump judges, too
   * @param write whether the dump of each schema is to be known from now on
   */
  CorpusRun(Server server, boolean dumps, boolean write) {
    this.server = server;
    this.dumps = dumps;
    this.write = write;
  }

  /** What was read of each pair. */
  Map<String, Read> facts() {
    return facts;
  }

  /**
   * @return what failed, by the id of the pair; a pair that must be refused and is not fails
   */
  Map<String, Failure> run(List<Corpus.Entry> entries)
      throws SQLException, InterruptedException, ExecutionException {
    try (Statement statement = server.admin().createStatement()) {
      for (String role : Corpus.ROLES) {
        statement.execute("CREATE ROLE " + role);
      }
    }
    server.create(TEMPLATE);
    // The first who connects writes down what every session has to know; copies have it.
    server.connect(TEMPLATE).close();
    Queue<Corpus.Entry> waiting =
        new ConcurrentLinkedQueue<>(
            entries.stream().filter(one -> one.since() <= server.major()).toList());
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        String prefix = "corpus_" + i + "_";
        running.add(
            pool.submit(
                () -> {
                  work(waiting, prefix);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return failures;
  }

  /** Each worker has a connection of its own to make databases with, or they would queue there. */
  private void work(Queue<Corpus.Entry> waiting, String prefix)
      throws IOException, InterruptedException, SQLException {
    try (Connection admin = server.connect("postgres")) {
      Databases databases = new Databases(admin, prefix);
      for (Corpus.Entry next = waiting.poll(); next != null; next = waiting.poll()) {
        run(next, databases);
        databases.drop(KEPT);
      }
      databases.drop(0);
    }
  }

  /** The databases of one worker. */
  private final class Databases {
    private final Connection admin;
    private final String prefix;
    private final Deque<String> left = new ArrayDeque<>();
    private int number;

    Databases(Connection admin, String prefix) {
      this.admin = admin;
      this.prefix = prefix;
    }

    RoundTrip.Side empty() throws SQLException {
      String name = prefix + number++;
      left.add(name);
      server.create(admin, name, TEMPLATE);
      return new RoundTrip.Side(server, name, dumps);
    }

    RoundTrip.Side with(String sql, String side) throws Failure, SQLException {
      RoundTrip.Side database = empty();
      load(database, sql, side);
      return database;
    }

    /** PostgreSQL waits for a session that is just about to end: so the newest ones stay. */
    void drop(int kept) throws SQLException {
      while (left.size() > kept) {
        server.drop(admin, left.poll());
      }
    }
  }

  private void run(Corpus.Entry entry, Databases databases)
      throws IOException, InterruptedException, SQLException {
    Pair pair = entry.pair();
    try {
      RoundTrip.Side database = databases.empty();
      Schema second = second(pair, database, databases);
      load(database, pair.fromSql(), "from");
      new RoundTrip()
          .run(
              pair,
              database,
              dump(pair.fromSql(), databases),
              new RoundTrip.Wanted(second, dump(pair.toSql(), databases)),
              read -> facts.put(entry.id(), read));
      if (!entry.refused().isEmpty()) {
        throw new Failure(Outcome.Verdict.FAILED, "", "not refused: " + entry.refused(), "");
      }
    } catch (Failure failure) {
      boolean expected =
          failure.verdict() == Outcome.Verdict.REFUSED
              && !entry.refused().isEmpty()
              && failure.reason().contains(entry.refused());
      if (!expected) {
        failures.put(entry.id(), failure);
      }
    } catch (SQLException | RuntimeException e) {
      failures.put(
          entry.id(), new Failure(Outcome.Verdict.FAILED, "", "runner: " + e, RoundTrip.stack(e)));
    }
  }

  /**
   * The second schema, made in the empty database and taken back at once; what cannot be made in a
   * transaction gets a database of its own.
   */
  private Schema second(Pair pair, RoundTrip.Side empty, Databases databases)
      throws Failure, SQLException {
    try (Connection connection = empty.connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(pair.toSql());
        return RoundTrip.INTROSPECTOR.readInside(connection);
      } catch (SQLException | MigrateException notInside) {
        return databases.with(pair.toSql(), "to").read();
      } finally {
        connection.rollback();
      }
    }
  }

  /** Taken only where it is not known already. */
  private RoundTrip.WantedDump dump(String sql, Databases databases)
      throws Failure, IOException, InterruptedException, SQLException {
    if (!dumps) {
      return got -> "";
    }
    if (write) {
      List<String> wanted = databases.with(sql, "wanted").dump();
      Corpus.DUMPS.put(sql, wanted);
      return got -> Judge.difference(got, wanted);
    }
    return got ->
        Corpus.DUMPS.has(sql, got)
            ? ""
            : Judge.difference(got, databases.with(sql, "wanted").dump());
  }

  private static void load(RoundTrip.Side database, String sql, String side)
      throws Failure, SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new Failure(
          Outcome.Verdict.FAILED, "", side + " does not load: " + e.getMessage(), sql);
    }
  }
}
