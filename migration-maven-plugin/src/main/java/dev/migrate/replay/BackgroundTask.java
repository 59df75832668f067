package dev.migrate.replay;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A background task, a future with a thread of its own: something that another thread makes while
 * this one has other work. Closing waits until that thread is done, so that nobody uses what is
 * closed afterwards.
 *
 * @param <T> what it is
 */
public final class BackgroundTask<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  private BackgroundTask(FutureTask<T> task) {
    this.task = task;
    this.thread = new Thread(task, "migrate task");
  }

  /**
   * @param work what to do; its thread begins now
   */
  public static <T> BackgroundTask<T> begin(Supplier<T> work) {
    BackgroundTask<T> task = new BackgroundTask<>(new FutureTask<>(work::get));
    task.thread.setDaemon(true);
    task.thread.start();
    return task;
  }

  /**
   * Waits for it.
   *
   * @return what was made; what was thrown is thrown here
   */
  public T get() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true; // it ends by itself, and nothing may be closed before
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException failure) {
            throw failure;
          }
          throw (Error) e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What was thrown and nobody asked for is not worth more than what made this one leave. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
