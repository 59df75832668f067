package dev.migrate.replay;

import dev.migrate.sql.PostgresError;
import dev.migrate.sql.SqlNames;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Explains script failures that come from an extension, language or library which the scratch
 * server does not have.
 */
public final class MissingPrerequisite {
  private MissingPrerequisite() {}

  /**
   * @param refused what PostgreSQL said
   * @return what to do, if an extension or a role is what is missing
   */
  public static Optional<String> remedy(SQLException refused) {
    Optional<String> extension = PostgresError.missingExtension(refused.getMessage());
    if (extension.isPresent()) {
      return Optional.of(
          "The scratch server does not have the extension %s: the embedded PostgreSQL comes with its own extensions only. Give a server that has it with -Dmigrate.scratchUrl=jdbc:postgresql://host:5432/postgres, whose role may create databases."
              .formatted(extension.get()));
    }
    return ScratchWorkspace.missingRole(refused)
        .map(
            role ->
                "The scratch server does not have the role %s, and roles are not created on a server of yours: let an administrator run CREATE ROLE %s NOLOGIN; there."
                    .formatted(role, SqlNames.inQuotes(role)));
  }
}
