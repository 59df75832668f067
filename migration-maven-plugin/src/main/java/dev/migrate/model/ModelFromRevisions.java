package dev.migrate.model;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.RepeatableObjects;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.replay.SkippedJavaMigrations;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Writes a model file from what the revisions of a project give on a scratch database, for a
 * project that has revisions already, those of Flyway for instance, and no model.
 */
public final class ModelFromRevisions {
  private final ScratchSource scratchSource;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;

  /**
   * @param scratchSource where scratch databases come from
   * @param options how the history is kept
   * @param scope what is written
   * @param progress hears which revisions are replayed
   */
  public ModelFromRevisions(
      ScratchSource scratchSource, HistoryOptions options, Scope scope, Progress progress) {
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.options = Objects.requireNonNull(options, "options");
    this.scope = Objects.requireNonNull(scope, "scope");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * @param files the revisions of the project
   * @param model the file that takes the model
   * @return whether there are revisions, and there is no model that could be overwritten
   */
  public static boolean isPossible(RevisionFiles files, Path model) {
    return !files.all().isEmpty() && new ModelFile(model, files.folders().display(model)).isEmpty();
  }

  /**
   * Writes the model, once it is proven to give what the revisions give.
   *
   * @param files the revisions of the project
   * @param model the file that takes the model
   * @return what of the schema could not be written, a sentence each
   * @throws dev.migrate.failure.MigrateException {@code SCRIPT_FAILED} when the revisions do not
   *     run, {@code PROOF_FAILED} when the model would not give an equal schema
   */
  public List<String> run(RevisionFiles files, Path model) {
    List<RevisionId> all = files.graph().revisions().stream().map(Revision::id).toList();
    try (ScratchWorkspace workspace = new Replay(scratchSource, files, options, progress).of(all)) {
      Schema head = workspace.read(workspace.base(), scope);
      Schema empty;
      try (ScratchDatabase blank = workspace.blank("empty")) {
        ScratchWorkspace.createHistorySchema(blank, options);
        empty = workspace.read(blank, scope);
      }
      new ModelFile(model, files.folders().display(model))
          .write(
              workspace,
              scope,
              options,
              empty,
              head,
              "The schema that the revisions give",
              marks(files, all, head));
      List<String> warnings = new ArrayList<>();
      head.uncovered().forEach(one -> warnings.add("not covered, and not written: " + one));
      SkippedJavaMigrations.of(files).map(SkippedJavaMigrations::sentence).ifPresent(warnings::add);
      return warnings;
    }
  }

  /**
   * What repeatable migrations make is changed in their files, and what Java makes is none of ours.
   */
  private ModelAnnotations marks(RevisionFiles files, List<RevisionId> all, Schema head) {
    ModelAnnotations java =
        new JavaMadeObjects(scratchSource, files, options, scope, progress).marks(head);
    if (files.repeatables().isEmpty()) {
      return java;
    }
    try (ScratchWorkspace bare =
        new Replay(scratchSource, files.withoutRepeatables(), options, progress).of(all)) {
      RepeatableObjects owned = new RepeatableObjects(bare.read(bare.base(), scope), head);
      ModelAnnotations repeatable = ModelAnnotations.of(owned, head, files.repeatables());
      return object -> java.of(object).or(() -> repeatable.of(object));
    }
  }
}
