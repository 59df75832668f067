package dev.migrate.prove;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Something that another thread makes while this one has other work. Closing waits until that
 * thread is done, so that nobody uses what is closed afterwards.
 *
 * @param <T> what it is
 */
final class Meanwhile<T> implements AutoCloseable {
  private final FutureTask<T> task;
  private final Thread thread;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
    this.thread = new Thread(task, "migrate meanwhile");
  }

  /**
   * @param work what to do; its thread begins now
   */
  static <T> Meanwhile<T> begin(Supplier<T> work) {
    Meanwhile<T> meanwhile = new Meanwhile<>(new FutureTask<>(work::get));
    meanwhile.thread.setDaemon(true);
    meanwhile.thread.start();
    return meanwhile;
  }

  /**
   * Waits for it.
   *
   * @return what was made; what was thrown is thrown here
   */
  T get() {
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
