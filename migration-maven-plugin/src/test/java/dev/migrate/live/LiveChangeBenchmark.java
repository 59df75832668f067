package dev.migrate.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.live.Load.Noticed;
import dev.migrate.plan.Statement;
import dev.migrate.plan.online.Backfill;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an application notices of a change: pgbench keeps a steady rate on a table while it is
 * changed. {@code live.rows} and {@code live.rate} say how large and how busy it is.
 */
@Tag("benchmark")
@DisplayName("Changes under load")
class LiveChangeBenchmark {
  private static final long ROWS = Long.getLong("live.rows", 1_000_000);
  private static final int RATE = Integer.getInteger("live.rate", 200);
  private static final Duration AROUND = Duration.ofMillis(1_500);
  private static final int MOST_ATTEMPTS = 20;

  /** A lock timeout, and a deadlock. */
  private static final Set<String> RETRIABLE = Set.of("55P03", "40P01");

  private static LiveServer server;

  @BeforeAll
  static void fill() throws IOException, InterruptedException, SQLException {
    Assumptions.assumeTrue(LiveServer.isInstalled(), "PostgreSQL 15 with pgbench is not installed");
    server = LiveServer.start();
    server.execute("postgres", "CREATE DATABASE small", "CREATE DATABASE large");
    tables("small", 10);
    tables("large", ROWS);
    server.execute("large", "VACUUM ANALYZE", "CHECKPOINT");
  }

  private static void tables(String database, long rows) throws SQLException {
    server.execute(
        database,
        "CREATE TYPE state AS ENUM ('new', 'active', 'closed', 'lost')",
        "CREATE TABLE kind (id int PRIMARY KEY, name text NOT NULL)",
        "INSERT INTO kind SELECT i, 'kind ' || i FROM generate_series(1, 100) AS i",
        """
        CREATE TABLE account (
          id bigint PRIMARY KEY, kind_id int NOT NULL, email text NOT NULL, name text,
          amount int NOT NULL, state state NOT NULL, note text, street text, city text,
          touched int NOT NULL DEFAULT 0)""",
        """
        INSERT INTO account
          SELECT i, i %% 100 + 1, 'user' || i || '@example.org', 'User ' || i, i, 'active',
                 'note of ' || i, i || ' Main Street', 'City ' || i %% 1000
            FROM generate_series(1, %d) AS i"""
            .formatted(rows));
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  /** What one form of a change came to. */
  private record Measured(Noticed noticed, Duration took, int retries) {}

  @Test
  @DisplayName("are noticed by the application so")
  void changes() throws Exception {
    System.out.printf("%n%,d rows, %d transactions a second, PostgreSQL 15%n%n", ROWS, RATE);
    System.out.println(
        "| change | form | longest stall | failed transactions | time of the change |");
    System.out.println("|---|---|---|---|---|");
    print("(none)", "", measured(List.of(new LiveChange.Phase(LiveChange.APP, List.of()))));
    for (LiveChange change : LiveChange.all(server, "small")) {
      print(change.name(), "plain", measured(change.plain()));
      Measured online = measured(change.online());
      print("", "online", online);
      assertThat(online.noticed().failed()).as("%s: %s", change.name(), online).isZero();
    }
  }

  private static void print(String change, String form, Measured measured) {
    Noticed noticed = measured.noticed();
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,d ms | %s | %s%s |%n",
        change,
        form,
        noticed.longest().toMillis(),
        !noticed.gaveUp()
            ? String.valueOf(noticed.failed())
            : "all from then on (%d of %d)"
                .formatted(noticed.failed(), noticed.failed() + noticed.transactions()),
        measured.took().isZero() ? "" : "%.2f s".formatted(measured.took().toNanos() / 1e9),
        measured.retries() == 0 ? "" : ", %d retries".formatted(measured.retries()));
  }

