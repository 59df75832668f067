package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;

import dev.migrate.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our engine beside {@code pg_dump -Fc} at the same level of compression: one database, the tables
 * of pgbench, one of jsonb and one of bytea. {@code -Dbenchmark.scale=60} makes about 1.2 GB. Our
 * engine works in a JVM of its own with a heap of 64 MB, whatever the scale.
 */
@Tag("benchmark")
class BackupBenchmark {
  private static final int SCALE = Integer.getInteger("benchmark.scale", 60);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final long PATIENCE_MINUTES = 30;

  @TempDir Path folder;

  /**
   * What one job took.
   *
   * @param seconds of the job, without the start of its JVM
   * @param bytes of the file; 0 for a restore
   * @param heap what the JVM has taken for its heap at the end, in bytes; 0 without a JVM
   * @param resident the peak of the JVM's memory as the system sees it, in bytes; 0 without a JVM
   * @param tools the same for the client tools that it started, added up
   * @param name of the backup
   */
  private record Cost(
      double seconds, long bytes, long heap, long resident, long tools, String name) {
    Cost better(Cost other) {
      return other == null || seconds < other.seconds ? this : other;
    }
  }

  @Test
  void bothEngines() throws Exception {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed here");
    Target postgres = server.get().target("postgres");
    execute(postgres, "create database bench");
    Target target = server.get().target("bench");
    String filler = fill(target);
    String size = BackupIT.query(target, "select pg_size_pretty(pg_database_size('bench'))").get(0);
    Cost jdbc = null;
    Cost jdbcRestore = null;
    Cost pgDump = null;
    Cost pgDumpRestore = null;
    Cost alone = null;
    for (int i = 0; i < ROUNDS; i++) {
      alone = pgDumpAlone(target).better(alone);
      jdbc = ours(target, BackupEngine.Choice.JDBC.name(), "bench").better(jdbc);
      jdbcRestore = restored(server.get(), jdbc.name()).better(jdbcRestore);
      pgDump = ours(target, BackupEngine.Choice.PG_DUMP.name(), "bench").better(pgDump);
      pgDumpRestore = restored(server.get(), pgDump.name()).better(pgDumpRestore);
    }
    System.out.printf(
        "%n%s by %s, %d processors, best of %d, level %d%n%n",
        size,
        filler,
        Runtime.getRuntime().availableProcessors(),
        ROUNDS,
        BackupOptions.USUAL_LEVEL);
    System.out.println(
        "| | backup | file | heap | resident JVM | resident tools | restore | heap | resident JVM |"
            + " resident tools |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    System.out.println(row("`jdbc`, -Xmx64m", jdbc, Optional.of(jdbcRestore)));
    System.out.println(row("`pg_dump` engine, -Xmx64m", pgDump, Optional.of(pgDumpRestore)));
    System.out.println(row("`pg_dump -Fc -Z6` alone", alone, Optional.empty()));
    System.out.println(ratios("jdbc / `pg_dump` engine", jdbc, jdbcRestore, pgDump, pgDumpRestore));
    System.out.println(ratios("jdbc / `pg_dump` alone", jdbc, jdbcRestore, alone, null));
  }

  private static String row(String name, Cost backup, Optional<Cost> restore) {
    return "| %s | %s | %d MB | %s | %s | %s | %s | %s | %s | %s |"
        .formatted(
            name,
            seconds(backup),
            backup.bytes() >> 20,
            megabytes(backup.heap()),
            megabytes(backup.resident()),
            megabytes(backup.tools()),
            restore.map(BackupBenchmark::seconds).orElse("–"),
            restore.map(cost -> megabytes(cost.heap())).orElse("–"),
            restore.map(cost -> megabytes(cost.resident())).orElse("–"),
            restore.map(cost -> megabytes(cost.tools())).orElse("–"));
  }

  /** All that a backup and its restore hold in memory beside what the other's hold. */
  private static String ratios(
      String name, Cost backup, Cost restore, Cost otherBackup, Cost otherRestore) {
    Function<Cost, Double> memory = cost -> (double) (cost.resident() + cost.tools());
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | – | %.2f in all | | %s | – | %s | |",
        name,
        backup.seconds() / otherBackup.seconds(),
        (double) backup.bytes() / otherBackup.bytes(),
        memory.apply(backup) / memory.apply(otherBackup),
        otherRestore == null ? "–" : "%.2f".formatted(restore.seconds() / otherRestore.seconds()),
        otherRestore == null
            ? "–"
            : "%.2f in all".formatted(memory.apply(restore) / memory.apply(otherRestore)));
  }

  private static String seconds(Cost cost) {
    return String.format(Locale.ROOT, "%.1f s", cost.seconds());
  }

