package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.TargetState;
import dev.migrate.report.Output;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.scratch.EmbeddedServer;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Starts the embedded PostgreSQL of the project, for other plugins and for the application; never
 * another database, whatever {@code migrate.url} says. It runs until {@code migrate:stop}; where an
 * execution in the POM binds the goal to a phase, until the build ends, unless it ran before. Sets
 * the project properties {@code migrate.embedded.url}, {@code migrate.embedded.user} and {@code
 * migrate.embedded.password} for plugins that run later in the same build, and {@code
 * migrate.embedded.wasRunning}, which tells {@code <skip>} of {@code migrate:stop} whether somebody
 * else uses it.
 *
 * @since 1.0.0
 */
@Mojo(name = "start", requiresProject = false, threadSafe = true)
public class StartMojo extends MovingMojo {
  /**
   * Also shows the password, for a client that is to be connected by hand.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.showPassword", defaultValue = "false")
  private boolean showPassword;

  /**
   * Also applies the pending revisions to the embedded database, so that code can be generated from
   * it and the application finds it at the head.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.startAtHead", defaultValue = "false")
  private boolean startAtHead;

  /**
   * A file that takes {@code url}, {@code user} and {@code password} of the embedded database as
   * properties, for an application that is started by hand; relative to the project's directory.
   * Only its owner may read it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.addressFile")
  private String addressFile;

  @Override
  String leftBehind() {
    return "Stopped. If the server runs already, mvn migrate:stop ends it.";
  }

  @Override
  void run(Output out) {
    EmbeddedServer server = embeddedServer();
    boolean wasRunning = server.running().isPresent();
    // Who asks for it has it until they say otherwise; the lifecycle, as long as the build lasts.
    ServerAddress address =
        isBound()
            ? BuildServers.use(server, session().getRequest()).address()
            : server.start(EmbeddedServer.DEFAULT_DATABASE);
    String url = address.jdbcUrl(EmbeddedServer.DEFAULT_DATABASE);
    if (project() != null) {
      Properties properties = project().getProperties();
      properties.setProperty("migrate.embedded.url", url);
      properties.setProperty("migrate.embedded.user", address.user());
      properties.setProperty("migrate.embedded.password", address.password());
      properties.setProperty("migrate.embedded.wasRunning", String.valueOf(wasRunning));
    }
    if (addressFile != null && !addressFile.isBlank()) {
      writeAddress(directory().resolve(addressFile), url, address);
    }
    if (startAtHead) {
      upgrade(Target.of(url, address.user(), address.password(), embeddedName()));
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
                end(wasRunning)),
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

  private String end(boolean wasRunning) {
    if (!isBound()) {
      return "It runs until mvn migrate:stop.";
    }
    return wasRunning
        ? "It ran before this build, and goes on."
        : "It ends with this build; mvn migrate:start starts one that stays.";
  }

  /** No backup: the embedded database is the developer's own, and its server was just started. */
  private void upgrade(Target target) {
    RevisionFiles files = files();
    try (LogProgress progress = new LogProgress(getLog());
        LockedTarget locked = LockedTarget.open(target, purpose(), options(), progress)) {
      TargetState state = locked.state(files);
      state.require().upgradable();
      RevisionPlan plan = state.graph().upgrade(state.applied(), "head");
      state.require().nothingFailedBut(plan.revisions(), Set.of());
      state.require().inOrder(plan.revisions());
      locked.upgrade(files, plan);
    }
  }

  private static void writeAddress(Path file, String url, ServerAddress address) {
    Properties properties = new Properties();
    properties.setProperty("url", url);
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    try {
      OwnerOnlyFile.write(file, properties);
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The address of the embedded database cannot be written to %s: %s."
              .formatted(file, e.getMessage()),
          "Give a file in a folder that you may write to with -Dmigrate.addressFile.",
          e);
    }
  }
}
