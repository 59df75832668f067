package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.KillableJob.Work;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ends the process of a backup, a restore or a rehearsal at random moments: {@code -Dkills=40} for
 * each kind of work, by default once for a third of the kinds; {@code -Dkills.seed} for other
 * moments, and another third.
 */
@DisplayName("A process that is killed at any moment")
class KilledBackupIT {
  private static final int KILLS = Integer.getInteger("kills", 1);
  private static final long SEED = Long.getLong("kills.seed", 7);
  private static final int THIRD = 3;

  @TempDir Path folder;

  private int swept;
  private int handed;
  private int half;
  private int done;

  static List<Arguments> kinds() {
    List<Arguments> all =
        List.of(
            Arguments.of(Work.RESTORE, BackupEngine.Choice.JDBC, "exchange"),
            Arguments.of(Work.RESTORE, BackupEngine.Choice.PG_DUMP, "place"),
            Arguments.of(Work.BACKUP, BackupEngine.Choice.JDBC, "exchange"),
            Arguments.of(Work.COPY_ON_SCRATCH, BackupEngine.Choice.JDBC, "exchange"),
            Arguments.of(Work.COPY_ON_TARGET, BackupEngine.Choice.JDBC, "exchange"),
            Arguments.of(Work.RESTORE, BackupEngine.Choice.JDBC, "place"),
            Arguments.of(Work.BACKUP, BackupEngine.Choice.PG_DUMP, "exchange"),
            Arguments.of(Work.RESTORE, BackupEngine.Choice.PG_DUMP, "exchange"));
    if (System.getProperty("kills") != null) {
      return all;
    }
    return IntStream.range(0, all.size())
        .filter(i -> i % THIRD == Math.floorMod(SEED, THIRD))
        .mapToObj(all::get)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  @DisplayName("leaves a database as it was or as it was to be, and nothing that is not swept")
  void killed(Work work, BackupEngine.Choice engine, String way) throws Exception {
    if (work == Work.COPY_ON_SCRATCH) {
      // Scratch is of the version of the target, and embedded.
      try (ScratchDatabase database = TestPostgres.database("killed")) {
        kill(work, engine, BackupIT.target(database), database.password());
      }
      return;
    }
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed: not judged by it");
    Target admin = server.get().target("postgres");
    String name = ("killed_" + work + "_" + engine + "_" + way).toLowerCase(Locale.ROOT);
    execute(
        admin,
        "create role %s login password 'word' %s"
            .formatted(name, way.equals("place") ? "" : "createdb"),
        "create database %1$s owner %1$s".formatted(name));
    kill(work, engine, Target.of(admin.withDatabase(name).jdbcUrl(), name, "word", "test"), "word");
  }

  private void kill(Work work, BackupEngine.Choice engine, Target target, String password)
      throws Exception {
    final Target admin = target.withDatabase("postgres");
    execute(
        target,
        "create table a (i int primary key, w text)",
        "insert into a select i, repeat('a', 50) from generate_series(1, 20000) i",
        "create table b (i int references a, n numeric default random())",
        "insert into b select i from generate_series(1, 20000) i",
        "create index on b (n)",
        "create materialized view v as select count(*) from b");
    final List<TableChecksum> whole = content(target);
    final Manifest manifest =
        new Backup(
                target,
                "test",
                "flyway_schema_history",
                BackupOptions.in(folder).with(engine).withChecksums(),
                BackupProgress.SILENT)
            .take(connection -> List.of());
    spoil(target);

    long span = run(work, target, password, manifest, Long.MAX_VALUE);
    settle(work, admin, target, whole);
    Random random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      long moment = (long) (random.nextDouble() * span);
      run(work, target, password, manifest, moment);
      settle(work, admin, target, whole);
    }

    System.out.printf(
        "%s %s of %s: %d kills within %d ms, %d had done their work, %d half or lost, %d left"
            + " something that was swept, %d needed a hand%n",
        work, engine, target.database(), KILLS, span / 1_000_000, done, half, swept, handed);
    assertThat(half).as("half or lost").isZero();
    assertThat(handed).as("needed a hand").isZero();
  }

