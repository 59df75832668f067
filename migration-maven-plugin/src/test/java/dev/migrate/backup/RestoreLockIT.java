package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.Timeouts;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A restore holds the lock of the history")
class RestoreLockIT {
  private static final String ROWS =
      "insert into t select i, repeat('x', 60) from generate_series(1, 20000) i";

  @TempDir Path folder;

  private BackupOptions options() {
    return BackupOptions.in(folder).with(BackupEngine.Choice.JDBC);
  }

  private static Target target(ScratchDatabase database) {
    return BackupIT.target(database);
  }

  private static HistoryOptions waiting(Duration wait) {
    HistoryOptions usual = HistoryOptions.defaults();
    return usual.with(Timeouts.usual().withLockWait(wait));
  }

  /** Something to do while the restore loads. */
  private interface Deed {
    void run() throws Exception;
  }

  private static BackupProgress whileLoading(Deed deed) {
    AtomicBoolean done = new AtomicBoolean();
    return new HeardBackup() {
      private boolean restoring;

      @Override
      public void begins(String what, int tables, long bytes) {
        restoring = what.startsWith("Restoring");
        if (restoring && done.compareAndSet(false, true)) {
          try {
            deed.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
      }
    };
  }

  private RestoreResult restore(Target target, RestoreOptions allowed, BackupProgress progress) {
    return Restoring.run(target, "migrate:restore", options(), allowed, progress, "latest");
  }

  private Manifest take(Target target) {
    return new Backup(target, "test", "flyway_schema_history", options(), BackupProgress.SILENT)
        .take(connection -> List.of());
  }

  @Test
  @DisplayName("while it loads, and whoever asks for it is told who has it")
  void whileItLoads() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("locked")) {
      Target target = target(database);
      execute(target, "create table t (i int, w text)", ROWS);
      take(target);
      AtomicReference<MigrateException> refused = new AtomicReference<>();
      RestoreResult restored =
          restore(
              target,
              new RestoreOptions(true, false, true),
              whileLoading(
                  () -> {
                    try (LockedTarget second = open(target, Duration.ZERO)) {
                      assertThat(second.isHeld()).isFalse();
                    } catch (MigrateException e) {
                      refused.set(e);
                    }
                  }));

      assertThat(refused.get().code()).isEqualTo(FailureCode.LOCKED);
      assertThat(refused.get().problem()).contains("\"migrate:restore\"");
      assertThat(restored.kept()).isPresent();
      drop(target, restored);
      try (LockedTarget after = open(target, Duration.ZERO)) {
        assertThat(after.isHeld()).isTrue();
      }
    }
  }

  private static LockedTarget open(Target target, Duration wait) {
    return LockedTarget.open(target, "migrate:upgrade", waiting(wait), Progress.SILENT);
  }

