package dev.migrate.history;

/**
 * Something that changes a history. {@link LockedTarget} runs it, and compares afterwards what the
 * history says with what was to be done.
 *
 * @param <T> what it tells about itself
 */
interface Move<T> {
  /**
   * @return what it is to do, asked for before it runs
   */
  Intent intent();

  /**
   * Does it.
   *
   * @return what was done
   */
  T run();
}
