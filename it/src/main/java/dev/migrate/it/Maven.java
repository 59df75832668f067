package dev.migrate.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A Maven installation together with what every build needs of the one that is running: its Java,
 * its settings, its local repository, whether it may use the network. A value: the methods that
 * change something give another one.
 */
public final class Maven {
  private static final AtomicInteger RUNS = new AtomicInteger();

  /** What would lead a build to another database, or change its command line behind our back. */
  private static final Predicate<String> FOREIGN =
      name ->
          name.startsWith("MIGRATE_")
              || name.startsWith("PG")
              || name.equals("DATABASE_URL")
              || name.equals("MAVEN_ARGS")
              || name.equals("MAVEN_BASEDIR");

  private final Path home;
  private final Path javaHome;
  private final Optional<Path> settings;
  private final List<String> options;
  private final Map<String, String> environment;
  private final Path logs;
  private final Duration timeout;

  private Maven(
      Path home,
      Path javaHome,
      Optional<Path> settings,
      List<String> options,
      Map<String, String> environment,
      Path logs,
      Duration timeout) {
    this.home = home;
    this.javaHome = javaHome;
    this.settings = settings;
    this.options = List.copyOf(options);
    this.environment = Map.copyOf(environment);
    this.logs = logs;
    this.timeout = timeout;
  }

  /**
   * The Maven that runs the present build, which passes itself on as system properties: {@code
   * it.maven.home}, {@code it.settings}, {@code it.globalSettings}, {@code it.localRepository},
   * {@code it.network} and {@code it.work}, a folder for the builds' output.
   *
   * @return the same Maven, on the same Java, with the same settings and local repository
   */
  public static Maven ofThisBuild() {
    Path home = Path.of(property("it.maven.home"));
    List<String> options = new ArrayList<>(List.of("-B", "-ntp"));
    existing("it.globalSettings")
        .filter(file -> !file.equals(home.resolve("conf/settings.xml")))
        .ifPresent(file -> options.addAll(List.of("-gs", file.toString())));
    options.add("-Dmaven.repo.local=" + property("it.localRepository"));
    if (property("it.network").equals("offline=true")) {
      options.add("-o");
    }
    return new Maven(
        home,
        Path.of(System.getProperty("java.home")),
        existing("it.settings"),
        options,
        Map.of(),
        Path.of(property("it.work")).resolve("logs"),
        Duration.ofMinutes(5));
  }

