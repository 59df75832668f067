package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.report.Output;
import dev.migrate.scratch.EmbeddedServer;
import dev.migrate.scratch.ServerAddress;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Starts the embedded PostgreSQL of the project and lets it run until {@code migrate:stop}, for
 * other plugins and for the application. Sets the project properties {@code migrate.embedded.url},
 * {@code migrate.embedded.user} and {@code migrate.embedded.password} for plugins that run later in
 * the same build.
 *
 * @since 1.0.0
 */
@Mojo(name = "start", requiresProject = false, threadSafe = true)
public class StartMojo extends TargetMojo {
  /**
   * Also shows the password, for a client that is to be connected by hand.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.showPassword", defaultValue = "false")
  private boolean showPassword;

  @Override
  void run(Output out) {
    ServerAddress address = embeddedServer().start(EmbeddedServer.DEFAULT_DATABASE);
    String url = address.jdbcUrl(EmbeddedServer.DEFAULT_DATABASE);
    if (project() != null) {
      project().getProperties().setProperty("migrate.embedded.url", url);
      project().getProperties().setProperty("migrate.embedded.user", address.user());
      project().getProperties().setProperty("migrate.embedded.password", address.password());
    }
    out.result(
        () ->
            List.of(
                "Running: " + embeddedName(),
                "  URL:      " + url,
                "  user:     " + address.user(),
                "  password: "
                    + (showPassword
                        ? address.password()
                        : "shown with -Dmigrate.showPassword=true"),
                "It runs until mvn migrate:stop."),
        () -> {
          JsonObject document = document();
          document.addProperty("url", url);
          document.addProperty("user", address.user());
          if (showPassword) {
            document.addProperty("password", address.password());
          }
          return document;
        });
  }
}
