package dev.migrate.scratch;

/**
 * Where throw-away databases come from: a server of our own, or one that the user lends us. Safe
 * for use by several threads.
 */
public sealed interface Scratch extends AutoCloseable permits ScratchServer, BorrowedScratch {
  /**
   * Creates an empty database: UTF-8, from {@code template0}.
   *
   * @param label what it is for, which becomes part of its name; letters, digits and underscores
   *     survive
   * @return the database, which exists until it is closed
   * @throws dev.migrate.failure.MigrateException when the server refuses
   */
  ScratchDatabase database(String label);

  /**
   * Creates a copy of a database. The template must not be in use at that moment, except by this
   * call.
   *
   * @param label what it is for
   * @param template a database of the same scratch
   * @return the database, which exists until it is closed
   * @throws dev.migrate.failure.MigrateException when the server refuses, for instance because
   *     somebody is connected to the template
   */
  ScratchDatabase database(String label, ScratchDatabase template);

  /** Drops the databases that are still open and lets the server go. */
  @Override
  void close();
}
