package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A read-only query in a background thread (a future) whose result is waited for when it is needed.
 *
 * @param <T> what it is
 */
final class BackgroundLookup<T> {
  private final FutureTask<T> task;

  private BackgroundLookup(FutureTask<T> task) {
    this.task = task;
  }

  /**
   * @param name of the thread
   * @param work what it does; whatever it opens it closes itself, since nobody may ask for its
   *     result
   * @return the running work
   */
  static <T> BackgroundLookup<T> start(String name, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return new BackgroundLookup<>(task);
  }

  /**
   * @return what was found out
   * @throws MigrateException as the work threw it
   */
  T result() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrateException(
          FailureCode.CONNECTION, "The goal was interrupted.", "Run it again.", e);
    }
  }
}
