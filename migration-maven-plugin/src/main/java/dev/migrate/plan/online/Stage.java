package dev.migrate.plan.online;

import dev.migrate.plan.Statement;
import java.util.List;
import java.util.Objects;

/**
 * One stage of an online form: statements that may share a transaction with others of their kind.
 *
 * @param kind what they may share it with
 * @param statements the statements, in order
 */
record Stage(Kind kind, List<Statement> statements) {
  Stage {
    Objects.requireNonNull(kind, "kind");
    statements = List.copyOf(statements);
  }

  /** Why statements stand together. */
  enum Kind {
    /** Strong locks, each for a moment: one transaction. */
    CHANGE,
    /**
     * A strong lock for as long as a table is big, since there is no other form: a transaction of
     * its own, so that no other table is locked meanwhile.
     */
    LONG,
    /**
     * Validations, which read whole tables under weak locks, and behind them what takes a strong
     * lock for a moment and needs what was validated: one transaction, validations first.
     */
    CHECK,
    /** Values for rows that are there, in batches that commit; each statement can be repeated. */
    FILL,
    /**
     * Statements that cannot run in a transaction, or commit by themselves; each can be repeated.
     */
    SCRIPT
  }
}
