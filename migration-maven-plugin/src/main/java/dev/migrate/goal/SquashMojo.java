package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.history.TargetState;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.script.RevisionFiles;
import dev.migrate.squash.SquashHistory;
import dev.migrate.squash.SquashResult;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Replaces everything up to a revision by one baseline, a script that new databases run instead,
 * and moves the old files to an archive. Nothing is written before the baseline is proven to give
 * the same schema and the same rows. Databases that have applied all that it replaces go on as
 * before. Refused when the target has applied only a part of it.
 *
 * @since 1.0.0
 */
@Mojo(name = "squash", requiresProject = false, threadSafe = true)
public class SquashMojo extends SchemaMojo {
  /**
   * The last revision that is replaced: an id or the beginning or end of one, {@code current},
   * {@code head}, {@code head-20}, a label.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to")
  private String to;

  /**
   * What the baseline says of itself, in one line and any language.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.message")
  private String message;

  /**
   * The folder of all archives, relative to the project's directory. It must not lie where Flyway
   * looks for scripts.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.archiveDirectory", defaultValue = "src/main/resources/db/archive")
  private String archiveDirectory;

  /**
   * Proves the baseline and says what would be replaced, and changes nothing.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.dryRun", defaultValue = "false")
  private boolean dryRun;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    if (!dryRun && finishes(out)) {
      return;
    }
    String last = required("to", to, "<last revision to replace>");
    RevisionFiles files = files();
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, files);
      SquashResult squashed =
          new SquashHistory(
                  scratchSource(),
                  files,
                  historyOptions(),
                  directory().resolve(archiveDirectory),
                  replaying(),
                  Clock.systemUTC())
              .run(last, Optional.of(state), message == null ? "" : message, dryRun);
      if (squashed instanceof SquashResult.Replaced replaced) {
        warn(replaced.warnings());
        out.result(() -> lines(replaced), () -> document(replaced));
      } else {
        SquashResult.Finished finished = (SquashResult.Finished) squashed;
        out.result(() -> lines(finished), () -> document(finished));
      }
    }
  }

  private List<String> lines(SquashResult.Replaced done) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %sreplaced by the baseline %s"
            .formatted(
                StateText.count(done.replaced().size(), "revision"),
                dryRun ? "would be " : "",
                done.baseline().title()));
    lines.add("  baseline: " + done.baseline().origin());
    lines.add("  archive:  " + done.archive());
    if (!done.tables().isEmpty()) {
      lines.add(
          "  rows:     "
              + done.tables().stream()
                  .map(table -> table.name() + " (" + table.rows() + ")")
                  .collect(Collectors.joining(", ")));
    }
    lines.add(
        "Proven: on an empty database it gives what they give, and the later revisions run on it.");
    if (!dryRun) {
      lines.add(
          "Databases that have applied all of them go on as before. Where an application runs Flyway"
              + " by itself, say there that files may be gone: spring.flyway.ignore-migration-patterns="
              + "*:missing,*:future (docs/squash.md).");
    }
    return lines;
  }

  private JsonObject document(SquashResult.Replaced done) {
    JsonObject document = document();
    document.addProperty("dryRun", dryRun);
    document.addProperty("baseline", done.baseline().id().toString());
    document.addProperty("file", done.baseline().origin());
    document.addProperty("archive", done.archive());
    document.add("replaced", Json.idsOf(done.replaced()));
    JsonArray tables = new JsonArray();
    for (SquashResult.Table table : done.tables()) {
      JsonObject one = new JsonObject();
      one.addProperty("table", table.name());
      one.addProperty("rows", table.rows());
      tables.add(one);
    }
    document.add("tables", tables);
    return document;
  }

  private List<String> lines(SquashResult.Finished done) {
    return List.of(
        "The baseline %s was written by an earlier run; %s that it had archived %sremoved."
            .formatted(
                done.baseline().title(),
                StateText.count(done.removed(), "file"),
                dryRun ? "would be " : ""));
  }

  private JsonObject document(SquashResult.Finished done) {
    JsonObject document = document();
    document.addProperty("dryRun", dryRun);
    document.addProperty("baseline", done.baseline().id().toString());
    document.addProperty("file", done.baseline().origin());
    document.addProperty("removed", done.removed());
    return document;
  }
}
