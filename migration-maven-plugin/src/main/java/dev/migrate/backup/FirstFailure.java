package dev.migrate.backup;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Collects the first exception of several worker threads that work for the same end, so that the
 * others stop and it is thrown.
 */
final class FirstFailure {
  private final AtomicReference<Throwable> reason = new AtomicReference<>();

  void keep(Throwable failure) {
    reason.compareAndSet(null, failure);
  }

  boolean happened() {
    return reason.get() != null;
  }

  /** Throws it, whatever it is; nothing is thrown when nothing has failed. */
  void rethrow() throws SQLException, IOException {
    Throwable failure = reason.get();
    if (failure instanceof SQLException e) {
      throw e;
    }
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
