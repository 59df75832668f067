package dev.migrate.conformance;

import dev.migrate.conformance.RoundTrip.Read;
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

/** Runs pairs of the corpus on one server, two at a time, each in two databases of its own. */
final class CorpusRun {
  private static final int WORKERS = 2;
  private static final String TEMPLATE = "corpus_template";

  /** How many databases of pairs that are done stay for a moment. */
  private static final int KEPT = 2;

  private final Server server;
  private final boolean dumps;
  private final Map<String, Read> facts = new ConcurrentHashMap<>();
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  CorpusRun(Server server, boolean dumps) {
    this.server = server;
    this.dumps = dumps;
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
    Deque<String> left = new ArrayDeque<>();
    int number = 0;
    try (Connection admin = server.connect("postgres")) {
      for (Corpus.Entry next = waiting.poll(); next != null; next = waiting.poll()) {
        String from = prefix + number++;
        String to = prefix + number++;
        left.add(from);
        left.add(to);
        run(next, admin, from, to);
        // PostgreSQL waits for a session that is just about to end: so drop those before.
        while (left.size() > KEPT) {
          server.drop(admin, left.poll());
        }
      }
      while (!left.isEmpty()) {
        server.drop(admin, left.poll());
      }
    }
  }

  private void run(Corpus.Entry entry, Connection admin, String from, String to)
      throws IOException, InterruptedException, SQLException {
    server.create(admin, from, TEMPLATE);
    server.create(admin, to, TEMPLATE);
    try {
      load(from, entry.pair().fromSql(), "from");
      load(to, entry.pair().toSql(), "to");
      new RoundTrip()
          .run(
              entry.pair(),
              new RoundTrip.Side(server, from, dumps),
              new RoundTrip.Side(server, to, dumps),
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

  private void load(String database, String sql, String side) throws Failure, SQLException {
    try (var connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new Failure(
          Outcome.Verdict.FAILED, "", side + " does not load: " + e.getMessage(), sql);
    }
  }
}
