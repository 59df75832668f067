package dev.migrate.conformance;

import dev.migrate.conformance.RoundTrip.Read;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
    Queue<Corpus.Entry> waiting =
        new ConcurrentLinkedQueue<>(
            entries.stream().filter(one -> one.since() <= server.major()).toList());
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        String from = "corpus_from_" + i;
        String to = "corpus_to_" + i;
        running.add(
            pool.submit(
                () -> {
                  for (Corpus.Entry next = waiting.poll(); next != null; next = waiting.poll()) {
                    run(next, from, to);
                  }
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

  private void run(Corpus.Entry entry, String from, String to)
      throws IOException, InterruptedException, SQLException {
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
    } finally {
      server.drop(from);
      server.drop(to);
    }
  }

  private void load(String database, String sql, String side) throws Failure, SQLException {
    synchronized (server) {
      server.create(database);
    }
    try (var connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new Failure(
          Outcome.Verdict.FAILED, "", side + " does not load: " + e.getMessage(), sql);
    }
  }
}
