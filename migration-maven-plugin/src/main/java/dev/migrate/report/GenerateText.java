package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ProofResult;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Formats the result of generating revisions: lines for people, JSON for programs. */
public final class GenerateText {
  private GenerateText() {}

  /**
   * @param result what was written, or that there was no difference
   * @return the same for people
   */
  public static List<String> of(GenerateResult result) {
    return result instanceof GenerateResult.Written written
        ? written(written)
        : same((GenerateResult.NoDifference) result);
  }

  private static List<String> same(GenerateResult.NoDifference same) {
    if (same.columnOrder().isEmpty()) {
      return List.of("There is no difference: the revisions give the model. Nothing was written.");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "Equal except for the order of columns, which cannot be altered. Nothing was written.");
    same.columnOrder().forEach(table -> lines.add("  " + table));
    return lines;
  }

  private static List<String> written(GenerateResult.Written written) {
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
    ProofResult verdict = written.verdict();
    lines.add(verdict.claim());
    if (!verdict.rows().complete()) {
      lines.add("  " + verdict.rows().describe());
    }
    verdict.hazardsToThinkAbout().forEach(hazard -> lines.add("  ! " + hazard));
    lines.add("Review the scripts, then run mvn migrate:upgrade.");
    return lines;
  }

  /**
   * @param result what was written, or that there was no difference
   * @param files reads the revisions of the project, with what was written; asked only then
   * @param document takes the same for programs
   */
  public static void add(
      GenerateResult result, Supplier<RevisionFiles> files, JsonObject document) {
    if (result instanceof GenerateResult.Written written) {
      add(written, files.get(), document);
    } else {
      GenerateResult.NoDifference same = (GenerateResult.NoDifference) result;
      document.addProperty("different", false);
      JsonArray order = new JsonArray();
      same.columnOrder().forEach(table -> order.add(table.toString()));
      document.add("columnOrder", order);
    }
  }

  private static void add(
      GenerateResult.Written written, RevisionFiles files, JsonObject document) {
    document.addProperty("different", true);
    Json.addRevisions(
        document, files, written.files().stream().map(RevisionFile::revision).toList());
    JsonArray anew = new JsonArray();
    written.anew().forEach(file -> anew.add(file.name()));
    document.add("writtenAnew", anew);
    document.add("changes", DiffText.changes(written.diff()));
    JsonArray hazards = new JsonArray();
    written.verdict().hazardsToThinkAbout().forEach(hazards::add);
    document.add("hazards", hazards);
  }
}
