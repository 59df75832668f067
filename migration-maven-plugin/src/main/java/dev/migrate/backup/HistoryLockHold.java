package dev.migrate.backup;

import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The advisory lock of the migration history as a restore needs it: a session in the very database
 * that is restored holds it. As long as it does, nobody upgrades what is about to be replaced.
 *
 * @param pid the process of that session, as {@code pg_stat_activity} has it
 * @param held whether it is still there
 * @param release ends the session; may be called more than once
 */
public record HistoryLockHold(long pid, BooleanSupplier held, Runnable release) {
  /** All of it is needed. */
  public HistoryLockHold {
    Objects.requireNonNull(held, "held");
    Objects.requireNonNull(release, "release");
  }
}
