package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.history.TargetState;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Shows where the target stands, and what is pending, failed, edited or unknown. Reads only.
 *
 * @since 1.0.0
 */
@Mojo(name = "current", requiresProject = false, threadSafe = true)
public class CurrentMojo extends TargetMojo {
  @Override
  void run(Output out) {
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, this::filesOrNone);
      out.result(
          () -> new StateText(state, style()).current(),
          () -> {
            JsonObject document = document();
            Json.addState(document, open.target().toString(), state, state.states());
            return document;
          });
    }
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
