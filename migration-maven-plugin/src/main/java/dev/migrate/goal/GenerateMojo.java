package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.generate.Generate;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ProofResult;
import dev.migrate.generate.RewritePolicy;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.plan.Hazard;
import dev.migrate.report.DiffText;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.script.RevisionFile;
import dev.migrate.verify.CommittedFiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the revision that brings databases from the head of the revisions to the model, with its
 * downgrade, once both are proven on a scratch database. Writes nothing when there is no
 * difference. Needs no target.
 *
 * @since 1.0.0
 */
@Mojo(name = "generate", requiresProject = false, threadSafe = true)
public class GenerateMojo extends SchemaMojo {
  /**
   * What the revision does, in one line and any language.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.message")
  private String message;

  /**
   * What was renamed, since that cannot be seen: {@code assets.name:assets.title}, several with
   * commas between; {@code none} when nothing, or nothing else, was.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rename")
  private String rename;

  /**
   * What revisions written by hand have made, the model does not have, and may be taken back:
   * {@code assets.tags}, several with commas between; {@code all}, or {@code none} to be asked
   * nothing. What is gone from the model since it was last generated needs no such word.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.drop")
  private String drop;

  /**
   * Writes the form that runs while the database is at work: indexes concurrently, constraints
   * validated after they were added, values of new columns in batches. It takes more revisions.
   * What has no such form stays as it is, and is named.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.online", defaultValue = "false")
  private boolean online;

  /**
   * The time zone of times that are stored without one, such as {@code Europe/Berlin}, for columns
   * that change between {@code timestamp} and {@code timestamp with time zone}. It is asked for at
   * a terminal; else the scripts say UTC, and that it was assumed.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.timeZone")
  private String timeZone;

  /**
   * Repeatable migrations whose files may be written anew as the model says, although somebody has
   * edited them since the last commit: names of files with commas between, or {@code all}. Without
   * it such a file is not touched. What a file said that no commit has is kept in {@code
   * .migrate/rewritten} in any case.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rewrite")
  private String rewrite;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    if (finishes(out)) {
      return;
    }
    requireFilesOfTarget();
    GenerateResult generated = generate().run(model(), text(message), text(rename), text(drop));
    warn(generated.warnings());
    if (generated instanceof GenerateResult.Written written) {
      out.result(() -> lines(written), () -> document(written));
    } else {
      GenerateResult.NoDifference same = (GenerateResult.NoDifference) generated;
      out.result(() -> lines(same), () -> document(same));
    }
  }

  /** Whoever lacks the files of what a database has applied would write the same change twice. */
  private void requireFilesOfTarget() {
    standing(filesOrNone(), "Whether the target has applied revisions without files")
        .ifPresent(state -> state.require().known());
  }

  private Generate generate() {
    Generate generate = new Generate(replays(filesOrNone()), questions());
    return (online ? generate.online() : generate)
        .inTimeZone(text(timeZone))
        .rewriting(
            RewritePolicy.of(
                text(rewrite), new CommittedFiles("git"), stateFolder().resolve("rewritten")));
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }

  private static List<String> lines(GenerateResult.NoDifference same) {
    if (same.columnOrder().isEmpty()) {
      return List.of("There is no difference: the revisions give the model. Nothing was written.");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "Equal except for the order of columns, which cannot be altered. Nothing was written.");
    same.columnOrder().forEach(table -> lines.add("  " + table));
    return lines;
  }

  private JsonObject document(GenerateResult.NoDifference same) {
    JsonObject document = document();
    document.addProperty("different", false);
    JsonArray order = new JsonArray();
    same.columnOrder().forEach(table -> order.add(table.toString()));
    document.add("columnOrder", order);
    return document;
  }

  private List<String> lines(GenerateResult.Written written) {
    List<String> lines = new ArrayList<>();
    for (RevisionFile file : written.files()) {
      lines.add("Revision " + file.revision().title());
      lines.add("  upgrade:   " + file.upgrade().name());
      file.downgrade().ifPresent(script -> lines.add("  downgrade: " + script.name()));
    }
    for (GenerateResult.Rewritten file : written.anew()) {
      lines.add("  written anew, as the model says: " + file.name());
      file.before()
          .ifPresent(
              copy -> lines.add("    what it said before is in no commit; it is kept in " + copy));
    }
    lines.add(written.verdict().claim());
    if (!written.verdict().rows().complete()) {
      lines.add("  " + written.verdict().rows().describe());
    }
    hazards(written.verdict()).forEach(hazard -> lines.add("  ! " + hazard));
    lines.add("Review the scripts, then run mvn migrate:upgrade.");
    return lines;
  }

  /** Locks are in the scripts; here stands what somebody should have thought about. */
  private static Set<String> hazards(ProofResult verdict) {
    Set<String> hazards = new LinkedHashSet<>();
    for (ProofResult.Step step : verdict.steps()) {
      for (ObservedStatement one : step.up()) {
        for (Hazard hazard : one.hazards()) {
          if (!(hazard instanceof Hazard.Blocks || hazard instanceof Hazard.ScansTable)) {
            hazards.add(hazard.describe());
          }
        }
      }
    }
    return hazards;
  }

  private JsonObject document(GenerateResult.Written written) {
    JsonObject document = document();
    document.addProperty("different", true);
    Json.addRevisions(
        document, files(), written.files().stream().map(RevisionFile::revision).toList());
    JsonArray anew = new JsonArray();
    written.anew().forEach(file -> anew.add(file.name()));
    document.add("writtenAnew", anew);
    document.add("changes", DiffText.changes(written.diff()));
    JsonArray hazards = new JsonArray();
    hazards(written.verdict()).forEach(hazards::add);
    document.add("hazards", hazards);
    return document;
  }
}
