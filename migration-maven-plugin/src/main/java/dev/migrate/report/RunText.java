package dev.migrate.report;

import com.google.gson.JsonObject;
import dev.migrate.history.TargetState;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.run.PlannedRun;
import dev.migrate.run.RunDirection;
import dev.migrate.run.RunResult;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats an upgrade or a downgrade as text and as JSON: its plan before it runs, and its result.
 */
public final class RunText {
  private static final int MOST_NAMED = 3;

  private RunText() {}

  /**
   * @param run what is about to run
   * @return how much that is, and from where
   */
  public static String beginning(PlannedRun run) {
    return "%s, from %s:".formatted(task(run), StateText.position(run.before().current()));
  }

  private static String task(PlannedRun run) {
    String verb = run.direction() instanceof RunDirection.Up ? "apply" : "take back";
    return "%s to %s".formatted(StateText.count(run.plan().revisions().size(), "revision"), verb);
  }

  /**
   * @param result what was done
   * @return the same for people
   */
  public static List<String> of(RunResult result) {
    List<String> lines = new ArrayList<>();
    if (result.run().plan() instanceof RevisionPlan.Nothing nothing) {
      lines.add(nothing.explanation());
    } else {
      lines.add(
          "Done in %s. Now at %s."
              .formatted(
                  Durations.text(result.took()), StateText.position(result.after().current())));
      remark(result.run().plan(), lines);
    }
    int repeatables = result.outcome().repeatables();
    if (repeatables > 0) {
      lines.add(StateText.count(repeatables, "repeatable migration") + " ran.");
    }
    irreversible(result).ifPresent(lines::add);
    result.backup().ifPresent(backup -> lines.add("Backup of before: " + backup.name()));
    return lines;
  }

  private static Optional<String> irreversible(RunResult result) {
    List<String> titles =
        result.irreversible().stream()
            .map(one -> "%s (%s)".formatted(one.revision().title(), one.why()))
            .toList();
    return titles.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Cannot be taken back: %s%s."
                .formatted(
                    titles.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                    titles.size() > MOST_NAMED
                        ? ", and %d more".formatted(titles.size() - MOST_NAMED)
                        : ""));
  }

  /**
   * @param result what was done
   * @param document takes it for programs
   */
  public static void add(RunResult result, JsonObject document) {
    Json.addOutcome(document, result.outcome());
    document.addProperty("millis", result.took().toMillis());
    document.add("current", Json.idsOf(result.after().current()));
  }

  /**
   * @param run what would run
   * @return the same for people, every revision with its script
   */
  public static List<String> planned(PlannedRun run) {
    List<String> lines = new ArrayList<>();
    if (run.plan() instanceof RevisionPlan.Nothing nothing) {
      lines.add(nothing.explanation());
      besides(run, lines);
      return lines;
    }
    lines.add(
        "Dry run: %s, from %s to %s:"
            .formatted(
                task(run),
                StateText.position(run.before().current()),
                StateText.position(run.plan().headsAfter())));
    for (RevisionFile file : run.files()) {
      lines.add("  %s  %s  %s".formatted(file.id(), file.revision().message(), script(run, file)));
    }
    besides(run, lines);
    remark(run.plan(), lines);
    lines.add("Nothing was changed.");
    return lines;
  }

  private static void besides(PlannedRun run, List<String> lines) {
    for (JavaMigration step : run.javaMigrations()) {
      lines.add("  Java migration: " + step);
    }
    for (Script script : run.repeatables()) {
      lines.add("  repeatable, new or changed: " + script.name());
    }
  }

  /** The script that would run, or the lack of it. */
  private static String script(PlannedRun run, RevisionFile file) {
    return run.direction() instanceof RunDirection.Up
        ? file.upgrade().name() + (file.downgrade().isPresent() ? "" : " (irreversible)")
        : file.downgrade().map(Script::name).orElse("no downgrade script: it would stop here");
  }

  /**
   * @param run what would run
   * @param document takes it for programs
   */
  public static void addPlan(PlannedRun run, JsonObject document) {
    TargetState state = run.before();
    document.addProperty("dryRun", true);
    document.add("planned", Json.idsOf(run.plan().revisions()));
    document.add("current", Json.idsOf(state.current()));
    document.add("currentAfter", Json.idsOf(run.plan().headsAfter()));
  }

  private static void remark(RevisionPlan plan, List<String> lines) {
    if (plan instanceof RevisionPlan.Steps steps && !steps.remark().isEmpty()) {
      lines.add(steps.remark());
    }
  }
}
