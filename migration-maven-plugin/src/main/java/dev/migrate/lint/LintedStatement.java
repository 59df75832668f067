package dev.migrate.lint;

import dev.migrate.observe.Observation;
import dev.migrate.parser.SyntaxNode;
import java.util.Objects;
import java.util.Optional;

/**
 * A parsed SQL statement with its surroundings, as the lint rules see it.
 *
 * @param statement where it stands
 * @param node what it says
 * @param relations what its names stand for
 * @param observed what it did; null when it was not watched
 * @param lockTimeout whether it would give up waiting for a lock
 * @param around what the catalog said of its columns and partitions
 */
record LintedStatement(
    ScriptSource.Statement statement,
    SyntaxNode node,
    NameResolution relations,
    Observation observed,
    boolean lockTimeout,
    CatalogContext around) {
  LintedStatement {
    Objects.requireNonNull(statement, "statement");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(relations, "relations");
    Objects.requireNonNull(around, "around");
  }

  Optional<Observation> seen() {
    return Optional.ofNullable(observed);
  }

  /** The existing table that its field {@code relation} names. */
  Optional<NamedRelation> table() {
    return node.node("relation").flatMap(relations::existing);
  }

  /** Whether it was seen to read a table from one end to the other; yes, when nobody looked. */
  boolean mayScan(String table) {
    return observed == null || observed.scanned().contains(table);
  }

  /** Whether it was seen to read any existing table whole; yes, when nobody looked. */
  boolean mayScan() {
    return observed == null || !observed.scanned().isEmpty();
  }

  boolean rewrote() {
    return observed != null && !observed.rewritten().isEmpty();
  }
}
