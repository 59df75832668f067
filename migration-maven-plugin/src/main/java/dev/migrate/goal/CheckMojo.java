package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.TargetState;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import java.util.List;
import java.util.function.Supplier;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * The gate of a deployment script: fails unless the target is exactly at the one head of the files,
 * with nothing pending, failed, edited or unknown, repeatable migrations included. Reads only.
 *
 * @since 1.0.0
 */
@Mojo(name = "check", requiresProject = false, threadSafe = true)
public class CheckMojo extends TargetMojo {
  @Override
  void run(Output out) {
    try (OpenTarget open = openTarget()) {
      announce(out, open);
      TargetState state = read(open, this::files);
      StateText text = new StateText(state, style());
      for (String line : text.attention()) {
        getLog().warn(line);
      }
      Supplier<JsonObject> document =
          () -> {
            JsonObject whole = document();
            Json.addState(whole, open.target().toString(), state, state.states());
            return whole;
          };
      try {
        state.require().atHead();
      } catch (MigrateException e) {
        out.result(List::of, document, goal(), e);
        throw e;
      }
      out.result(() -> List.of("The database is at the head: " + text.place() + "."), document);
    }
  }

  @Override
  boolean isForEveryModule() {
    return true;
  }
}
