package dev.migrate.model;

import dev.migrate.diff.Change;
import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.script.ScriptReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The model file that is written from a schema.
 *
 * @param path where it is
 * @param name how messages name it
 */
public record ModelFile(Path path, String name) {
  /**
   * @return whether there is nothing to overwrite: no file, or none that holds a statement
   */
  public boolean isEmpty() {
    return !Files.exists(path) || ScriptReader.split(path, name).isEmpty();
  }

  /**
   * Writes the model. Into its place goes only what loads and gives an equal schema.
   *
   * @param workspace where that is tried
   * @param scope what of a schema counts
   * @param options where unqualified names are created
   * @param empty the schema of an empty database
   * @param wanted what the model has to give
   * @param title what the file is about, in one line
   * @param marks what there is to know of single objects
   * @throws MigrateException {@code PROOF_FAILED} when it would not, {@code FILE_ACCESS}
   */
  void write(
      ScratchWorkspace workspace,
      Scope scope,
      HistoryOptions options,
      Schema empty,
      Schema wanted,
      String title,
      ModelAnnotations marks) {
    byte[] text = proven(workspace, scope, options, empty, wanted, title, marks);
    try {
      Disk.replace(path, text);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** The text of the model, which loads and gives an equal schema. */
  public byte[] proven(
      ScratchWorkspace workspace,
      Scope scope,
      HistoryOptions options,
      Schema empty,
      Schema wanted,
      String title,
      ModelAnnotations marks) {
    Plan plan = AllRules.planner().plan(empty, wanted, PlanOptions.standard());
    byte[] text = ModelText.of(plan, wanted, title, marks).getBytes(StandardCharsets.UTF_8);
    Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
    try {
      Disk.createFolders(path.toAbsolutePath().getParent());
      Disk.write(fresh, text);
      Schema loaded =
          new ModelLoader(workspace, scope, options.schema())
              .load(new Model.InFiles(fresh.toAbsolutePath().getParent(), List.of(fresh)));
      List<Change> differs = Diff.between(loaded, wanted).changes();
      if (!differs.isEmpty()) {
        throw new MigrateException(
            FailureCode.PROOF_FAILED,
            "The model that would be written does not give an equal schema; nothing was written."
                + System.lineSeparator()
                + differs.stream()
                    .map(ChangeText::line)
                    .collect(Collectors.joining(System.lineSeparator())),
            "This is a defect: please report it with the text above.");
      }
      return text;
    } catch (IOException e) {
      throw cannotWrite(e);
    } finally {
      forget(fresh);
    }
  }

  private void forget(Path fresh) {
    try {
      Disk.deleteIfThere(fresh);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private MigrateException cannotWrite(IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "%s cannot be written: %s.".formatted(name, e.getMessage()),
        "Check that the folder exists and that you may write to it.",
        e);
  }
}
