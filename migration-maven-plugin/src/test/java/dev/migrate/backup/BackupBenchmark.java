package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;

import dev.migrate.target.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our engine beside {@code pg_dump -Fc} at the same level of compression: one database, the tables
 * of pgbench, one of jsonb and one of bytea. {@code -Dbenchmark.scale=45} makes about 1 GB.
 */
@Tag("benchmark")
class BackupBenchmark {
  private static final int SCALE = Integer.getInteger("benchmark.scale", 45);
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final int LEVEL = 6;

  @TempDir Path folder;

  @Test
  void bothEngines() throws Exception {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed here");
    execute(server.get().target("postgres"), "create database bench");
    Target target = server.get().target("bench");
    fill(target);
    System.out.printf(
        "%s, %d processors%n",
        BackupIT.query(target, "select pg_size_pretty(pg_database_size('bench'))").get(0),
        Runtime.getRuntime().availableProcessors());
    double best = Double.MAX_VALUE;
    double bestPgDump = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      bestPgDump = Math.min(bestPgDump, pgDumpAlone(target));
      best = Math.min(best, ours(target));
    }
    System.out.printf(
        Locale.ROOT,
        "jdbc %.1f s, pg_dump %.1f s: ratio %.2f%n",
        best,
        bestPgDump,
        best / bestPgDump);
  }

  private static void fill(Target target) throws Exception {
    execute(
        target,
        "create table pgbench_accounts (aid int not null, bid int, abalance int, filler char(84))",
        "insert into pgbench_accounts select i, 1 + i / 100000, 0, '' from generate_series(1, "
            + SCALE * 100_000
            + ") i",
        "alter table pgbench_accounts add primary key (aid)",
        "create table documents (id int primary key, body jsonb)",
        "insert into documents select i, jsonb_build_object('id', i, 'name', md5(i::text), 'tags',"
            + " array[md5((i * 2)::text), 'x'], 'price', i / 7.0) from generate_series(1, "
            + SCALE * 15_000
            + ") i",
        "create table blobs (id int primary key, body bytea)",
        "insert into blobs select i, decode(repeat(md5(i::text), 40) || md5((i * 3)::text), 'hex')"
            + " from generate_series(1, "
            + SCALE * 3_000
            + ") i",
        "vacuum analyze");
  }

  private double ours(Target target) throws IOException {
    System.gc();
    resetPeaks();
    long start = System.nanoTime();
    Manifest manifest =
        new Backup(
                target,
                "benchmark",
                "flyway_schema_history",
                BackupOptions.in(folder).with(Engine.Choice.JDBC),
                BackupProgress.SILENT)
            .take(connection -> List.of());
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "jdbc     %.1f s, %d MB, peak heap %d MB%n",
        seconds,
        manifest.bytes() >> 20,
        peakHeap() >> 20);
    Files.delete(folder.resolve(manifest.file()));
    Files.delete(folder.resolve(manifest.name() + ManifestFile.EXTENSION));
    return seconds;
  }

  private double pgDumpAlone(Target target) throws Exception {
    Path file = folder.resolve("alone.dump");
    ClientTool tool = ClientTool.find("pg_dump", BackupOptions.in(folder), 15).orElseThrow();
    long start = System.nanoTime();
    AtomicLong peak = new AtomicLong();
    try (ToolRun run =
        ToolRun.start(
            tool,
            target,
            List.of("-Fc", "-Z" + LEVEL, "--file=" + file, "--dbname=" + target.database()),
            true)) {
      AtomicBoolean running = new AtomicBoolean(true);
      Thread watch =
          new Thread(
              () -> {
                while (running.get()) {
                  peak.accumulateAndGet(resident(run.process().pid()), Math::max);
                  try {
                    Thread.sleep(100);
                  } catch (InterruptedException e) {
                    return;
                  }
                }
              });
      watch.start();
      run.finish();
      running.set(false);
      watch.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "pg_dump  %.1f s, %d MB, peak resident %d MB%n",
        seconds,
        Files.size(file) >> 20,
        peak.get() >> 10);
    Files.delete(file);
    return seconds;
  }

  /** In kB; 0 when the process has ended. */
  private static long resident(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }

  private static void resetPeaks() {
    ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
