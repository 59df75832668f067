package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.report.StandardOutput;
import dev.migrate.report.TerminalStyle;
import dev.migrate.target.SilenceWatchdog;
import dev.migrate.text.PlainText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Superclass of all goals: {@code skip} before anything else, the command line before the POM, the
 * right module of a reactor, one way to hand out a result and one way to fail.
 */
abstract class MigrateMojo extends AbstractMojo {
  /**
   * Does nothing when true.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.skip", defaultValue = "false")
  private boolean skip;

  /**
   * How the result is written: {@code text} for people, {@code json} for programs. The JSON is
   * described by {@code docs/output.schema.json}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.format", defaultValue = "text")
  private String format;

  /**
   * A file that takes the result instead of the console, relative to the project's directory. It is
   * replaced if it exists.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.output")
  private String output;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
  private MojoExecution execution;

  @Parameter(defaultValue = "${project}", readonly = true)
  private MavenProject project;

  @Inject private LifecycleExecutor lifecycleExecutor;

  @Inject private BuildPluginManager pluginManager;

  /** Nothing of ours reaches the log in another way. */
  @Override
  public final Log getLog() {
    return new PlainLog(super.getLog());
  }

  @Override
  public final void execute() throws MojoFailureException, MojoExecutionException {
    if (isSkipped()) {
      getLog().info("Skipped: migrate.skip is true.");
      return;
    }
    Output out = null;
    long start = System.nanoTime();
    try {
      new GivenParameters(session, project, execution).check(getLog()::warn);
      CommandLineOverride.override(this, execution, session, project);
      ReactorModules modules =
          new ReactorModules(session, project, execution, lifecycleExecutor, pluginManager);
      List<MavenProject> elsewhere = modules.elsewhere();
      if (!elsewhere.isEmpty()) {
        if (!isForEveryModule()) {
          modules.requireOne(elsewhere);
        }
        if (movesTarget()) {
          modules.requireOwnHistories(elsewhere);
        }
        for (MavenProject module : elsewhere) {
          getLog().info("Module " + module.getArtifactId() + ":");
          modules.runIn(module);
        }
        return;
      }
      out = Output.of(format, formats(), output, directory(), console(), getLog()::info);
      SilenceWatchdog.Ear ear = SilenceWatchdog.hear(getLog()::warn);
      ShutdownMessage word = ShutdownMessage.of(this::leftBehind, getLog()::warn);
      try {
        run(out);
      } finally {
        word.withdraw();
        ear.close();
      }
    } catch (MigrateException e) {
      if (out != null) {
        out.json(() -> Json.failure(goal(), e));
      }
      throw failure(e);
    } catch (RuntimeException e) {
      throw defect(e);
    } finally {
      if (getLog().isDebugEnabled()) {
        getLog().debug("Plugin time: %d ms.".formatted((System.nanoTime() - start) / 1_000_000));
      }
    }
  }

  /**
   * Does what the goal is for.
   *
   * @param out takes the result
   * @throws MigrateException when the user has something to mend
   */
  abstract void run(Output out);

  /**
   * What somebody reads who ends the goal with Ctrl-C.
   *
   * @return what is left then, wherever it is cut off
   */
  String leftBehind() {
    return "Stopped. Nothing was changed: migrate:" + goal() + " only looks.";
  }

  /**
   * @return the formats in which this goal can write its result
   */
  List<String> formats() {
    return List.of("text", "json");
  }

  /**
   * Names the target of a goal before anything is done there. Where the log is silenced it belongs
   * to the answer: nobody should have to guess which database that was.
   *
   * @param out takes the answer
   * @param target what is looked at or changed
   */
  final void announce(Output out, Object target) {
    String line = "Target: " + target;
    if (getLog().isInfoEnabled()) {
      getLog().info(line);
    } else {
      out.about(line);
    }
  }

  /**
   * Whether, in a build of several modules with revisions, the goal is meant for each of them.
   *
   * @return false if it must be said which module is meant
   */
  boolean isForEveryModule() {
    return false;
  }

  /**
   * Whether the goal changes a target, so that two modules must not mean the same history by it.
   *
   * @return false for a goal that only looks
   */
  boolean movesTarget() {
    return false;
  }

  /**
   * @param parameter its name
   * @return whether the command line or the POM says it, and not the default
   */
  final boolean isGiven(String parameter) {
    if (session.getUserProperties().containsKey("migrate." + parameter)) {
      return true;
    }
    Plugin plugin = declared();
    return plugin != null
        && plugin.getConfiguration() instanceof Xpp3Dom configuration
        && configuration.getChild(parameter) != null;
  }

