package dev.migrate.adopt;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.FileChange;
import dev.migrate.files.FileFailures;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.ScratchSource;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFolders;
import dev.migrate.script.ScriptConventions;
import dev.migrate.sql.SqlComment;
import dev.migrate.verify.Check;
import dev.migrate.verify.CheckFinding;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import dev.migrate.verify.Verify;
import dev.migrate.verify.VerifySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Imports the migrations of another tool as revisions: tries them on scratch first, writes them
 * then.
 */
public final class ToolImport {
  private static final byte[] ALONE =
      "executeInTransaction=false\n".getBytes(StandardCharsets.UTF_8);

  private final OtherTool.Found found;
  private final String from;

  /**
   * @param found the migrations of the other tool
   * @param from their folder, as messages name it
   */
  public ToolImport(OtherTool.Found found, String from) {
    this.found = found;
    this.from = from;
  }

  /**
   * Refuses to mix what is taken over with revisions that are there already.
   *
   * @param folder where the migrations of the other tool lie
   * @param files the revisions of the project
   * @throws MigrateException {@code INVALID_PARAMETER} when there are some in another folder
   */
  public void requireRoom(Path folder, RevisionFiles files) {
    boolean here = files.folders().upgrades().contains(folder.normalize());
    if (!here && !files.all().isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The project has revisions already, %s for one, and %s would come between them. Nothing was written."
              .formatted(files.all().get(0).upgrade().name(), from),
          "Name an empty folder for what is taken over: -Dmigrate.directory=… -Dmigrate.undoDirectory=….");
    }
  }

  /**
   * Runs every migration up, down and up again.
   *
   * @param folders where the revisions would be
   * @param scratchSource where scratch databases come from
   * @param options how the history is kept
   * @param scope what of a schema is compared
   * @return what does not undo, a line each
   * @throws MigrateException {@code SCRIPT_FAILED} when the upgrades do not run; nothing was
   *     written then
   */
  public List<String> tried(
      RevisionFolders folders, ScratchSource scratchSource, HistoryOptions options, Scope scope) {
    try {
      Path root = Disk.createTemporaryFolder("migrate-init");
      try {
        RevisionFolders staged = folders.at(root);
        for (FileChange.Create one : files(staged)) {
          Disk.createFolders(one.path().getParent());
          Disk.write(one.path(), one.content());
        }
        return tried(root, staged, scratchSource, options, scope);
      } finally {
        Disk.deleteTree(root);
      }
    } catch (IOException e) {
      throw FileFailures.cannotWrite("The temporary folder", e);
    }
  }

  private static List<String> tried(
      Path root,
      RevisionFolders staged,
      ScratchSource scratchSource,
      HistoryOptions options,
      Scope scope) {
    Map<Check, String> skipped = new EnumMap<>(Check.class);
    for (Check check : Check.values()) {
      if (check != Check.REPLAY && check != Check.REVERSIBLE) {
        skipped.put(check, "not asked");
      }
    }
    Verification tried =
        new Verify(
                VerifySettings.of(
                        staged,
                        () -> scratchSource,
                        options,
                        scope,
                        new VerifySettings.Cache(
                            root.resolve("proofs"), root.resolve("results"), List.of()))
                    .withSkipped(skipped),
                Progress.SILENT)
            .run();
    List<String> wrong = new ArrayList<>();
    for (CheckResult result : tried.results()) {
      if (result.check() == Check.REPLAY && !result.fine()) {
        throw new MigrateException(
            FailureCode.SCRIPT_FAILED,
            "The migrations do not run on an empty database, and nothing was written. "
                + result.findings().stream()
                    .map(CheckFinding::problem)
                    .findFirst()
                    .orElse(result.summary()),
            "Mend the migration where it is, and run mvn migrate:init again.");
      }
      if (result.check() == Check.REVERSIBLE) {
        result.findings().forEach(one -> wrong.add(one.problem().lines().findFirst().orElse("")));
      }
    }
    return wrong;
  }

  /**
   * @param folders where the revisions are to be
   * @return the files that are to be written
   */
  public List<FileChange.Create> files(RevisionFolders folders) {
    ScriptConventions names = folders.conventions();
    List<FileChange.Create> files = new ArrayList<>();
    for (OtherTool.Step step : found.steps()) {
      Path upgrade = folders.upgrade().resolve(names.upgrade(step.version(), step.words()));
      if (step.downgrade() != null) {
        files.add(
            new FileChange.Create(
                folders.downgrade().resolve(names.downgrade(step.version(), step.words())),
                text(step.downgrade(), step.downgradeAlone(), names)));
      }
      if (step.upgradeAlone()) {
        files.add(
            new FileChange.Create(upgrade.resolveSibling(upgrade.getFileName() + ".conf"), ALONE));
      }
      files.add(new FileChange.Create(upgrade, text(step.upgrade(), step.upgradeAlone(), names)));
    }
    return files;
  }

  private static byte[] text(String sql, boolean alone, ScriptConventions names) {
    String text = (alone ? SqlComment.line("transaction: none") : "") + sql;
    return names.encoded(text.getBytes(StandardCharsets.UTF_8), "A migration");
  }

  /**
   * @return the migrations of the other tool
   */
  public OtherTool.Found found() {
    return found;
  }

  /**
   * @return their folder, as messages name it
   */
  public String from() {
    return from;
  }
}
