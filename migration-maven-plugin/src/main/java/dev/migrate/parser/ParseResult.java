package dev.migrate.parser;

import java.util.List;
import java.util.Objects;

/** Result of parsing SQL: the syntax trees of its statements, or a syntax error. */
public sealed interface ParseResult {
  /**
   * SQL that PostgreSQL's grammar knows.
   *
   * @param nodes its statements, usually one
   */
  record Statements(List<SyntaxNode> nodes) implements ParseResult {
    /** Copies what it is given. */
    public Statements {
      nodes = List.copyOf(nodes);
    }
  }

  /**
   * SQL that the grammar does not know, or that the parser could not get through.
   *
   * @param message why, such as {@code syntax error at or near "frm"}
   * @param offset where in the text, counted in characters from 0
   */
  record Refused(String message, int offset) implements ParseResult {
    /** The message is needed. */
    public Refused {
      Objects.requireNonNull(message, "message");
    }
  }
}
