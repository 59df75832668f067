package dev.migrate.schema;

import java.util.Comparator;

/**
 * A database object that no fact describes, such as one of an unsupported kind. It is named
 * wherever schemas are compared, so that nobody takes silence for equality.
 *
 * @param what the kind of object or the attribute, in words
 * @param name which one
 */
public record Uncovered(String what, String name) implements Comparable<Uncovered> {
  @Override
  public int compareTo(Uncovered other) {
    return Comparator.comparing(Uncovered::what)
        .thenComparing(Uncovered::name)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return what + " " + name;
  }
}