  private static List<TableChecksum> content(Target target) {
    return TableChecksums.of(target, "test", 1, true);
  }

  /** So that it can be told whether the restore has happened. */
  private static void spoil(Target target) throws SQLException {
    execute(target, "delete from b where i % 3 = 0", "create table c (i int)");
  }

  /** Runs the work and kills it after a while; how long it took. */
  private long run(Work work, Target target, String password, Manifest manifest, long nanos)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KillableJob.class.getName(),
                    work.name(),
                    target.jdbcUrl(),
                    target.user(),
                    password,
                    folder.toString(),
                    manifest.engine().name(),
                    manifest.name()))
            .redirectError(folder.resolve("error.log").toFile())
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo(KillableJob.BEGUN);
      long begun = System.nanoTime();
      if (nanos == Long.MAX_VALUE) {
        String said = out.readLine();
        assertThat(said)
            .as(Files.readString(folder.resolve("error.log")))
            .isEqualTo(KillableJob.DONE);
      } else if (!process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
        process.destroyForcibly();
      }
      process.waitFor();
      return System.nanoTime() - begun;
    }
  }

  /** Looks at what is there, sweeps, and makes it ready for the next kill. */
  private void settle(Work work, Target admin, Target target, List<TableChecksum> whole)
      throws Exception {
    awaitNobody(admin, target);
    boolean left = false;
    OrphanedCopies leftovers = new OrphanedCopies(target, "test", folder.resolve("copies"));
    for (OrphanedCopies.Leftover one : leftovers.find()) {
      left = true;
      handed += leftovers.sweep(one) ? 0 : 1;
    }
    List<String> beside =
        query(
            admin,
            "select datname from pg_database where datname like '%s\\_%%' order by 1"
                .formatted(target.database().replace("_", "\\_")));
    for (String other : beside) {
      if (other.startsWith(target.database() + "_before_")) {
        execute(admin, "drop database " + other);
      } else {
        System.out.println("left behind: " + other);
        handed++;
      }
    }
    List<TableChecksum> now = content(target);
    if (work == Work.RESTORE) {
      boolean restored = now.equals(whole);
      boolean spoilt =
          now.size() == whole.size() + 1
              && now.get(1).rows() < whole.get(1).rows()
              && now.get(0).equals(whole.get(0));
      half += restored == spoilt ? 1 : 0;
      done += restored ? 1 : 0;
      if (restored) {
        spoil(target);
      }
    }
    if (work == Work.BACKUP) {
      left |= folderIsSound();
    }
    if (work == Work.COPY_ON_SCRATCH) {
      ScratchServer.start(TestPostgres.installation(), folder.resolve("scratch")).close();
      try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
        handed += (int) files.count();
      }
    }
    swept += left ? 1 : 0;
  }

  /** Every backup that is listed is whole, and the next one leaves nothing beside them. */
  private boolean folderIsSound() throws IOException {
    BackupFolder.Content content = new BackupFolder(folder).content();
    for (Manifest one : content.backups()) {
      RestoreConditions.requireIntact(one, new BackupFolder(folder).data(one));
    }
    done = content.backups().size() - 2; // one was there, one was not killed
    return !content.strangers().isEmpty() || hidden() > 0;
  }

  private long hidden() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(".")).count();
    }
  }

  private static void awaitNobody(Target admin, Target target)
      throws SQLException, InterruptedException {
    // The server goes on with a statement for a while when nobody waits for it any more.
    String sessions =
        ("select count(*) from pg_stat_activity where datname like '%s%%' or usename = '%s'"
                + " and application_name in ('migrate:backup', 'migrate:restore', 'migrate:rehearse')")
            .formatted(target.database(), target.user());
    for (int i = 0; i < 1_200; i++) {
      if (query(admin, sessions).get(0).equals("0")) {
        return;
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("a session of a killed process does not end");
  }
}
