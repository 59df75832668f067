package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Retry with growing pauses for a script that hit its {@code lock_timeout}. Whoever waits for a
 * lock makes everybody behind him wait, too, so it is better to give up early and come back.
 */
final class LockRetry {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final int retries;
  private final Progress progress;
  private int attempts;

  LockRetry(int retries, Progress progress) {
    this.retries = retries;
    this.progress = progress;
  }

  /** Another script is at work: its attempts count from one. */
  void next() {
    attempts = 0;
  }

  /**
   * @return how often the script was tried
   */
  int attempts() {
    return attempts;
  }

  /**
   * Counts a failed attempt and, if there is another one, waits until it may start: twice as long
   * each time, and not all processes equally long.
   *
   * @param failure what stopped the script, which was rolled back
   * @return whether to try again
   */
  boolean again(ScriptFailure failure, Optional<Revision> revision) {
    attempts++;
    if (!failure.isRetriable() || attempts > retries) {
      return false;
    }
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
    if (pause.compareTo(LONGEST_PAUSE) > 0) {
      pause = LONGEST_PAUSE;
    }
    Duration varied = pause.plusMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2));
    revision.ifPresent(at -> progress.retrying(at, attempts, varied));
    try {
      Thread.sleep(varied.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrateException(
          FailureCode.LOCK_TIMEOUT,
          "Interrupted while waiting to try a revision again.",
          "It was rolled back; run the goal again.",
          e);
    }
    return true;
  }
}
