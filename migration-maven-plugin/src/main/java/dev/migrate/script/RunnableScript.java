package dev.migrate.script;

import java.util.List;
import java.util.Objects;

/**
 * A script that was read and split into statements, ready to run.
 *
 * @param name how messages name it
 * @param transactional whether its statements run in one transaction
 * @param statements its statements, in order
 */
public record RunnableScript(String name, boolean transactional, List<ScriptStatement> statements) {
  /** Copies what it is given. */
  public RunnableScript {
    Objects.requireNonNull(name, "name");
    statements = List.copyOf(statements);
  }
}
