package dev.migrate.replay;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.script.RevisionFiles;
import java.util.Objects;

/**
 * What whoever replays revisions and reads the schema that they give has to be given: where, which,
 * how, and what of it counts.
 *
 * @param scratchSource where scratch databases come from
 * @param files the revisions of the project
 * @param options how the history is kept
 * @param scope what of a schema is compared
 * @param progress hears which revisions are replayed
 */
public record ReplaySettings(
    ScratchSource scratchSource,
    RevisionFiles files,
    HistoryOptions options,
    Scope scope,
    Progress progress) {
  /** Refuses nulls. */
  public ReplaySettings {
    Objects.requireNonNull(scratchSource, "scratchSource");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(scope, "scope");
    Objects.requireNonNull(progress, "progress");
  }
}
