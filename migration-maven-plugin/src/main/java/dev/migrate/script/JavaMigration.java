package dev.migrate.script;

import dev.migrate.revision.RevisionId;
import java.util.Objects;
import java.util.Optional;

/**
 * A step of a schema's history that is no script: a Java migration, or whatever else only the
 * Flyway of an application can run. Nothing here can run it, so what it did to a schema is not
 * known.
 *
 * @param id its version; none for a repeatable one
 * @param description what Flyway calls it
 * @param place where it was found: a source file, or a row of the history
 */
public record JavaMigration(Optional<RevisionId> id, String description, String place) {
  /** Refuses nulls. */
  public JavaMigration {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(place, "place");
  }

  @Override
  public String toString() {
    return "%s%s (%s)".formatted(id.map(version -> version + " ").orElse(""), description, place);
  }
}
