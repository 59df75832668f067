package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.history.History;
import dev.migrate.history.RevisionState;
import dev.migrate.history.TargetState;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Draws the revisions as a graph, newest first, and marks where each stands on the target: applied
 * (and when), pending, current, failed, edited, unknown. Reads only.
 *
 * @since 1.0.0
 */
@Mojo(name = "history", requiresProject = false, threadSafe = true)
public class HistoryMojo extends TargetMojo {
  /**
   * A part of the history, such as {@code 20260110:head}, {@code base:current}, {@code -3:} or a
   * single revision; all of it when not given.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.range")
  private String range;

  /**
   * Shows the scripts of each revision, too.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.verbose", defaultValue = "false")
  private boolean verbose;

  /**
   * Looks at the files only, and at no target: every revision then counts as pending.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.filesOnly", defaultValue = "false")
  private boolean filesOnly;

  @Override
  void run(Output out) {
    RevisionFiles files = files();
    if (filesOnly) {
      show(out, "", TargetState.of(files, History.empty()));
      return;
    }
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      show(out, open.target().toString(), read(open, files));
    }
  }

  private void show(Output out, String target, TargetState state) {
    List<Revision> shown =
        range == null || range.isBlank()
            ? state.graph().revisions()
            : state.graph().range(range, state.applied());
    out.result(
        () ->
            shown.isEmpty()
                ? List.of("There are no revisions yet; write the first with mvn migrate:revision.")
                : new StateText(state, style()).history(shown, verbose),
        () -> {
          Set<RevisionId> ids = shown.stream().map(Revision::id).collect(Collectors.toSet());
          List<RevisionState> states =
              state.states().stream()
                  .filter(one -> one.revision().isEmpty() || ids.contains(one.id()))
                  .toList();
          JsonObject document = document();
          Json.addState(document, target, state, states);
          return document;
        });
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
