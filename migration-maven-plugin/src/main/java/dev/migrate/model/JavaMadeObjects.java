package dev.migrate.model;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.RepeatableObjects;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.RevisionFiles;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the database objects that the Java migrations of a project make, to refuse that a model
 * changes those of a repeatable one. What a repeatable one makes is changed in its class, and by a
 * person: it runs last, so that a revision alone would hold on old databases only, and nobody
 * writes Java anew. What one with a version makes, a later revision may change.
 */
public final class JavaMadeObjects {
  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;

  public JavaMadeObjects(
      ScratchSource scratchSource,
      RevisionFiles files,
      HistoryOptions options,
      Scope scope,
      Progress progress) {
    this.scratchSource = scratchSource;
    this.files = files;
    this.options = options;
    this.scope = scope;
    this.progress = progress;
  }

  /**
   * @param head the schema of everything that is there
   * @param wanted the schema of the model
   * @throws MigrateException {@code REPEATABLE_OWNED} when the model changes what a repeatable Java
   *     migration makes
   */
  public void refuseChange(Schema head, Schema wanted) {
    List<JavaMigration> repeatables = files.javaRepeatables();
    if (repeatables.isEmpty()) {
      return;
    }
    RepeatableObjects owned = new RepeatableObjects(without(files.withoutJavaRepeatables()), head);
    for (Change change : Diff.between(head, wanted).changes()) {
      Optional<FactId> root = owned.rootOf(change, head, wanted);
      if (root.isPresent()) {
        throw new MigrateException(
            FailureCode.REPEATABLE_OWNED,
            "The model changes %s, which a repeatable Java migration makes (%s): it runs last, and makes it again as its class says. Nothing was written."
                .formatted(root.get(), names(repeatables)),
            "Change the class as the model says, and its checksum, so that it runs again; mvn compile, and run mvn migrate:generate again.");
      }
    }
  }

  /**
   * @param head the schema of everything that is there
   * @return says of each object which Java migrations make it
   * @throws MigrateException when the revisions do not run
   */
  ModelAnnotations marks(Schema head) {
    List<JavaMigration> repeatables = files.javaRepeatables();
    List<JavaMigration> steps = files.javaSteps();
    ModelAnnotations last =
        repeatables.isEmpty()
            ? ModelAnnotations.NONE
            : marks(
                without(files.withoutJavaRepeatables()),
                head,
                "made in Java, by %s, which runs last".formatted(names(repeatables)));
    ModelAnnotations before = steps.isEmpty() ? ModelAnnotations.NONE : ofVersioned(head, steps);
    return object -> last.of(object).or(() -> before.of(object));
  }

  /** Where a later script needs what Java makes, nobody can tell what that is. */
  private ModelAnnotations ofVersioned(Schema head, List<JavaMigration> steps) {
    try {
      return marks(
          without(files.runnableBy(JavaRunner.NONE)), head, "made in Java, by " + names(steps));
    } catch (MigrateException e) {
      if (e.code() != FailureCode.SCRIPT_FAILED) {
        throw e;
      }
      return ModelAnnotations.NONE;
    }
  }

  private static ModelAnnotations marks(Schema bare, Schema head, String text) {
    RepeatableObjects owned = new RepeatableObjects(bare, head);
    return object -> head.find(object).flatMap(fact -> owned.rootOf(fact, head)).map(root -> text);
  }

  private Schema without(RevisionFiles some) {
    List<RevisionId> all = some.graph().revisions().stream().map(Revision::id).toList();
    try (ScratchWorkspace workspace = new Replay(scratchSource, some, options, progress).of(all)) {
      return workspace.read(workspace.base(), scope);
    }
  }

  private static String names(List<JavaMigration> migrations) {
    return migrations.stream().map(JavaMigration::place).collect(Collectors.joining(" or "));
  }
}
