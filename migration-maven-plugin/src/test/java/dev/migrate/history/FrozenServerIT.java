package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.SilenceWatchdog;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A server that has stopped in the middle")
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class FrozenServerIT {
  @TempDir private Path folder;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private ScratchDatabase database;
  private SilenceWatchdog.Ear ear;

  @BeforeEach
  void listen() {
    database = TestPostgres.database("frozen");
    ear = SilenceWatchdog.hear(heard::add, Duration.ofSeconds(1));
  }

  @AfterEach
  void close() {
    ear.close();
    database.close();
  }

  private Target target(String parameters) {
    return Target.of(database.jdbcUrl() + parameters, database.user(), database.password(), "test");
  }

  /** The sessions of this database that are ours and hold a lock, or want one. */
  private void signal(String signal, String purpose) {
    try (QueryConnection asking = target("").ask("looking")) {
      for (String[] row :
          asking.rows(
              "SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname = "
                  + SqlLiteral.escaped(database.name())
                  + " AND application_name = "
                  + SqlLiteral.escaped(purpose))) {
        assertThat(new ProcessBuilder("kill", "-" + signal, row[0]).start().waitFor()).isZero();
      }
    } catch (SQLException | IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitSleep() {
    try (QueryConnection asking = target("").ask("looking")) {
      while (asking
          .rows(
              "SELECT pid FROM pg_catalog.pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = "
                  + SqlLiteral.escaped(database.name()))
          .isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    } catch (SQLException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("is told while a statement runs, and socketTimeout in the address ends the wait")
  void statement() throws IOException {
    RevisionProject project =
        new RevisionProject(folder, target("?socketTimeout=4"))
            .revision(1, "create table a (id int);", null)
            .revision(2, "select pg_sleep(3);", null)
            .with(
                new Progress() {
                  @Override
                  public void started(Revision revision) {
                    if (revision.id().toString().equals("2")) {
                      CompletableFuture.runAsync(
                          () -> {
                            awaitSleep();
                            signal("STOP", "test");
                          });
                    }
                  }
                });
    MigrateException failure = failure(() -> project.upgrade("head"));
    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
    assertThat(failure.problem())
        .contains("has not answered within the socketTimeout of the address")
        .contains("has all that this run has reported as done: 1.");
    assertThat(heard)
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(line).contains("No answer from the server", "socketTimeout="));
    assertThat(heard.size()).as("grows slowly: " + heard).isLessThan(5);
  }

  @Test
  @DisplayName("is told while the lock of the history is waited for")
  void lock() throws Exception {
    Target plain = target("");
    RevisionProject project =
        new RevisionProject(folder, target("?socketTimeout=4&ApplicationName=waiting"))
            .revision(1, "create table a (id int);", null)
            .with(
                new Progress() {
                  @Override
                  public void waiting(String holder) {
                    signal("STOP", "waiting");
                  }
                });
    try (LockedTarget holder =
        LockedTarget.open(plain, "holder", HistoryOptions.defaults(), Progress.SILENT)) {
      assertThat(holder.isHeld()).isTrue();
      MigrateException failure = failure(() -> project.upgrade("head"));
      assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
      assertThat(failure.problem()).contains("lock of the history", "socketTimeout");
    }
    assertThat(heard).isNotEmpty();
  }

  /** A statement that says nothing for long is to us what a server is that has stopped. */
  @Test
  @DisplayName("is told and can be bounded at each door through which a goal talks to a server")
  void doors() throws Exception {
    Target bounded = target("?socketTimeout=3");
    String silent = "select pg_catalog.pg_sleep(30)::text";
    Map<String, Callable<Object>> doors =
        Map.of(
            "for statements of ours",
            () -> {
              try (Connection connection = bounded.connect("test")) {
                return connection.createStatement().execute(silent);
              }
            },
            "for scripts",
            () -> {
              try (Connection connection = bounded.connectForScripts("test")) {
                return connection.createStatement().execute(silent);
              }
            },
            "for a question",
            () -> {
              try (QueryConnection asking = bounded.ask("test")) {
                return asking.rows(silent);
              }
            },
            "of a lent server",
            () -> {
              try (Scratch lent =
                      BorrowedScratch.on(
                          database.jdbcUrl() + "?socketTimeout=3",
                          database.user(),
                          database.password());
                  ScratchDatabase scratch = lent.database("frozen");
                  Connection connection = scratch.connect()) {
                return connection.createStatement().execute(silent);
              }
            });
    ExecutorService threads = Executors.newFixedThreadPool(doors.size());
    try {
      Map<String, Future<Object>> waiting = new LinkedHashMap<>();
      doors.forEach((door, work) -> waiting.put(door, threads.submit(work)));
      waiting.forEach(
          (door, work) ->
              assertThatThrownBy(work::get)
                  .as(door)
                  .cause()
                  .isInstanceOf(SQLException.class)
                  .rootCause()
                  .isInstanceOf(SocketTimeoutException.class));
    } finally {
      threads.shutdownNow();
    }
    assertThat(heard).hasSizeGreaterThanOrEqualTo(doors.size());
  }

  /** However it ends, the server goes on. */
  private MigrateException failure(Runnable run) {
    try {
      return RevisionProject.failureOf(run);
    } finally {
      for (String purpose : List.of("test", "waiting")) {
        signal("CONT", purpose);
      }
    }
  }
}
