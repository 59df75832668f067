package dev.migrate.generate;

import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.model.ModelAnnotations;
import dev.migrate.model.ModelFile;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.script.NewRevision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionWriter;
import dev.migrate.target.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Adopts an existing database: writes a model file and a first baseline revision from its schema.
 */
public final class ModelFromDatabase {
  private static final String TITLE = "The schema of the database ";

  private final ScratchSource scratchSource;
  private final boolean trusted;
  private final HistoryOptions options;
  private final Scope scope;

  /**
   * @param scratchSource where scratch databases come from
   * @param options how the history is kept
   * @param scope what is taken over
   */
  public ModelFromDatabase(ScratchSource scratchSource, HistoryOptions options, Scope scope) {
    this(scratchSource, options, scope, false);
  }

  /**
   * @param scratchSource where scratch databases come from
   * @param options how the target's history is kept
   * @param scope which part of the target is taken over
   * @param trusted whether everybody who may create objects in the target is trusted like the
   *     project itself; else what comes from it is run without power
   */
  public ModelFromDatabase(
      ScratchSource scratchSource, HistoryOptions options, Scope scope, boolean trusted) {
    this.trusted = trusted;
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.options = Objects.requireNonNull(options, "options");
    this.scope = Objects.requireNonNull(scope, "scope");
  }

  /**
   * What was written.
   *
   * @param model the file of the model
   * @param revision the first revision, which the target has recorded
   * @param facts how many facts the schema has
   * @param warnings what there is to know besides
   */
  public record Adopted(Path model, RevisionFile revision, int facts, List<String> warnings) {
    /** Copies what it is given. */
    public Adopted {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * @param target a database
   * @param history how its history is kept
   * @return whether there is something in it that its history does not account for: objects of
   *     users, and no revision that was applied
   */
  public static boolean hasGrown(Target target, HistoryOptions history) {
    try (Connection connection = target.connect("migrate:init")) {
      HistoryTable table = HistoryTable.locate(connection, history.schema(), history.table());
      if (!HistoryReader.read(connection, table).applied(Set.<RevisionId>of()).isEmpty()) {
        return false;
      }
      Scope all = new Scope(new java.util.TreeSet<>(), history.table(), false, false);
      return new Introspector(all)
          .read(connection).facts().keySet().stream().anyMatch(ModelFromDatabase::isOfUsers);
    } catch (SQLException e) {
      throw lost(target, e);
    }
  }

  private static boolean isOfUsers(dev.migrate.schema.FactId id) {
    return switch (id.kind()) {
      case SCHEMA, EXTENSION, LANGUAGE -> false;
      default -> id.subject().isEmpty();
    };
  }

  /**
   * Reads the target, proves what is to be written, writes it, and records it in the target.
   *
   * @param target the grown database
   * @param files the revisions of the project: none
   * @param model the file that takes the model, which does not exist or holds no statement
   * @return what was written
   * @throws MigrateException {@code INVALID_PARAMETER} when there are revisions or a model already,
   *     {@code PROOF_FAILED} when what would be written does not give an equal schema
   */
  public Adopted run(Target target, RevisionFiles files, Path model) {
    String modelName = files.folders().display(model);
    String title = TITLE + target.database();
    if (isWritten(files, model)) {
      return recorded(target, files, model);
    }
    refuseToOverwrite(files, model, modelName);
    Schema grown = read(target);
    ByteOrderMark.refuse(grown);
    try (ScratchWorkspace workspace = ScratchWorkspace.empty(scratchSource, trusted)) {
      ScratchWorkspace.createHistorySchema(workspace.base(), options);
      Schema empty = workspace.read(workspace.base(), scope);
      ProofResult verdict =
          new Proof(workspace, scope, AllRules.planner()::plan).of(empty, grown, List.of());
      if (!verdict.proven()) {
        throw Generate.failed(verdict);
      }
      if (verdict.steps().size() != 1) {
        throw new MigrateException(
            FailureCode.NOT_SUPPORTED,
            "The schema of the target cannot be made in one transaction.",
            "Write the first revision by hand with mvn migrate:revision.");
      }
      byte[] text =
          new ModelFile(model, modelName)
              .proven(workspace, scope, options, empty, grown, title, ModelAnnotations.NONE);
      RevisionFile revision =
          writeRevision(verdict, files, title, new FileChange.Replace(model, text));
      stamp(target, files);
      return adopted(model, revision, grown);
    }
  }

  private static Adopted adopted(Path model, RevisionFile revision, Schema grown) {
    List<String> warnings = new ArrayList<>();
    grown.uncovered().forEach(one -> warnings.add("not covered, and not written: " + one));
    return new Adopted(model, revision, grown.facts().size(), warnings);
  }

  /** Whether an earlier run has written everything, and was ended before it recorded that. */
  private static boolean isWritten(RevisionFiles files, Path model) {
    return files.all().size() == 1
        && files.all().get(0).revision().message().startsWith(TITLE)
        && !new ModelFile(model, files.folders().display(model)).isEmpty();
  }

  /** Records what is written already, once it is proven to be what the target has still. */
  private Adopted recorded(Target target, RevisionFiles files, Path model) {
    Schema grown = read(target);
    RevisionFile revision = files.all().get(0);
    try (ScratchWorkspace workspace =
        new Replay(scratchSource, files, options, Progress.SILENT).of(List.of(revision.id()))) {
      if (!Diff.between(workspace.read(workspace.base(), scope), grown).changes().isEmpty()) {
        throw new MigrateException(
            FailureCode.PROOF_FAILED,
            "An earlier run has written %s from the target and was ended before it recorded that, and the target has changed since."
                .formatted(revision.upgrade().name()),
            "Remove that script, its downgrade and the model, and run mvn migrate:init again.");
      }
    }
    stamp(target, files);
    return adopted(model, revision, grown);
  }

  private void refuseToOverwrite(RevisionFiles files, Path model, String name) {
    if (!files.all().isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The project has revisions already, %s for one, and the target has a schema that is not recorded as theirs."
              .formatted(files.all().get(0).upgrade().name()),
          "If the target has the schema of a revision, record that with mvn migrate:stamp -Dmigrate.to=<revision>; compare them with mvn migrate:diff -Dmigrate.to=target first.");
    }
    if (!new ModelFile(model, name).isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The model %s is not empty, and init would overwrite it with the schema of the target."
              .formatted(name),
          "Move it away, or name another file with -Dmigrate.model=….");
    }
  }