  /**
   * @param property the name of a system property that the running build passes on
   * @return its value
   * @throws IllegalStateException if the property is not set
   */
  static String property(String property) {
    String value = System.getProperty(property);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          "The system property " + property + " is missing: the module it is run by Maven.");
    }
    return value;
  }

  /** The file that a system property names, if it names one that is there. */
  static Optional<Path> existing(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(name -> !name.isBlank())
        .map(Path::of)
        .filter(Files::isRegularFile);
  }

  /**
   * @param home the folder of another Maven
   * @return the same with that Maven
   */
  public Maven withHome(Path home) {
    return new Maven(home, javaHome, settings, options, environment, logs, timeout);
  }

  /**
   * @param javaHome the folder of another JDK
   * @return the same on that JDK
   */
  public Maven withJava(Path javaHome) {
    return new Maven(home, javaHome, settings, options, environment, logs, timeout);
  }

  /**
   * @param file the user settings of every build
   * @return the same with these settings
   */
  public Maven withSettings(Path file) {
    return new Maven(home, javaHome, Optional.of(file), options, environment, logs, timeout);
  }

  /**
   * @param more command line options for every build; they come after the present ones
   * @return the same with these options
   */
  public Maven withOptions(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Maven(home, javaHome, settings, all, environment, logs, timeout);
  }

  /**
   * @param name an environment variable
   * @param value what the builds see in it
   * @return the same with that variable
   */
  public Maven withEnvironment(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, Objects.requireNonNull(value, name));
    return new Maven(home, javaHome, settings, options, all, logs, timeout);
  }

  /**
   * @param timeout after which a build is killed and counts as failed
   * @return the same with that patience
   */
  public Maven withTimeout(Duration timeout) {
    return new Maven(home, javaHome, settings, options, environment, logs, timeout);
  }

  /**
   * @return the folder of this Maven
   */
  public Path home() {
    return home;
  }

  /**
   * @return the folder of the JDK that it runs on
   */
  public Path javaHome() {
    return javaHome;
  }

  /**
   * @return the command and the options of every build, for a script that runs builds itself
   */
  public List<String> command() {
    return List.copyOf(command(new String[0]));
  }

  /**
   * Runs a build and waits for it.
   *
   * @param directory the project, or any folder
   * @param arguments goals and options
   * @return what came of it, whether it succeeded or not
   * @throws AssertionError if the build takes longer than the timeout
   */
  public Build run(Path directory, String... arguments) {
    return start(directory, arguments).await();
  }

  /**
   * Starts a build and does not wait for it.
   *
   * @param directory the project, or any folder
   * @param arguments goals and options
   * @return the running build
   */
  public RunningBuild start(Path directory, String... arguments) {
    List<String> command = command(arguments);
    Path log = logFile();
    long start = System.nanoTime();
    // A file, not a pipe: a server that the build leaves behind would hold a pipe open.
    Process process = launch(command, directory, ProcessBuilder.Redirect.to(log.toFile()));
    return new RunningBuild(command, process, log, start, timeout);
  }

  /**
   * Runs a script as CI servers do, each line unless one fails; {@code mvn} in it is this Maven.
   *
   * @param directory the project, or any folder
   * @param script for bash
   * @return what came of it, whether it succeeded or not
   * @throws AssertionError if it takes longer than the timeout
   */
  public Build shell(Path directory, String script) {
    Path like =
        logFile()
            .resolveSibling(
                "maven-%d-%d".formatted(ProcessHandle.current().pid(), RUNS.incrementAndGet()));
    Path folder = like.resolve("bin");
    Path launcher = folder.resolve("mvn");
    try {
      Files.createDirectories(folder);
      // Scripts that look which version it is find what is beside the real one.
      Files.createSymbolicLink(like.resolve("lib"), home.resolve("lib"));
      StringBuilder text = new StringBuilder("#!/bin/sh\nexec");
      command().forEach(word -> text.append(" '").append(word).append("'"));
      Files.writeString(launcher, text.append(" \"$@\"\n"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + launcher, e);
    }
    if (!launcher.toFile().setExecutable(true)) {
      throw new IllegalStateException("Cannot make " + launcher + " executable");
    }
    String path = folder + File.pathSeparator + System.getenv("PATH");
    List<String> command = List.of("bash", "-e", "-o", "pipefail", "-c", script);
    Path log = logFile();
    long start = System.nanoTime();
    Process process =
        withEnvironment("PATH", path)
            .launch(command, directory, ProcessBuilder.Redirect.to(log.toFile()));
    return new RunningBuild(command, process, log, start, timeout).await();
  }

  /**
   * @return what makes another Maven like this one, a line each, as {@code .mvn/maven.config} takes
   *     it: for builds that a build starts
   */
  public String config() {
    List<String> command = command();
    return String.join("\n", command.subList(1, command.size())) + "\n";
  }

  /**
   * Runs a build whose output goes where ours goes.
   *
   * @param directory the project, or any folder
   * @param arguments goals and options
   * @return the exit code
   * @throws InterruptedException if this thread is interrupted; the build is ended then
   */
  public int show(Path directory, String... arguments) throws InterruptedException {
    Process process = launch(command(arguments), directory, ProcessBuilder.Redirect.INHERIT);
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    }
  }

  private List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin").resolve(isWindows() ? "mvn.cmd" : "mvn").toString());
    settings.ifPresent(file -> command.addAll(List.of("-s", file.toString())));
    command.addAll(options);
    command.addAll(List.of(arguments));
    return command;
  }

  private Process launch(List<String> command, Path directory, ProcessBuilder.Redirect output) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(output);
    builder.redirectInput(ProcessBuilder.Redirect.from(nothing()));
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(FOREIGN);
    variables.put("JAVA_HOME", javaHome.toString());
    // Short runs: the second compiler and a parallel collector cost more than they give. The log
    // is read as UTF-8, whatever the locale.
    variables.merge(
        "MAVEN_OPTS",
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8",
        (inherited, ours) -> inherited + " " + ours);
    variables.putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + String.join(" ", command), e);
    }
  }

  private Path logFile() {
    try {
      Files.createDirectories(logs);
      long process = ProcessHandle.current().pid();
      return logs.resolve("build-%d-%03d.log".formatted(process, RUNS.incrementAndGet()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + logs, e);
    }
  }

  private static File nothing() {
    return new File(isWindows() ? "NUL" : "/dev/null");
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
  }

  @Override
  public String toString() {
    return home + " on " + javaHome;
  }
}
