package dev.migrate.script;

import java.util.Objects;

/**
 * One SQL script of a {@link NewRevision}, to be written: its statements, and what its header says
 * of how it runs.
 *
 * @param sql the statements, without header
 * @param transactional whether it runs in one transaction
 * @param repeatable whether it may run again from its beginning after it stopped half-way
 */
public record NewScript(String sql, boolean transactional, boolean repeatable) {
  /** Refuses null. */
  public NewScript {
    Objects.requireNonNull(sql, "sql");
  }

  /**
   * @param sql the statements
   * @return a script that runs in a transaction
   */
  public static NewScript of(String sql) {
    return new NewScript(sql, true, false);
  }

  NewScript withSql(String other) {
    return new NewScript(other, transactional, repeatable);
  }

  NewScript inTransaction(boolean wanted) {
    return new NewScript(sql, wanted, repeatable);
  }

  NewScript repeatable(boolean allowed) {
    return new NewScript(sql, transactional, allowed);
  }
}
