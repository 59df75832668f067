package dev.migrate.goal;

import dev.migrate.backup.BackupProgress;
import dev.migrate.report.Durations;
import dev.migrate.report.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.maven.plugin.logging.Log;

/** Logs the progress of a backup or a restore to the Maven log. */
final class LogBackup implements BackupProgress, AutoCloseable {
  private final Log log;
  private final long seconds = Terminal.isThere() ? 2 : 5;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "migrate-backup-progress");
            thread.setDaemon(true);
            return thread;
          });
  private ScheduledFuture<?> heartbeat;
  private int tables;
  private int tablesDone;
  private int tablesTold;
  private long bytes;
  private long bytesDone;
  private long bytesTold;
  private long start;

  LogBackup(Log log) {
    this.log = log;
  }

  @Override
  public synchronized void begins(String what, int tableCount, long byteCount) {
    ends();
    tables = tableCount;
    bytes = byteCount;
    tablesDone = 0;
    tablesTold = 0;
    bytesDone = 0;
    bytesTold = 0;
    start = System.nanoTime();
    log.info("%s: %d tables, about %s".formatted(what, tableCount, Sizes.text(byteCount)));
    heartbeat = clock.scheduleAtFixedRate(this::tell, seconds, seconds, TimeUnit.SECONDS);
  }

  @Override
  public synchronized void moved(int moreTables, long moreBytes) {
    tablesDone += moreTables;
    bytesDone += moreBytes;
  }

  /** Says nothing while nothing moves: the first line tells what is under way. */
  synchronized void tell() {
    if (bytesDone == bytesTold && tablesDone == tablesTold) {
      return;
    }
    bytesTold = bytesDone;
    tablesTold = tablesDone;
    List<String> parts = new ArrayList<>();
    if (tablesDone > 0) {
      parts.add("%d of %d tables".formatted(tablesDone, tables));
    }
    if (bytesDone > 0) {
      double rate = bytesDone / ((System.nanoTime() - start) / 1e9);
      parts.add(Sizes.text(bytesDone) + (bytes > 0 ? " of about " + Sizes.text(bytes) : ""));
      if (rate >= 1) {
        parts.add(Sizes.text((long) rate) + "/s");
      }
      if (rate >= 1 && bytes > bytesDone) {
        long left = (long) ((bytes - bytesDone) / rate * 1000);
        parts.add("about %s left".formatted(Durations.text(Duration.ofMillis(left))));
      }
    }
    log.info("  " + String.join(", ", parts));
  }

  @Override
  public synchronized void ends() {
    if (heartbeat != null) {
      heartbeat.cancel(false);
      heartbeat = null;
    }
  }

  @Override
  public void warning(String text) {
    log.warn(text);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
