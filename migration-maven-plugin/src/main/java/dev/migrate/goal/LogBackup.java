package dev.migrate.goal;

import dev.migrate.backup.BackupProgress;
import dev.migrate.report.Durations;
import dev.migrate.report.Sizes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.maven.plugin.logging.Log;

/** Tells the reader of the build how a backup or a restore gets on. */
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
  private synchronized void tell() {
    if (bytesDone == bytesTold && tablesDone == tablesTold) {
      return;
    }
    bytesTold = bytesDone;
    tablesTold = tablesDone;
    double elapsed = (System.nanoTime() - start) / 1e9;
    double rate = bytesDone / elapsed;
    StringBuilder line = new StringBuilder("  ");
    if (tablesDone > 0) {
      line.append("%d of %d tables, ".formatted(tablesDone, tables));
    }
    line.append(
        "%s of about %s, %s/s"
            .formatted(Sizes.text(bytesDone), Sizes.text(bytes), Sizes.text((long) rate)));
    if (rate > 0 && bytes > bytesDone) {
      long left = (long) ((bytes - bytesDone) / rate * 1000);
      line.append(", about ").append(Durations.text(Duration.ofMillis(left))).append(" left");
    }
    log.info(line.toString());
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