  private Schema read(Target target) {
    try (Connection connection = target.connect("migrate:init")) {
      return new Introspector(scope).read(connection);
    } catch (SQLException e) {
      throw lost(target, e);
    }
  }

  private static RevisionFile writeRevision(
      ProofResult verdict, RevisionFiles files, String title, FileChange model) {
    ProofResult.Step step = verdict.steps().get(0);
    NewRevision draft =
        NewRevision.generated(title, List.of())
            .running(RevisionScript.upgrade(step), RevisionScript.downgrade(step))
            .inTransaction(step.upInTransaction(), step.downInTransaction())
            .repeatable(step.upRepeatable(), step.downRepeatable());
    return new RevisionWriter(files, Clock.systemUTC(), "init")
        .write(List.of(draft), List.of(model))
        .get(0);
  }

  private void stamp(Target target, RevisionFiles before) {
    RevisionFiles files = RevisionFiles.read(before.folders(), MissingFolder.REFUSE);
    try (LockedTarget locked =
        LockedTarget.open(target, "migrate:init", options, Progress.SILENT)) {
      var applied = locked.state(files).applied();
      locked.stamp(files, files.graph().stamp(applied, "head"), false);
    }
  }

  private static MigrateException lost(Target target, SQLException e) {
    return new MigrateException(
        FailureCode.CONNECTION,
        "The connection to %s was lost: %s.".formatted(target, e.getMessage()),
        "Run the goal again.",
        e);
  }
}
