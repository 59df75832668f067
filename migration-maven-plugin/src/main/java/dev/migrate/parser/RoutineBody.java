package dev.migrate.parser;

import java.util.List;

/**
 * The SQL statements and expressions inside a PL/pgSQL body.
 *
 * @param statements the text of each SQL statement in it, in order; an expression, also an
 *     assignment, is a {@code SELECT} that calls the same functions
 * @param types the types of its variables, as they are written; of one that is like a row or a
 *     column the table
 * @param dynamic whether it also runs SQL that it puts together itself ({@code EXECUTE}) or a
 *     procedure ({@code CALL}), which nobody can read beforehand
 */
public record RoutineBody(List<String> statements, List<String> types, boolean dynamic) {
  /** Copies what it is given. */
  public RoutineBody {
    statements = List.copyOf(statements);
    types = List.copyOf(types);
  }
}
