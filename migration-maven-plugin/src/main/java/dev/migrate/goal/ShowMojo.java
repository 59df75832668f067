package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.history.RevisionState;
import dev.migrate.history.TargetState;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.revision.RevisionId;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows one revision: its header, where it stands on the target, who applied it when and how long
 * it took, and both scripts. Reads only.
 *
 * @since 1.0.0
 */
@Mojo(name = "show", requiresProject = false, threadSafe = true)
public class ShowMojo extends TargetMojo {
  /**
   * Which revision: an id or the beginning or end of one, {@code head}, {@code current}, a label.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.revision", defaultValue = "head")
  private String revision;

  @Override
  void run(Output out) {
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, files());
      RevisionId id =
          unknownToFiles(state)
              .orElseGet(() -> state.graph().resolveOne(revision, state.applied()).id());
      out.result(
          () -> new StateText(state, style()).show(id),
          () -> {
            JsonObject document = document();
            Json.addState(
                document,
                open.target().toString(),
                state,
                state.state(id).map(List::of).orElse(List.of()));
            return document;
          });
    }
  }

  /** A revision that only the history knows can be shown, too. */
  private Optional<RevisionId> unknownToFiles(TargetState state) {
    return RevisionId.parse(revision.strip())
        .filter(
            id ->
                state.state(id).map(RevisionState::revision).filter(Optional::isEmpty).isPresent());
  }
}
