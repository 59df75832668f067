package dev.migrate.replay;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.script.RevisionFiles;
import java.util.Objects;

/**
 * Settings of a replay whose schema is read afterwards: scratch server, revisions, history options,
 * scope.
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
