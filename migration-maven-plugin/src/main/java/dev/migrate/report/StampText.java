package dev.migrate.report;

import com.google.gson.JsonObject;
import dev.migrate.history.StampOutcome;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.StampPlan;
import java.util.ArrayList;
import java.util.List;

/** Formats the result of a stamp, or of its dry run: lines for people, JSON for programs. */
public final class StampText {
  private final StampOutcome outcome;
  private final List<Revision> heads;
  private final boolean dryRun;
  private final List<String> notes;

  private StampText(
      StampOutcome outcome, List<Revision> heads, boolean dryRun, List<String> notes) {
    this.outcome = outcome;
    this.heads = List.copyOf(heads);
    this.dryRun = dryRun;
    this.notes = List.copyOf(notes);
  }

  /**
   * @param outcome what was recorded
   * @param heads where the history is now
   * @param notes what whoever stamps should know besides
   * @return the text
   */
  public static StampText of(StampOutcome outcome, List<Revision> heads, List<String> notes) {
    return new StampText(outcome, heads, false, notes);
  }

  /**
   * @param plan what would be recorded
   * @param notes what whoever stamps should know besides
   * @return the text of a dry run
   */
  public static StampText planned(StampPlan plan, List<String> notes) {
    return new StampText(
        new StampOutcome(
            plan.toRecord(), plan.toTakeBack(), List.of(), List.of(), List.of(), false),
        plan.headsAfter(),
        true,
        notes);
  }

  /**
   * @return the lines for people
   */
  public List<String> lines() {
    String mood = dryRun ? "would be " : "";
    List<String> lines = new ArrayList<>(notes);
    tell(lines, outcome.recorded(), mood + "recorded as applied");
    tell(lines, outcome.takenBack(), mood + "recorded as not applied");
    tell(lines, outcome.recordedAgain(), mood + "recorded again, as their files are now");
    if (!outcome.forgotten().isEmpty()) {
      lines.add(
          "Not in the files, recorded as not applied: "
              + String.join(", ", outcome.forgotten().stream().map(RevisionId::toString).toList()));
    }
    if (!outcome.repeatables().isEmpty()) {
      lines.add(
          "Not in the files, recorded as not run: " + String.join(", ", outcome.repeatables()));
    }
    if (outcome.started()) {
      lines.add("The database had no history; one was begun.");
    }
    if (outcome.isEmpty()) {
      lines.add("The history says so already; nothing was changed.");
    }
    lines.add(
        (dryRun
                ? "Nothing was changed. The history would be at %s."
                : "No script was run. The history is at %s.")
            .formatted(StateText.position(heads)));
    return lines;
  }

  private static void tell(List<String> lines, List<Revision> revisions, String what) {
    if (!revisions.isEmpty()) {
      lines.add(StateText.count(revisions.size(), "revision") + " " + what + ":");
      revisions.forEach(revision -> lines.add("  " + revision.id() + "  " + revision.message()));
    }
  }

  /**
   * @param document takes the same for programs
   */
  public void add(JsonObject document) {
    document.addProperty("dryRun", dryRun);
    Json.addOutcome(document, outcome);
    document.add("current", Json.idsOf(heads));
  }
}