  private static void drop(Target target, RestoreResult restored) throws SQLException {
    execute(target.withDatabase("postgres"), "drop database " + restored.kept().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("until nobody can enter the old database, so an upgrade that waits never runs there")
  void waitingUpgrade(boolean terminate) throws Exception {
    try (ScratchDatabase database = TestPostgres.database("waited")) {
      Target target = target(database);
      execute(target, "create table t (i int, w text)", ROWS);
      take(target);
      execute(target, "create table log (at timestamptz default clock_timestamp())");
      List<CompletableFuture<String>> upgrades = new ArrayList<>();
      RestoreResult restored =
          restore(
              target,
              new RestoreOptions(true, terminate, true),
              whileLoading(
                  () -> {
                    for (int i = 0; i < 4; i++) {
                      upgrades.add(CompletableFuture.supplyAsync(() -> upgrade(target)));
                    }
                    awaitSessions(target, 4);
                  }));

      for (CompletableFuture<String> upgrade : upgrades) {
        // Ended by the restore, or it gave up; or it came late enough for the new database.
        assertThat(upgrade.get(60, TimeUnit.SECONDS)).isIn("CONNECTION", "LOCKED", "DATABASE");
      }
      assertThat(query(target, "select count(*) from pg_class where relname = 'log'"))
          .containsExactly("0");
      assertThat(
              query(target.withDatabase(restored.kept().orElseThrow()), "select count(*) from log"))
          .containsExactly("0");
      drop(target, restored);
    }
  }

  /** What an upgrade does: it waits, and then writes. */
  private static String upgrade(Target target) {
    try (LockedTarget locked = open(target, Duration.ofSeconds(4))) {
      execute(target, "insert into log default values");
      return "ran under " + locked.table();
    } catch (MigrateException e) {
      return e.code().toString();
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  private static void awaitSessions(Target target, int wanted) throws Exception {
    String count =
        "select count(*) from pg_stat_activity where datname = '%s' and application_name ="
                .formatted(target.database())
            + " 'migrate:upgrade'";
    for (int i = 0; i < 500; i++) {
      if (Integer.parseInt(query(target.withDatabase("postgres"), count).get(0)) >= wanted) {
        return;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("no upgrade waits");
  }

  @Test
  @DisplayName("so that of upgrades that come all the time each runs wholly before or after it")
  void upgradesAllTheTime() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("stormed")) {
      Target target = target(database);
      execute(target, "create table t (i int, w text)", "create table log (i int)", ROWS);
      take(target);
      AtomicBoolean ended = new AtomicBoolean();
      List<CompletableFuture<Integer>> storm = new ArrayList<>();
      AtomicReference<String> before = new AtomicReference<>();
      for (int i = 0; i < 3; i++) {
        storm.add(CompletableFuture.supplyAsync(() -> upgradeUntil(target, ended)));
      }
      RestoreResult restored =
          restore(
              target,
              new RestoreOptions(true, true, true),
              whileLoading(() -> before.set(query(target, "select count(*) from log").get(0))));
      Thread.sleep(300);
      ended.set(true);
      int ran = 0;
      for (CompletableFuture<Integer> one : storm) {
        ran += one.get(60, TimeUnit.SECONDS);
      }

      String inOld =
          query(target.withDatabase(restored.kept().orElseThrow()), "select count(*) from log")
              .get(0);
      String inNew = query(target, "select count(*) from log").get(0);
      assertThat(inOld).as("nothing ran in the old one since").isEqualTo(before.get());
      assertThat(Integer.parseInt(inOld) + Integer.parseInt(inNew)).isEqualTo(ran);
      drop(target, restored);
    }
  }

  private static int upgradeUntil(Target target, AtomicBoolean ended) {
    int ran = 0;
    while (!ended.get()) {
      try (LockedTarget locked = open(target, Duration.ofSeconds(20))) {
        execute(target, "insert into log values (1)");
        ran += locked.isHeld() ? 1 : 0;
      } catch (MigrateException | SQLException e) {
        assertThat(e).hasMessageNotContaining("relation \"log\" does not exist");
      }
    }
    return ran;
  }

  @Test
  @DisplayName("and fails without having touched anything when it is lost on the way")
  void lost() throws Exception {
    try (ScratchDatabase database = TestPostgres.database("lost_lock")) {
      Target target = target(database);
      execute(target, "create table t (i int, w text)", ROWS);
      take(target);
      execute(target, "delete from t where i > 10");
      List<String> databases = databases(target);

      assertThatThrownBy(
              () ->
                  restore(
                      target,
                      new RestoreOptions(true, false, true),
                      whileLoading(() -> endLock(target))))
          .isInstanceOf(MigrateException.class)
          .hasMessageContaining("the lock of the history was lost");
      assertThat(databases(target)).isEqualTo(databases);
      assertThat(query(target, "select count(*) from t")).containsExactly("10");
    }
  }

  private static List<String> databases(Target target) throws SQLException {
    return query(target.withDatabase("postgres"), "select datname from pg_database order by 1");
  }

  private static void endLock(Target target) throws Exception {
    Target other = target.withDatabase("postgres");
    String holding =
        " from pg_locks where locktype = 'advisory' and objsubid = 1"
            + " and database = (select oid from pg_database where datname = '%s') and mode ="
                .formatted(target.database())
            + " 'ExclusiveLock' and pid in (select pid from pg_stat_activity where"
            + " application_name = 'migrate:restore' and state = 'idle')";
    execute(other, "select pg_terminate_backend(pid)" + holding);
    for (int i = 0; !query(other, "select pid" + holding).isEmpty(); i++) {
      assertThat(i).as("looks at the session that was ended").isLessThan(3_000);
      Thread.sleep(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"JDBC", "PG_DUMP"})
  @DisplayName("also in place, to the end of its transaction, with either engine")
  void inPlace(String engine) throws Exception {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed: not judged by it");
    Target admin = server.get().target("postgres");
    String name = "locked_" + engine.toLowerCase(Locale.ROOT);
    execute(
        admin,
        "create role %1$s login password 'word'".formatted(name),
        "create database %1$s owner %1$s".formatted(name));
    Target target = Target.of(admin.withDatabase(name).jdbcUrl(), name, "word", "test");
    execute(target, "create table t (i int, w text)", ROWS);
    BackupOptions options = BackupOptions.in(folder).with(BackupEngine.Choice.valueOf(engine));
    new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
        .take(connection -> List.of());
    execute(target, "delete from t where i > 10");
    AtomicReference<FailureCode> refused = new AtomicReference<>();

    assertThatThrownBy(
            () ->
                Restoring.run(
                    target,
                    "migrate:restore",
                    options,
                    new RestoreOptions(true, false, true),
                    whileLoading(
                        () -> {
                          try (LockedTarget second = open(target, Duration.ZERO)) {
                            assertThat(second.isHeld()).isFalse();
                          } catch (MigrateException e) {
                            refused.set(e.code());
                          }
                          endLock(admin.withDatabase(name));
                        }),
                    "latest"))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("the lock of the history was lost");
    assertThat(refused.get()).isEqualTo(FailureCode.LOCKED);
    assertThat(query(target, "select count(*) from t")).containsExactly("10");

    Restoring.run(
        target,
        "migrate:restore",
        options,
        new RestoreOptions(true, false, true),
        BackupProgress.SILENT,
        oldest(options));
    assertThat(query(target, "select count(*) from t")).containsExactly("20000");
  }

  /** The failed one has taken a safety backup, which is younger. */
  private static String oldest(BackupOptions options) {
    return new BackupFolder(options.folder())
        .content().backups().stream()
            .min(Comparator.comparing(Manifest::createdAt))
            .orElseThrow()
            .name();
  }
}