  private static Measured measured(List<LiveChange.Phase> phases) throws Exception {
    server.execute(
        "postgres",
        "DROP DATABASE IF EXISTS live WITH (FORCE)",
        "CREATE DATABASE live TEMPLATE large STRATEGY file_copy",
        "CHECKPOINT");
    Noticed noticed = new Noticed(0, Duration.ZERO, 0, false, "");
    Duration took = Duration.ZERO;
    int retries = 0;
    for (LiveChange.Phase phase : phases) {
      try (Load load = Load.start(server, "live", phase.load(), ROWS, RATE);
          Connection connection = server.connect("live")) {
        Thread.sleep(AROUND.toMillis());
        for (LiveChange.Step step : phase.steps()) {
          long start = System.nanoTime();
          retries += run(connection, step);
          took = took.plusNanos(System.nanoTime() - start);
        }
        Thread.sleep(AROUND.toMillis());
        noticed = noticed.and(load.end());
      }
    }
    return new Measured(noticed, took, retries);
  }

  /** As upgrade does it: a revision that could not get a lock is tried again. */
  private static int run(Connection connection, LiveChange.Step step)
      throws SQLException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        connection.setAutoCommit(!step.transaction());
        for (String sql : step.statements()) {
          connection.createStatement().execute(sql);
        }
        if (step.transaction()) {
          connection.commit();
        }
        connection.setAutoCommit(true);
        return attempt - 1;
      } catch (SQLException e) {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
        if (!RETRIABLE.contains(e.getSQLState()) || attempt == MOST_ATTEMPTS) {
          throw e;
        }
        Thread.sleep(200L * attempt);
      }
    }
  }

  @Test
  @DisplayName("a backfill that is killed three times changes each row once")
  void killedBackfill() throws Exception {
    server.execute(
        "postgres",
        "DROP DATABASE IF EXISTS backfilled WITH (FORCE)",
        "CREATE DATABASE backfilled TEMPLATE large STRATEGY file_copy");
    server.execute(
        "backfilled",
        "ALTER TABLE account ADD COLUMN score int",
        "ALTER TABLE account ADD COLUMN changes int NOT NULL DEFAULT 0",
        """
        CREATE FUNCTION counted() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.changes := OLD.changes + 1; RETURN NEW; END $$""",
        "CREATE TRIGGER counted BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION counted()");
    List<Statement> backfill =
        new Backfill(
                FactId.of(Kind.COLUMN, "public", "account", "score"),
                List.of("id"),
                "amount * 2",
                "score IS NULL")
            .statements();
    int runs = 0;
    long start = System.nanoTime();
    for (int quarter = 1; quarter <= 4; quarter++) {
      runs++;
      Thread killer = quarter < 4 ? killer(ROWS * quarter / 4) : null;
      boolean finished = backfill(backfill);
      if (killer != null) {
        killer.join();
      }
      System.out.printf(
          "Run %d: %s, %,d rows have a value%n",
          runs, finished ? "finished" : "killed", count("score IS NOT NULL"));
      assertThat(finished).isEqualTo(quarter == 4);
    }
    System.out.printf(
        "%,d rows in %.1f s, changed more than once: %d, not at all: %d%n",
        ROWS, (System.nanoTime() - start) / 1e9, count("changes > 1"), count("changes = 0"));
    assertThat(count("changes = 1 AND score = amount * 2")).isEqualTo(ROWS);
  }

  private static boolean backfill(List<Statement> statements) throws SQLException {
    try (Connection connection = server.connect("backfilled")) {
      connection.createStatement().execute("SET application_name = 'backfill'");
      for (Statement statement : statements) {
        connection.createStatement().execute(statement.sql());
      }
      return true;
    } catch (SQLException e) {
      if ("57P01".equals(e.getSQLState()) || "08006".equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  /** Ends the session of the backfill, in the middle of whatever it does, once so many are done. */
  private static Thread killer(long rows) {
    Thread killer =
        new Thread(
            () -> {
              try {
                while (count("score IS NOT NULL") < rows) {
                  Thread.sleep(5);
                }
                server.execute(
                    "backfilled",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                        + " 'backfill'");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    killer.start();
    return killer;
  }

  private static long count(String condition) throws SQLException {
    try (Connection connection = server.connect("backfilled");
        ResultSet result =
            connection
                .createStatement()
                .executeQuery("SELECT count(*) FROM account WHERE " + condition)) {
      result.next();
      return result.getLong(1);
    }
  }
}
