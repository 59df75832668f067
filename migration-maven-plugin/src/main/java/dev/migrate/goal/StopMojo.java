package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.report.Output;
import dev.migrate.scratch.EmbeddedServer;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Stops the embedded PostgreSQL that {@code migrate:start} left running. Its data stays.
 *
 * @since 1.0.0
 */
@Mojo(name = "stop", requiresProject = false, threadSafe = true)
public class StopMojo extends TargetMojo {
  @Override
  String leftBehind() {
    return "Stopped. The server runs until mvn migrate:stop has ended it.";
  }

  @Override
  void run(Output out) {
    EmbeddedServer server = embeddedServer();
    // Of this very build, which would count as another one's use.
    boolean used = BuildServers.end(server);
    EmbeddedServer.Stop stop = server.stop();
    EmbeddedServer.Stop found =
        used && stop == EmbeddedServer.Stop.NOT_RUNNING ? EmbeddedServer.Stop.STOPPED : stop;
    out.result(
        () ->
            List.of(
                switch (found) {
                  case STOPPED -> "Stopped: " + embeddedName() + ". Its data stays.";
                  case NOT_RUNNING -> "Not running: " + embeddedName() + ".";
                  case IN_USE ->
                      "Other builds use it right now; the last of them will stop the "
                          + embeddedName()
                          + ".";
                }),
        () -> {
          JsonObject document = document();
          document.addProperty("stop", found.name().toLowerCase(Locale.ROOT));
          return document;
        });
  }
}
