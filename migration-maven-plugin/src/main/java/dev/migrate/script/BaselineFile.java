package dev.migrate.script;

import dev.migrate.revision.RevisionId;

/**
 * A baseline migration file ({@code B<version>__….sql}), which stands for every revision up to its
 * version on an empty database.
 *
 * @param version up to where it stands in
 * @param script the script
 */
public record BaselineFile(RevisionId version, Script script) {}
