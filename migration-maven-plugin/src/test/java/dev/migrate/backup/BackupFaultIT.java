package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static dev.migrate.backup.BackupIT.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A backup when something goes wrong")
class BackupFaultIT {
  private static final String ROWS =
      "insert into %s select i, md5(i::text) || md5((i * 7)::text) from generate_series(1, %d) i";

  @TempDir Path folder;

  private BackupOptions options() {
    return BackupOptions.in(folder).with(BackupEngine.Choice.JDBC).withChecksums();
  }

  private static Backup backup(Target target, BackupOptions options, BackupProgress progress) {
    return new Backup(target, "test", "flyway_schema_history", options, progress);
  }

  private static Manifest take(Target target, BackupOptions options, BackupProgress progress) {
    return backup(target, options, progress).take(connection -> List.of());
  }

  /** Does something once, when the first rows have gone into the file. */
  private static BackupProgress onFirstRows(Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    return new HeardBackup() {

      @Override
      public void moved(int tables, long bytes) {
        if (bytes > 0 && done.compareAndSet(false, true)) {
          action.run();
        }
      }
    };
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void execUnchecked(Target target, String... sql) {
    try {
      execute(target, sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName(
      "throws what a thread of its own has thrown, whatever it is, and prints no trace of it")
  void threads() throws Exception {
    List<Throwable> printed = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> printed.add(thrown));
    try (ScratchDatabase source = TestPostgres.database("thrown")) {
      execute(target(source), "create table a (i int, t text)", ROWS.formatted("a", 10));
      for (Throwable planted :
          List.of(new IllegalStateException("planted"), new AssertionError("planted"))) {
        BackupProgress throwing =
            onFirstRows(
                () -> {
                  if (planted instanceof Error error) {
                    throw error;
                  }
                  throw (RuntimeException) planted;
                });
        assertThatThrownBy(() -> take(target(source), options(), throwing)).isSameAs(planted);
      }
      assertThat(printed).isEmpty();
      assertThat(files()).isEmpty();
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  @DisplayName("sees one moment, whatever is written meanwhile")
  void consistent() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("moment");
        ScratchDatabase copy = TestPostgres.database("moment_copy")) {
      Target target = target(source);
      execute(
          target,
          "create table a (i int primary key, t text)",
          "create table b (i int references a, t text)",
          ROWS.formatted("a", 60_000),
          ROWS.formatted("b", 60_000));

      Manifest manifest =
          take(
              target,
              options(),
              onFirstRows(
                  () ->
                      execUnchecked(
                          target,
                          "insert into a values (100001, 'new')",
                          "insert into b values (100001, 'new')",
                          "delete from b where i <= 30000",
                          "update a set t = 'changed' where i > 10")));
      Restoring.run(
          target(copy),
          "test",
          options(),
          new RestoreOptions(false, false, true),
          BackupProgress.SILENT,
          "latest");

      assertThat(manifest.rows()).isEqualTo(120_000);
      assertThat(TableChecksums.of(target(copy), "test", 2, true)).isEqualTo(manifest.tables());
      assertThat(query(target(copy), "select count(*) from a where t = 'changed'"))
          .containsExactly("0");
    }
  }

  @Test
  @DisplayName("lets a table be dropped only when it has its rows, and does not wait for ever")
  void droppedMeanwhile() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("dropped")) {
      Target target = target(source);
      execute(
          target,
          "create table big (i int, t text)",
          "create table small (i int, t text)",
          ROWS.formatted("big", 80_000),
          ROWS.formatted("small", 10));
      AtomicReference<CompletableFuture<Void>> dropping = new AtomicReference<>();
      BackupOptions one =
          new BackupOptions(
              folder, BackupEngine.Choice.JDBC, false, 6, 1, null, List.of(), false, false);

      Manifest manifest =
          take(
              target,
              one,
              onFirstRows(
                  () -> {
                    dropping.set(
                        CompletableFuture.runAsync(
                            () -> execUnchecked(target, "drop table small")));
                    waitFor(
                        target, "select 1 from pg_stat_activity where wait_event_type = 'Lock'");
                  }));

      assertThat(manifest.rows()).isEqualTo(80_010);
      dropping.get().get(20, TimeUnit.SECONDS);
      assertThat(query(target, "select relname from pg_class where relname = 'small'")).isEmpty();
    }
  }

  private static void waitFor(Target target, String query) {
    try {
      for (int i = 0; i < 100 && query(target, query).isEmpty(); i++) {
        Thread.sleep(50);
      }
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("leaves no file when the connection is lost half-way")
  void connectionLost() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("lost")) {
      Target target = target(source);
      execute(target, "create table t (i int, t text)", ROWS.formatted("t", 200_000));

      assertThatThrownBy(
              () ->
                  take(
                      target,
                      options(),
                      onFirstRows(
                          () ->
                              execUnchecked(
                                  target.withDatabase("postgres"),
                                  "select pg_terminate_backend(pid) from pg_stat_activity where"
                                      + " datname = '"
                                      + source.name()
                                      + "'"))))
          .isInstanceOf(MigrateException.class);

      assertThat(files()).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "leaves nothing that looks like a backup when it is killed, and the next one cleans up")
  void killed() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("killed")) {
      Target target = target(source);
      execute(target, "create table t (i int, t text)", ROWS.formatted("t", 20_000));
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  KilledBackup.class.getName(),
                  source.jdbcUrl(),
                  source.user(),
                  source.password(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(said.readLine()).isEqualTo(KilledBackup.WAITS);
      } finally {
        child.destroyForcibly().waitFor();
      }

      assertThat(files())
          .hasSize(1)
          .allMatch(name -> name.startsWith(".") && name.endsWith(".partial"));
      assertThat(new BackupFolder(folder).content().backups()).isEmpty();
      try (Stream<Path> left = Files.list(folder)) {
        Files.setLastModifiedTime(
            left.findFirst().orElseThrow(),
            java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(120)));
      }
      Manifest manifest = take(target, options(), BackupProgress.SILENT);
      assertThat(files())
          .containsExactly(manifest.name() + ManifestFile.EXTENSION, manifest.file());
    }
  }

  @Test
  @DisplayName("leaves no file when the disk is full")
  void diskFull() throws Exception {
    Path small = Files.createTempDirectory("small-disk");
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    Assumptions.assumeTrue(mounted, "no right to mount a small disk here: not tested");
    try (ScratchDatabase source = TestPostgres.database("full")) {
      Target target = target(source);
      execute(target, "create table t (i int, t text)");
      // Much smaller than the estimate before the rows came: found out while writing.
      BackupOptions options =
          BackupOptions.in(small.resolve("backups")).with(BackupEngine.Choice.JDBC);
      execute(target, ROWS.formatted("t", 60_000));

      assertThatThrownBy(() -> take(target, options, BackupProgress.SILENT))
          .isInstanceOfSatisfying(
              MigrateException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.BACKUP_FAILED))
          .hasMessageContaining("left no file");

      try (Stream<Path> left = Files.list(small.resolve("backups"))) {
        assertThat(left)
            .extracting(path -> path.getFileName().toString())
            .containsOnly(".gitignore");
      }
      execute(target, ROWS.formatted("t", 200_000));
      assertThatThrownBy(() -> take(target, options, BackupProgress.SILENT))
          .hasMessageContaining("needs about");
    } finally {
      run("umount", small.toString());
      Files.deleteIfExists(small);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @Test
  @DisplayName("is refused before anything is touched when it was cut off or changed")
  void damaged() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("damaged")) {
      Target target = target(source);
      execute(target, "create table t (i int, t text)", ROWS.formatted("t", 5_000));
      Manifest manifest = take(target, options(), BackupProgress.SILENT);
      Path file = folder.resolve(manifest.file());
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[flipped.length / 2] ^= 4;
      List<byte[]> wrecks = List.of(java.util.Arrays.copyOf(whole, whole.length - 100), flipped);
      List<String> databases = query(target, "select datname from pg_database order by 1");
      for (byte[] wreck : wrecks) {
        Files.write(file, wreck);
        assertThatThrownBy(
                () ->
                    Restoring.run(
                        target,
                        "test",
                        options(),
                        new RestoreOptions(true, true, true),
                        BackupProgress.SILENT,
                        manifest.name()))
            .isInstanceOfSatisfying(
                MigrateException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.BACKUP_DAMAGED));
        assertThat(query(target, "select datname from pg_database order by 1"))
            .isEqualTo(databases);
        assertThat(query(target, "select count(*) from t")).containsExactly("5000");
      }
      Path renamed = folder.resolve("elsewhere.sql.gz");
      Files.move(file, renamed, StandardCopyOption.REPLACE_EXISTING);
      assertThat(new BackupFolder(folder).content().broken()).hasSize(1);
      assertThat(new BackupFolder(folder).content().strangers()).containsExactly(renamed);
      take(target, options(), BackupProgress.SILENT);
      assertThatThrownBy(() -> new BackupFolder(folder).find("latest", target))
          .as("which one is the latest, with one that cannot be used")
          .hasMessageContaining("cannot be told which backup")
          .hasMessageContaining(manifest.file());
    }
  }

  @Test
  @DisplayName("does not mind another one at the same moment")
  void twoAtOnce() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("twice")) {
      Target target = target(source);
      execute(target, "create table t (i int, t text)", ROWS.formatted("t", 20_000));
      List<CompletableFuture<Manifest>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        running.add(
            CompletableFuture.supplyAsync(() -> take(target, options(), BackupProgress.SILENT)));
      }
      List<String> names = new ArrayList<>();
      for (CompletableFuture<Manifest> one : running) {
        names.add(get(one).name());
      }
      assertThat(names).doesNotHaveDuplicates();
      assertThat(new BackupFolder(folder).content().backups()).hasSize(2);
      assertThat(new BackupFolder(folder).content().broken()).isEmpty();
    }
  }

  private static Manifest get(CompletableFuture<Manifest> one)
      throws InterruptedException, ExecutionException {
    return one.get();
  }

  @Test
  @DisplayName("is verified by what comes back from scratch")
  void verified() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("verified")) {
      EveryKind.fill(target(source));
      Manifest manifest = take(target(source), options(), BackupProgress.SILENT);

      Manifest proven =
          new BackupVerification(TestPostgres.server(), options(), BackupProgress.SILENT)
              .verify(manifest);

      assertThat(proven.verifiedAt()).isPresent();
      assertThat(new BackupFolder(folder).find("latest", target(source)).verifiedAt()).isPresent();
      Path file = folder.resolve(manifest.name() + ManifestFile.EXTENSION);
      String sum = manifest.tables().get(0).sum().orElseThrow();
      String other = Files.readString(file).replace("\"" + sum + "\"", "\"1\"");
      Files.write(file, ManifestFile.write(new Gson().fromJson(other, Manifest.class)));
      assertThatThrownBy(
              () ->
                  new BackupVerification(TestPostgres.server(), options(), BackupProgress.SILENT)
                      .verify(new BackupFolder(folder).find("latest", target(source))))
          .hasMessageContaining("has other values");
    }
  }

  @Test
  @DisplayName("is verified on a server that is lent, if it is of the same version")
  void verifiedOnALentServer() throws Exception {
    try (ScratchDatabase source = TestPostgres.database("lent")) {
      Target target = target(source);
      execute(target, "create table t (i int, t text)", ROWS.formatted("t", 100));
      Manifest manifest = take(target, options(), BackupProgress.SILENT);
      try (Scratch lent = BorrowedScratch.on(source.jdbcUrl(), source.user(), source.password())) {
        assertThat(
                new BackupVerification(lent, options(), BackupProgress.SILENT)
                    .verify(manifest)
                    .verifiedAt())
            .isPresent();
      }
      Optional<InstalledServer> older = InstalledServer.get();
      Assumptions.assumeTrue(older.isPresent(), "PostgreSQL 15 is not installed here");
      try (Scratch lent =
          BorrowedScratch.on(older.get().target("postgres").jdbcUrl(), "postgres", "secret word")) {
        assertThatThrownBy(
                () ->
                    new BackupVerification(lent, options(), BackupProgress.SILENT).verify(manifest))
            .isInstanceOfSatisfying(
                MigrateException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER))
            .hasMessageContaining("is PostgreSQL 15");
      }
    }
  }

  /** A process that takes a backup, to be killed. */
  static final class KilledBackup {
    static final String WAITS = "has rows, and waits to be killed";

    private KilledBackup() {}

    public static void main(String[] arguments) {
      take(
          Target.of(arguments[0], arguments[1], arguments[2], "test"),
          BackupOptions.in(Path.of(arguments[3])).with(BackupEngine.Choice.JDBC),
          onFirstRows(
              () -> {
                System.out.println(WAITS);
                LockSupport.park();
              }));
    }
  }
}
