package dev.migrate.goal;

import dev.migrate.revision.RevisionId;
import java.util.Optional;
import java.util.function.Predicate;

/** Up to where the scripts of a project are released, and run as Flyway has run them. */
final class ReleasedLine {
  private ReleasedLine() {}

  /**
   * @param text what {@code migrate.released} says; null when it says nothing
   * @return which revisions that are; none when it names no revision
   */
  static Predicate<RevisionId> of(String text) {
    Optional<RevisionId> line =
        Optional.ofNullable(text).map(String::strip).flatMap(RevisionId::parse);
    return id -> line.filter(last -> id.compareTo(last) <= 0).isPresent();
  }
}
