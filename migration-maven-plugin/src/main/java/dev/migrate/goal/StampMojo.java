package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.StampPlan;
import dev.migrate.script.RevisionFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Records where the target stands without running any script: for a database that got its schema in
 * another way, or after something was finished by hand.
 *
 * @since 1.0.0
 */
@Mojo(name = "stamp", requiresProject = false, threadSafe = true)
public class StampMojo extends MovingMojo {
  /**
   * Which revision the target has: an id or the beginning or end of one, {@code head}, {@code
   * base}, {@code <label>@head}, several with commas between; {@code current} records the files of
   * the applied revisions as they are now.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to")
  private String to;

  /**
   * Says what would be recorded, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * Also records as not applied what the history knows and the files do not: revisions whose files
   * are gone for good.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.purge", defaultValue = "false")
  private boolean purge;

  @Override
  void run(Output out) {
    String wanted = required("to", to, "head");
    RevisionFiles files = files();
    try (OpenTarget open = openTarget()) {
      getLog().info("Target: " + open);
      if (dryRun) {
        StampPlan plan = plan(read(open, files), wanted);
        report(
            out,
            open,
            new StampOutcome(plan.toRecord(), plan.toTakeBack(), List.of(), List.of(), false),
            plan.headsAfter(),
            "would be ");
        return;
      }
      try (LogProgress progress = new LogProgress(getLog());
          LockedTarget locked = lock(open, progress)) {
        StampOutcome outcome = locked.stamp(files, plan(locked.state(files), wanted), purge);
        report(out, open, outcome, locked.state(files).current(), "");
      }
    }
  }

  private StampPlan plan(TargetState state, String wanted) {
    state.requireUnderstood();
    if (!purge) {
      state.requireKnown();
    }
    return state.graph().stamp(state.known(), wanted);
  }

  private void report(
      Output out, OpenTarget open, StampOutcome outcome, List<Revision> current, String mood) {
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          tell(lines, outcome.recorded(), mood + "recorded as applied");
          tell(lines, outcome.takenBack(), mood + "recorded as not applied");
          tell(lines, outcome.recordedAgain(), mood + "recorded again, as their files are now");
          if (!outcome.forgotten().isEmpty()) {
            lines.add(
                "Not in the files, recorded as not applied: "
                    + String.join(
                        ", ", outcome.forgotten().stream().map(RevisionId::toString).toList()));
          }
          if (outcome.started()) {
            lines.add("The database had no history; one was begun.");
          }
          if (outcome.isEmpty()) {
            lines.add("The history says so already; nothing was changed.");
          }
          lines.add(
              dryRun
                  ? "Nothing was changed. The history would be at %s.".formatted(position(current))
                  : "No script was run. The history is at %s.".formatted(position(current)));
          return lines;
        },
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          document.addProperty("dryRun", dryRun);
          Json.addOutcome(document, outcome);
          document.add("current", Json.idsOf(current));
          return document;
        });
  }

  private static void tell(List<String> lines, List<Revision> revisions, String what) {
    if (!revisions.isEmpty()) {
      lines.add(StateText.count(revisions.size(), "revision") + " " + what + ":");
      revisions.forEach(revision -> lines.add("  " + revision.id() + "  " + revision.message()));
    }
  }

  private static String position(List<Revision> heads) {
    return heads.isEmpty()
        ? "base"
        : String.join(", ", heads.stream().map(Revision::title).toList());
  }
}
