package dev.migrate.script;

import dev.migrate.revision.RevisionId;
import java.util.Objects;
import java.util.Optional;

/**
 * A Java migration of Flyway, or whatever else a Flyway runs that is no SQL, as a step of a
 * schema's history.
 *
 * @param id its version; none for a repeatable one
 * @param description what Flyway calls it
 * @param place where it was found: a source file, or a row of the history; of one that can be run
 *     the name of its class
 * @param checksum the number by which it says that it has changed; most have none
 * @param transactional whether it runs in a transaction
 */
public record JavaMigration(
    Optional<RevisionId> id,
    String description,
    String place,
    Optional<Integer> checksum,
    boolean transactional) {
  /** Refuses nulls. */
  public JavaMigration {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(checksum, "checksum");
  }

  /**
   * One of which only its name is known.
   *
   * @param id its version; none for a repeatable one
   * @param description what Flyway calls it
   * @param place where it was found
   */
  public JavaMigration(Optional<RevisionId> id, String description, String place) {
    this(id, description, place, Optional.empty(), true);
  }

  @Override
  public String toString() {
    return "%s%s (%s)".formatted(id.map(version -> version + " ").orElse(""), description, place);
  }
}
