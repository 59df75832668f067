package dev.migrate.observe;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a statement was observed to do: locks, table rewrites and scans, run alone on tables that
 * were there before. Tables are named as SQL names them.
 *
 * @param locks the strongest lock on each table that made others wait
 * @param rewritten the tables that got a new file
 * @param scanned the tables that were read from one end to the other
 * @param refusal what PostgreSQL said when there were rows, or null when it went well with them
 */
public record Observation(
    SortedMap<String, TableLock> locks,
    SortedSet<String> rewritten,
    SortedSet<String> scanned,
    String refusal) {
  /** Copies what it is given. */
  public Observation {
    locks = Collections.unmodifiableSortedMap(new TreeMap<>(locks));
    rewritten = Collections.unmodifiableSortedSet(new TreeSet<>(rewritten));
    scanned = Collections.unmodifiableSortedSet(new TreeSet<>(scanned));
  }

  /**
   * @return why it failed on rows that were made up, if it did
   */
  public Optional<String> failsOnRows() {
    return Optional.ofNullable(refusal);
  }

  /**
   * @return a table that others could not write to for as long as all of it was read or written
   */
  public Optional<String> blockedWhileReading() {
    return locks.keySet().stream()
        .filter(table -> rewritten.contains(table) || scanned.contains(table))
        .findFirst();
  }

  /**
   * The locks that tables know, weakest first.
   *
   * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">Explicit
   *     Locking</a>
   */
  public enum TableLock {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /**
     * @param mode as {@code pg_locks} has it, such as {@code AccessExclusiveLock}
     * @return the lock
     */
    static TableLock of(String mode) {
      Objects.requireNonNull(mode, "mode");
      String words = mode.replaceFirst("Lock$", "").replaceAll("(?<=[a-z])(?=[A-Z])", "_");
      return valueOf(words.toUpperCase(java.util.Locale.ROOT));
    }

    /**
     * @return whether it keeps others from changing rows
     */
    public boolean blocksWrites() {
      return compareTo(SHARE) >= 0;
    }

    /**
     * @return whether it keeps others from reading rows
     */
    public boolean blocksReads() {
      return this == ACCESS_EXCLUSIVE;
    }

    /**
     * @return PostgreSQL's name of it, such as {@code ACCESS EXCLUSIVE}
     */
    @Override
    public String toString() {
      return name().replace('_', ' ');
    }
  }
}
