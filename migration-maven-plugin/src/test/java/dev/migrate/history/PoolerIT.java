package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import dev.migrate.testing.InstalledCluster;
import dev.migrate.testing.PgBouncer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Before one server stands a pgbouncer in each mode; the tests look at the server past it. */
@DisplayName("Through a pooler")
@Timeout(120)
class PoolerIT {
  /** What a session has that was never ours. */
  private static final String TRACES =
      """
      SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || ' '
        || current_setting('search_path') || ' ' || current_setting('client_connection_check_interval')
        || ' ' || current_setting('work_mem') || ' ' || current_user || ' '
        || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory') || ' '
        || (SELECT count(*) FROM pg_class WHERE relpersistence = 't') || ' '
        || (SELECT count(*) FROM pg_listening_channels()) || ' '
        || (SELECT count(*) FROM pg_prepared_statements)
      """;

  private static InstalledCluster cluster;
  private static int databases;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    cluster = InstalledCluster.start("max_connections = 60");
  }

  @AfterAll
  static void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static String newDatabase() throws SQLException {
    String name = "pooled" + ++databases;
    try (Connection connection = cluster.target("postgres").connect("test");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return name;
  }

  private RevisionProject project(Target target) throws IOException {
    return new RevisionProject(folder, target)
        .revision(1, "create table a (id int);", "drop table a;")
        .revision(2, "create table b (id int);", "drop table b;");
  }

  private static Target through(PgBouncer bouncer, String database) {
    return Target.of(bouncer.url(database), "postgres", InstalledCluster.PASSWORD, "test");
  }

  @ParameterizedTest
  @CsvSource({
    "transaction, 1, 0, 1",
    "transaction, 2, 0, 2",
    "transaction, 2, 1, 2",
    "transaction, 5, 0, 3",
    "transaction, 5, 1, 5",
    "transaction, 5, 1, 1",
    "statement, 5, 0, 1",
  })
  @DisplayName("that lends a session for less, nothing is moved, however quiet its pool is")
  void refused(String mode, int size, int roundRobin, int warm) throws Exception {
    String database = newDatabase();
    RevisionProject direct = project(cluster.target(database));
    try (PgBouncer bouncer =
        PgBouncer.before(cluster.port(), mode, size, "server_round_robin=" + roundRobin)) {
      warm(bouncer, database, warm);
      RevisionProject pooled = new RevisionProject(folder, through(bouncer, database));
      assertRefused(() -> pooled.upgrade("head"), mode, bouncer.url(database));
      assertThat(direct.tables()).isEmpty();
      assertUntouched(bouncer, database);
    }
  }

  @Test
  @DisplayName("in transaction mode every goal that takes the lock refuses, and leaves no lock")
  void everyMove() throws Exception {
    String database = newDatabase();
    RevisionProject direct = project(cluster.target(database));
    direct.upgrade("1");
    try (PgBouncer bouncer = PgBouncer.before(cluster.port(), "transaction", 3)) {
      RevisionProject pooled = new RevisionProject(folder, through(bouncer, database));
      for (Runnable moving :
          List.<Runnable>of(
              () -> pooled.upgrade("head"),
              () -> pooled.downgrade("base"),
              () -> pooled.stamp("head"))) {
        assertRefused(moving, "transaction", bouncer.url(database));
      }
      assertThat(direct.states()).containsExactly("1 APPLIED", "2 PENDING");
      assertUntouched(bouncer, database);
    }
  }

  private static void assertRefused(Runnable moving, String mode, String url) {
    MigrateException failure = RevisionProject.failureOf(moving);
    assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.POOLER);
    assertThat(failure.problem()).contains(mode + " mode", url);
    assertThat(failure.remedy())
        .contains("Nothing was changed", "address of the server itself", "session mode");
  }

  /** Every session of the pool, one after the other, looks as it did at first. */
  private static void assertUntouched(PgBouncer bouncer, String database) throws SQLException {
    for (int i = 0; i < 8; i++) {
      assertThat(ask(bouncer, database, TRACES))
          .isEqualTo("0 0 \"$user\", public 0 4MB postgres 0 0 0 0");
    }
  }

  /** As an application would, over the driver alone. */
  private static String ask(PgBouncer bouncer, String database, String sql) throws SQLException {
    try (Connection connection = application(bouncer, database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection application(PgBouncer bouncer, String database) throws SQLException {
    java.util.Properties properties = new java.util.Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", InstalledCluster.PASSWORD);
    return new org.postgresql.Driver().connect(bouncer.url(database), properties);
  }

  /** Lets the pool have so many sessions, all free. */
  private static void warm(PgBouncer bouncer, String database, int sessions) throws SQLException {
    List<Connection> open = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      Connection connection = application(bouncer, database);
      open.add(connection);
      connection.setAutoCommit(sessions == 1);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SELECT 1");
      }
    }
    for (Connection connection : open) {
      connection.close();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  @DisplayName("in session mode everything works, and sessions are given back as they were")
  void sessionMode(int size) throws Exception {
    String database = newDatabase();
    RevisionProject direct = project(cluster.target(database));
    // It undoes nothing by itself, so that what we leave is seen.
    try (PgBouncer bouncer =
        PgBouncer.before(cluster.port(), "session", size, "server_reset_query=")) {
      RevisionProject pooled = new RevisionProject(folder, through(bouncer, database));
      pooled.upgrade("head");
      assertUntouched(bouncer, database);
      assertThat(direct.states()).containsExactly("1 APPLIED", "2 APPLIED");
      pooled.downgrade("1");
      pooled.stamp("2");
      assertUntouched(bouncer, database);
      try (QueryConnection asking = through(bouncer, database).ask("test")) {
        assertThat(
                History.of(List.of())
                    .equals(
                        HistoryReader.read(asking, Optional.empty(), HistoryTable.DEFAULT_NAME)))
            .isFalse();
      }
      assertUntouched(bouncer, database);
    }
  }

  @Test
  @DisplayName("a session is given back as it was also when a script fails or leaves things behind")
  void failedInTheMiddle() throws Exception {
    String database = newDatabase();
    RevisionProject direct =
        new RevisionProject(folder, cluster.target(database))
            .revision(1, "create table a (id int);", null)
            .revision(
                2,
                """
                -- transaction: none
                set work_mem = '5MB';
                create temporary table left_over (id int);
                set role pg_read_all_data;
                listen somebody;
                prepare somebodys as select 1;
                select pg_advisory_lock(4711);
                set statement_timeout = 1;
                select nonsense;
                """,
                null);
    try (PgBouncer bouncer =
        PgBouncer.before(cluster.port(), "session", 1, "server_reset_query=")) {
      RevisionProject pooled = new RevisionProject(folder, through(bouncer, database));
      MigrateException failure = RevisionProject.failureOf(() -> pooled.upgrade("head"));
      assertThat(failure.code()).as(failure.toString()).isEqualTo(FailureCode.SCRIPT_FAILED);
      assertUntouched(bouncer, database);
      assertThat(direct.tables()).containsExactly("a");
    }
  }

  @Test
  @DisplayName(
      "in transaction mode questions are answered, and set nothing; in statement mode none")
  void questions() throws Exception {
    String database = newDatabase();
    project(cluster.target(database)).upgrade("1");
    try (PgBouncer bouncer = PgBouncer.before(cluster.port(), "transaction", 2)) {
      try (QueryConnection asking = through(bouncer, database).ask("test")) {
        History history = HistoryReader.read(asking, Optional.empty(), HistoryTable.DEFAULT_NAME);
        assertThat(history.rows()).hasSize(1);
      }
      assertUntouched(bouncer, database);
      MigrateException failure =
          RevisionProject.failureOf(() -> close(through(bouncer, database).connect("test")));
      assertThat(failure.code()).isEqualTo(FailureCode.POOLER);
      assertUntouched(bouncer, database);
    }
    try (PgBouncer bouncer = PgBouncer.before(cluster.port(), "statement", 2)) {
      MigrateException failure =
          RevisionProject.failureOf(() -> through(bouncer, database).ask("test").close());
      assertThat(failure.code()).isEqualTo(FailureCode.POOLER);
      assertThat(failure.problem()).contains("statement mode");
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