  /**
   * @return this plugin as the project's POM or one above it declares it; null when none does
   */
  final Plugin declared() {
    if (project == null) {
      return null;
    }
    Plugin plugin = project.getPlugin(execution.getPlugin().getKey());
    return plugin != null || project.getPluginManagement() == null
        ? plugin
        : project.getPluginManagement().getPluginsAsMap().get(execution.getPlugin().getKey());
  }

  /** The command line wins over the POM here, too, in both directions. */
  private boolean isSkipped() {
    String given = session.getUserProperties().getProperty("migrate.skip");
    return given == null ? skip : given.isEmpty() || Boolean.parseBoolean(given);
  }

  private MojoFailureException failure(MigrateException e) {
    String nl = System.lineSeparator();
    String message =
        e.code() + nl + nl + lines(e.problem()) + nl + nl + "What to do: " + lines(e.remedy()) + nl;
    boolean details = session.getRequest().isShowErrors() || getLog().isDebugEnabled();
    return details
        ? new MojoFailureException(message, PlainThrowable.of(e))
        : new MojoFailureException(message);
  }

  private static String lines(String text) {
    return String.join(System.lineSeparator(), PlainText.lines(text));
  }

  /** What is nobody's to mend but ours; a message of a server may stand in it all the same. */
  private static MojoExecutionException defect(RuntimeException e) {
    PlainThrowable plain = PlainThrowable.of(e);
    return new MojoExecutionException(plain.toString(), plain);
  }

  /**
   * {@code mvn -q} silences the log, and whoever says it wants the answer alone: fit for a pipe. So
   * does whoever sends the log to standard error, as the script {@code migrate} of a generated
   * project does.
   */
  private Consumer<String> console() {
    return getLog().isInfoEnabled() && !isLogOnStandardError()
        ? getLog()::info
        : line -> TerminalStyle.onConsole(line).forEach(StandardOutput.stream()::println);
  }

  /** Maven 3's name for it, and Maven 4's. */
  private static boolean isLogOnStandardError() {
    return List.of("org.slf4j.simpleLogger.logFile", "maven.logger.logFile").stream()
        .anyMatch(name -> "System.err".equals(System.getProperty(name)));
  }

  /**
   * @return the goal's name, such as {@code upgrade}
   */
  final String goal() {
    return execution.getGoal();
  }

  /**
   * @return whether the lifecycle runs the goal, and not somebody who asked for it
   */
  final boolean isBound() {
    return execution.getSource() == MojoExecution.Source.LIFECYCLE;
  }

  final String pluginVersion() {
    return execution.getPlugin().getVersion();
  }

  /**
   * @return the project's directory; the current one where there is no project
   */
  final Path directory() {
    return project == null || project.getBasedir() == null
        ? Path.of(session.getRequest().getBaseDirectory()).toAbsolutePath()
        : project.getBasedir().toPath();
  }

  /**
   * @return colour where a person reads along on a terminal
   */
  final TerminalStyle style() {
    boolean plain =
        !Terminal.isThere()
            || !session.getRequest().isInteractiveMode()
            || System.getenv("NO_COLOR") != null
            || "dumb".equals(System.getenv("TERM"));
    String wanted = session.getUserProperties().getProperty("style.color", "auto");
    return switch (wanted) {
      case "always" -> TerminalStyle.COLOUR;
      case "never" -> TerminalStyle.PLAIN;
      default -> plain ? TerminalStyle.PLAIN : TerminalStyle.COLOUR;
    };
  }

  final MavenSession session() {
    return session;
  }

  final MavenProject project() {
    return project;
  }

  /**
   * A JSON document of this goal, to be filled.
   *
   * @return the document
   */
  final JsonObject document() {
    return Json.document(goal());
  }

  /**
   * @param parameter its name without prefix
   * @param value what was given, or null
   * @return the value
   * @throws MigrateException when there is none
   */
  static String required(String parameter, String value, String example) {
    if (value == null || value.isBlank()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "This goal needs -Dmigrate.%s.".formatted(parameter),
          "Run it again with -Dmigrate.%s=%s.".formatted(parameter, example));
    }
    return value.strip();
  }

  /** Splits a list as people write it on a command line. */
  static List<String> list(String value) {
    List<String> items = new ArrayList<>();
    for (String item : value == null ? new String[0] : value.split(",")) {
      if (!item.isBlank()) {
        items.add(item.strip());
      }
    }
    return List.copyOf(items);
  }
}