  private static String megabytes(long bytes) {
    return bytes == 0 ? "–" : (bytes >> 20) + " MB";
  }

  private static String fill(Target target) throws Exception {
    String filler = accounts(target);
    execute(
        target,
        "create table documents (id int primary key, body jsonb)",
        "insert into documents select i, jsonb_build_object('id', i, 'name', md5(i::text), 'tags',"
            + " array[md5((i * 2)::text), 'x'], 'price', i / 7.0) from generate_series(1, "
            + SCALE * 15_000
            + ") i",
        "create table blobs (id int primary key, body bytea)",
        "insert into blobs select i, decode(string_agg(md5((i * 64 + j)::text), ''), 'hex')"
            + " from generate_series(1, 40) j, generate_series(1, "
            + SCALE * 3_000
            + ") i group by i",
        "vacuum analyze");
    return filler;
  }

  /** By pgbench itself where it is; by SQL that makes about the same where it is not. */
  private static String accounts(Target target) throws Exception {
    Path pgbench = InstalledServer.BINARIES.resolve("pgbench");
    if (Files.isExecutable(pgbench)) {
      ProcessBuilder builder =
          new ProcessBuilder(pgbench.toString(), "-i", "-q", "-s", String.valueOf(SCALE))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().putAll(target.libpqEnvironment());
      finish(builder.start());
      return "pgbench -i -s " + SCALE;
    }
    execute(
        target,
        "create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84))",
        "insert into pgbench_accounts select i, 1 + i / 100000, 0, '' from generate_series(1, "
            + SCALE * 100_000
            + ") i",
        "alter table pgbench_accounts add primary key (aid)");
    return "SQL like pgbench -i -s " + SCALE;
  }

  private Cost restored(InstalledServer server, String name) throws Exception {
    Target postgres = server.target("postgres");
    execute(postgres, "create database bench_restored");
    Cost cost = ours(server.target("bench_restored"), BackupJob.RESTORE, name);
    String count = "select count(*) from blobs";
    if (!BackupIT.query(server.target("bench_restored"), count)
        .equals(List.of(String.valueOf(SCALE * 3_000)))) {
      throw new IllegalStateException(name + " did not bring back every row");
    }
    execute(postgres, "drop database bench_restored");
    return cost;
  }

  private Cost ours(Target target, String job, String name) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                BackupJob.class.getName(),
                target.jdbcUrl(),
                target.user(),
                target.libpqEnvironment().get("PGPASSWORD"),
                folder.toString(),
                job,
                name)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Watch watch = Watch.of(process, false);
    List<String> answer = new String(process.getInputStream().readAllBytes()).lines().toList();
    finish(process);
    long tools = watch.stop();
    Cost cost =
        new Cost(
            Double.parseDouble(answer.get(0)),
            Long.parseLong(answer.get(1)),
            Long.parseLong(answer.get(2)),
            Long.parseLong(answer.get(3)),
            tools,
            answer.get(4));
    System.out.println(job + ": " + cost);
    return cost;
  }

  private Cost pgDumpAlone(Target target) throws Exception {
    Path file = folder.resolve("alone.dump");
    ProcessBuilder builder =
        new ProcessBuilder(
            InstalledServer.BINARIES.resolve("pg_dump").toString(),
            "-Fc",
            "-Z" + BackupOptions.USUAL_LEVEL,
            "--file=" + file);
    builder.environment().putAll(target.libpqEnvironment());
    long start = System.nanoTime();
    Process process = builder.inheritIO().start();
    Watch watch = Watch.of(process, true);
    finish(process);
    double seconds = (System.nanoTime() - start) / 1e9;
    Cost cost = new Cost(seconds, Files.size(file), 0, 0, watch.stop(), "alone");
    System.out.println("pg_dump alone: " + cost);
    Files.delete(file);
    return cost;
  }

  private static void finish(Process process) throws InterruptedException {
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("No end: " + process.info());
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("Exit code " + process.exitValue());
    }
  }

  /** Looks ten times a second at how much memory processes have had at most. */
  private static final class Watch {
    private final Map<Long, Long> peaks = new ConcurrentHashMap<>();
    private final Thread thread;

    private Watch(Process process, boolean itself) {
      thread =
          new Thread(
              () -> {
                try {
                  while (process.isAlive()) {
                    List<ProcessHandle> seen = new ArrayList<>(process.descendants().toList());
                    if (itself) {
                      seen.add(process.toHandle());
                    }
                    seen.forEach(
                        one -> peaks.merge(one.pid(), BackupJob.resident(one.pid()), Math::max));
                    Thread.sleep(100);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
    }

    static Watch of(Process process, boolean itself) {
      return new Watch(process, itself);
    }

    long stop() throws InterruptedException {
      thread.join();
      return peaks.values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
