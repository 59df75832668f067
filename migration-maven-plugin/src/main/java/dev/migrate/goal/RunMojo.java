package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Outcome;
import dev.migrate.history.TargetState;
import dev.migrate.report.Durations;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.Plan;
import dev.migrate.revision.Revision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Parameter;

/** Upgrade and downgrade: two directions of one errand. */
abstract class RunMojo extends MovingMojo {
  /**
   * Lists what would run, from where the target really stands, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * A file that takes what would run as one script for psql, history rows included; nothing is
   * changed. Relative to the project's directory.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.sql")
  private String sql;

  abstract Plan plan(TargetState state);

  abstract Outcome move(LockedTarget target, RevisionFiles files, Plan plan);

  abstract String preview(OpenTarget open, RevisionFiles files);

  abstract String verb();

  final void move(Output out) {
    RevisionFiles files = files();
    try (OpenTarget open = openTarget()) {
      getLog().info("Target: " + open);
      if (sql != null && !sql.isBlank()) {
        writePreview(open, files, out);
      } else if (dryRun) {
        listPlan(open, files, out);
      } else {
        run(open, files, out);
      }
    }
  }

  private void run(OpenTarget open, RevisionFiles files, Output out) {
    try (LogProgress progress = new LogProgress(getLog());
        LockedTarget locked = lock(open, progress)) {
      TargetState before = locked.state(files);
      Plan plan = plan(before);
      if (!plan.revisions().isEmpty()) {
        getLog()
            .info(
                "%s to %s, from %s:"
                    .formatted(
                        StateText.count(plan.revisions().size(), "revision"),
                        verb(),
                        position(before.current())));
      }
      long start = System.nanoTime();
      Outcome outcome = move(locked, files, plan);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      TargetState after = locked.state(files);
      out.result(
          () -> summary(plan, outcome, after, took), () -> document(open, outcome, after, took));
    }
  }

  private static List<String> summary(
      Plan plan, Outcome outcome, TargetState after, Duration took) {
    List<String> lines = new ArrayList<>();
    if (plan instanceof Plan.Nothing nothing) {
      lines.add(nothing.explanation());
    } else {
      lines.add(
          "Done in %s. Now at %s.".formatted(Durations.text(took), position(after.current())));
    }
    if (outcome.repeatables() > 0) {
      lines.add(StateText.count(outcome.repeatables(), "repeatable migration") + " ran.");
    }
    return lines;
  }

  private JsonObject document(OpenTarget open, Outcome outcome, TargetState after, Duration took) {
    JsonObject document = document();
    document.addProperty("target", open.target().toString());
    Json.addOutcome(document, outcome);
    document.addProperty("millis", took.toMillis());
    document.add("current", Json.idsOf(after.current()));
    return document;
  }

  private void listPlan(OpenTarget open, RevisionFiles files, Output out) {
    TargetState state = read(open, files);
    Plan plan = plan(state);
    out.result(
        () -> planned(plan, files, state),
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          document.addProperty("dryRun", true);
          document.add("planned", Json.idsOf(plan.revisions()));
          document.add("current", Json.idsOf(state.current()));
          document.add("currentAfter", Json.idsOf(plan.headsAfter()));
          return document;
        });
  }

  private List<String> planned(Plan plan, RevisionFiles files, TargetState state) {
    List<String> lines = new ArrayList<>();
    if (plan instanceof Plan.Nothing nothing) {
      lines.add(nothing.explanation());
      return lines;
    }
    lines.add(
        "Dry run: %s to %s, from %s to %s:"
            .formatted(
                StateText.count(plan.revisions().size(), "revision"),
                verb(),
                position(state.current()),
                position(plan.headsAfter())));
    for (RevisionFile file : files.get(plan.revisions())) {
      lines.add("  %s  %s  %s".formatted(file.id(), file.revision().message(), scriptName(file)));
    }
    lines.add("Nothing was changed.");
    return lines;
  }

  /** The script that would run, or the lack of it. */
  private String scriptName(RevisionFile file) {
    boolean up = goal().equals("upgrade");
    String reversible = file.downgrade().isPresent() ? "" : " (irreversible)";
    return up
        ? file.upgrade().name() + reversible
        : file.downgrade().map(Script::name).orElse("no downgrade script: it would stop here");
  }

  private void writePreview(OpenTarget open, RevisionFiles files, Output out) {
    Path file = directory().resolve(sql);
    String script = preview(open, files);
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, script, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The script cannot be written to %s: %s.".formatted(file, e.getMessage()),
          "Give a file in a folder that you may write to with -Dmigrate.sql.",
          e);
    }
    out.result(
        () ->
            List.of(
                "Written to " + file + "; nothing was changed.",
                "Read it, then run it with psql -X -f " + file.getFileName() + "."),
        () -> {
          JsonObject document = document();
          document.addProperty("target", open.target().toString());
          document.addProperty("sql", file.toString());
          return document;
        });
  }

  private static String position(List<Revision> heads) {
    return heads.isEmpty()
        ? "base"
        : heads.stream().map(Revision::title).collect(Collectors.joining(", "));
  }
}
