package dev.migrate.goal;

import dev.migrate.backup.Manifest;
import dev.migrate.report.Durations;
import dev.migrate.report.RunText;
import dev.migrate.report.StateText;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.run.PlannedRun;
import dev.migrate.run.RunProgress;
import dev.migrate.script.JavaMigration;
import dev.migrate.text.PlainText;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.maven.plugin.logging.Log;

/**
 * Logs the progress of an upgrade, a downgrade or a replay to the Maven log, with a heartbeat while
 * a long revision says nothing.
 */
final class LogProgress implements RunProgress, AutoCloseable {
  private static final long HEARTBEAT_SECONDS = 10;

  private final Log log;
  private final boolean everyOne;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "migrate-progress");
            thread.setDaemon(true);
            return thread;
          });
  private ScheduledFuture<?> heartbeat;
  private int done;
  private Revision last;
  private Revision atWork;

  LogProgress(Log log) {
    this(log, true);
  }

  private LogProgress(Log log, boolean everyOne) {
    this.log = log;
    this.everyOne = everyOne;
  }

  /** One that says nothing of revisions that are done in no time. */
  static LogProgress ofSlowOnes(Log log) {
    return new LogProgress(log, false);
  }

  @Override
  public void waiting(String holder) {
    log.info("Waiting for the lock of the history, held by " + holder + ".");
  }

  @Override
  public synchronized void started(Revision revision) {
    stopHeartbeat();
    atWork = revision;
    long start = System.nanoTime();
    heartbeat =
        clock.scheduleAtFixedRate(
            () ->
                log.info(
                    "  %s  %s … still running after %s"
                        .formatted(
                            revision.id(),
                            revision.message(),
                            Durations.text(Duration.ofNanos(System.nanoTime() - start)))),
            HEARTBEAT_SECONDS,
            HEARTBEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public synchronized void finished(Revision revision, Duration took) {
    stopHeartbeat();
    done++;
    last = revision;
    atWork = null;
    if (everyOne) {
      log.info("  %s  %s (%s)".formatted(revision.id(), revision.message(), Durations.text(took)));
    }
  }

  @Override
  public void started(JavaMigration step) {
    if (everyOne) {
      PlainText.lines("  in Java: " + step, "    ").forEach(log::info);
    }
  }

  @Override
  public void notice(String message) {
    if (everyOne) {
      PlainText.lines("    PostgreSQL says: " + message, "      ").forEach(log::info);
    }
  }

  @Override
  public void retrying(Revision revision, int attempt, Duration pause) {
    stopHeartbeat();
    log.warn(
        "  %s could not get a lock (attempt %d); next attempt in %s"
            .formatted(revision.id(), attempt, Durations.text(pause)));
  }

  @Override
  public void runningAgain(Revision revision) {
    log.info(
        "  %s stopped half-way last time; its script says that it may run again, so its record is"
                .formatted(revision.id())
            + " mended and it does.");
  }

  /**
   * @param verb what becomes of revisions in this run
   * @return what is left when it is cut off now
   */
  synchronized String leftBehind(String verb) {
    String whole =
        done == 0
            ? "No revision was %s.".formatted(verb)
            : "%s %s %s, the last %s."
                .formatted(
                    StateText.count(done, "revision"),
                    done == 1 ? "is" : "are",
                    verb,
                    last.title());
    String half =
        atWork == null
            ? ""
            : " %s was at work: PostgreSQL takes back what its script had done, unless it runs without a transaction."
                .formatted(atWork.title());
    return "Stopped. " + whole + half;
  }

  @Override
  public void begins(PlannedRun run) {
    log.info(RunText.beginning(run));
  }

  @Override
  public void needlessRerun(RevisionId id) {
    log.info(
        "Revision %s did not stop half-way, so there is nothing to run again for migrate.rerun."
            .formatted(id));
  }

  @Override
  public void backupDue(String reason) {
    log.info("A backup first, because of: " + reason);
  }

  @Override
  public void backupExists(String reason, Manifest backup) {
    log.info(
        "No second backup because of: %s. %s is verified, and nothing was written since."
            .formatted(reason, backup.name()));
  }

  @Override
  public void backedUp(Manifest backup) {
    log.info("Backed up as " + backup.name() + ".");
  }

  private synchronized void stopHeartbeat() {
    if (heartbeat != null) {
      heartbeat.cancel(false);
      heartbeat = null;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
