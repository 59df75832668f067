package dev.migrate.lint;

import java.util.Objects;

/**
 * A table, view or index that a statement names and that was there when it ran.
 *
 * @param name its table (or itself), as SQL names it
 * @param existing whether the table was there before the first of these revisions, so that somebody
 *     may be using it
 * @param partitioned whether it is the parent of partitions
 */
record NamedRelation(String name, boolean existing, boolean partitioned) {
  NamedRelation {
    Objects.requireNonNull(name, "name");
  }
}
