package dev.migrate.replay;

import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains script failures that come from an extension, language or library which the scratch
 * server does not have.
 */
public final class MissingOnScratch {
  private static final Pattern EXTENSION =
      Pattern.compile("extension \"(.*?)\" is not available|extension control file \"(.*?)\"");

  private MissingOnScratch() {}

  /**
   * @param refused what PostgreSQL said
   * @return what to do, if an extension or a role is what is missing
   */
  public static Optional<String> remedy(SQLException refused) {
    String message = String.valueOf(refused.getMessage());
    Matcher extension = EXTENSION.matcher(message);
    if (extension.find()) {
      String name = extension.group(1) == null ? extension.group(2) : extension.group(1);
      return Optional.of(
          "The scratch server does not have the extension %s: the embedded PostgreSQL comes with its own extensions only. Give a server that has it with -Dmigrate.scratchUrl=jdbc:postgresql://host:5432/postgres, whose role may create databases."
              .formatted(name));
    }
    return ScratchWorkspace.missingRole(refused)
        .map(
            role ->
                "The scratch server does not have the role %s, and roles are not created on a server of yours: let an administrator run CREATE ROLE \"%s\" NOLOGIN; there."
                    .formatted(role, role.replace("\"", "\"\"")));
  }
}
