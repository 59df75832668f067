package dev.migrate.generate;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.replay.StagedProject;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFiles;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Dry run of a change that touches repeatable migrations: the whole project as it would be, run by
 * the engine that will run it, on a database that has everything so far, up, down and up again, and
 * on a new one.
 */
final class RepeatableTrial {
  private static final int MOST_NAMED = 3;

  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;
  private final Schema head;
  private final Schema wanted;

  /**
   * @param replays how revisions are replayed, and what of a schema counts
   * @param head the schema of everything that is there
   * @param wanted the schema of the model
   */
  RepeatableTrial(ReplaySettings replays, Schema head, Schema wanted) {
    this.scratchSource = replays.scratchSource();
    this.files = replays.files();
    this.options = replays.options();
    this.scope = replays.scope();
    this.progress = replays.progress();
    this.head = head;
    this.wanted = wanted;
  }

  /**
   * @param workspace whose base has everything so far
   * @param draft the revision
   * @param besides the files of repeatable migrations that change with it
   * @param clock gives the ids
   * @return what is wrong, in a sentence; empty when old and new databases come to the model
   */
  Optional<String> of(
      ScratchWorkspace workspace,
      NewRevision draft,
      List<FileChange.Replace> besides,
      Clock clock) {
    try (StagedProject staged = StagedProject.adding(files, List.of(draft), besides, clock)) {
      RevisionFiles after = staged.files();
      Replay replay = new Replay(scratchSource, after, options, progress);
      try (ScratchDatabase old = workspace.copy("proof")) {
        ScratchWorkspace there = workspace.at(old);
        for (int round = 1; round <= 2; round++) {
          replay.onward(there, all(after));
          Optional<String> differs =
              differs(there.read(old, scope), wanted, "Where they have run already");
          if (differs.isPresent()) {
            return differs;
          }
          replay.back(there);
          differs = differs(there.read(old, scope), head, "After the downgrade");
          if (differs.isPresent()) {
            return differs;
          }
        }
      }
      return fresh(after);
    } catch (MigrateException e) {
      return failed(e);
    }
  }

  /**
   * @param drafts revisions that change no file beside them
   * @param clock gives the ids
   * @return what is wrong on a new database, in a sentence; empty when it comes to the model
   */
  Optional<String> onNew(List<NewRevision> drafts, Clock clock) {
    try (StagedProject staged = StagedProject.adding(files, drafts, List.of(), clock)) {
      return fresh(staged.files());
    }
  }

  private Optional<String> fresh(RevisionFiles after) {
    try (ScratchWorkspace workspace =
        new Replay(scratchSource, after, options, progress).of(all(after))) {
      return differs(workspace.read(workspace.base(), scope), wanted, "On a new database");
    } catch (MigrateException e) {
      return failed(e);
    }
  }

  /** A script that fails is what was to be found out. */
  private static Optional<String> failed(MigrateException e) {
    if (e.code() != FailureCode.SCRIPT_FAILED) {
      throw e;
    }
    return Optional.of(e.problem());
  }

  private static List<RevisionId> all(RevisionFiles files) {
    return files.graph().revisions().stream().map(Revision::id).toList();
  }

  private static Optional<String> differs(Schema got, Schema wanted, String where) {
    List<Change> rest = Diff.between(got, wanted).changes();
    return rest.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s this would differ: %s."
                .formatted(
                    where,
                    rest.stream()
                        .limit(MOST_NAMED)
                        .map(change -> change.id().toString())
                        .collect(Collectors.joining(", "))));
  }
}
