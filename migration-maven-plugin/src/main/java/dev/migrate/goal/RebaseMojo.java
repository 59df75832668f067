package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.history.TargetState;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.Revision;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionWriter;
import dev.migrate.verify.BranchTrial;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Moves a branch of revisions that nobody else has yet onto another head, so that the history stays
 * one line without a merge. The files get new ids, the scripts stay as they are. Refused when the
 * target has applied one of them.
 *
 * @since 1.0.0
 */
@Mojo(name = "rebase", requiresProject = false, threadSafe = true)
public class RebaseMojo extends SchemaMojo {
  /**
   * The first revision to move; everything that builds on it moves along.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.revision")
  private String revision;

  /**
   * What it shall revise.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.onto")
  private String onto;

  /**
   * Says what would be moved, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * Runs what moves after what it moves onto on a scratch database before anything is written, and
   * refuses where a statement collides with the other branch.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.trial", defaultValue = "true")
  private boolean trial;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    if (!dryRun && finishes(out)) {
      return;
    }
    String first = required("revision", revision, "<first revision of the branch to move>");
    String base = required("onto", onto, "<head to move it onto>");
    RevisionFiles files = files();
    Clock clock = Clock.systemUTC();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, files);
      Revision moved = state.graph().resolveOne(first, state.applied());
      Revision parent = state.graph().resolveOne(base, state.applied());
      RebasePlan rebase = state.graph().rebase(moved, parent, state.applied(), clock.instant());
      if (trial) {
        new BranchTrial(this::scratchSource, files, historyOptions(), replaying()).rebase(rebase);
      }
      if (!dryRun && !rebase.isEmpty()) {
        new RevisionWriter(files, clock).rebase(rebase);
      }
      out.result(
          () -> lines(rebase),
          () -> {
            JsonObject document = document();
            document.addProperty("dryRun", dryRun);
            document.addProperty("onto", rebase.onto().id().toString());
            JsonArray moves = new JsonArray();
            for (RebasePlan.Move move : rebase.moves()) {
              JsonObject one = new JsonObject();
              one.addProperty("from", move.from().id().toString());
              one.addProperty("to", move.to().id().toString());
              moves.add(one);
            }
            document.add("moves", moves);
            return document;
          });
    }
  }

  private List<String> lines(RebasePlan rebase) {
    List<String> lines = new ArrayList<>();
    if (rebase.isEmpty()) {
      lines.add("It revises " + rebase.onto().title() + " already; nothing was changed.");
      return lines;
    }
    lines.add(
        "%s %smoved onto %s:"
            .formatted(
                StateText.count(rebase.moves().size(), "revision"),
                dryRun ? "would be " : "",
                rebase.onto().title()));
    for (RebasePlan.Move move : rebase.moves()) {
      lines.add(
          "  %s -> %s  %s".formatted(move.from().id(), move.to().id(), move.from().message()));
    }
    return lines;
  }
}
