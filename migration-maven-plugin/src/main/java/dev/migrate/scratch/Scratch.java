package dev.migrate.scratch;

/**
 * Factory of scratch databases, which are thrown away: on a server of our own, or on one that the
 * user lends us. Safe for use by several threads.
 */
public sealed interface Scratch extends AutoCloseable
    permits ScratchServer, BorrowedScratch, Sandbox {
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

  /**
   * Runs a statement with the rights that this scratch has, such as one that creates a role.
   *
   * @param sql one statement
   * @throws dev.migrate.failure.MigrateException when the server refuses
   */
  void administer(String sql);

  /**
   * @return the same server for what comes from a database of others, whose code must not run with
   *     our rights; closing it closes this one
   * @throws dev.migrate.failure.MigrateException {@code UNTRUSTED_TARGET} when it cannot be made
   */
  default Sandbox sandbox() {
    return Sandbox.on(this);
  }

  /** Drops the databases that are still open and lets the server go. */
  @Override
  void close();
}
