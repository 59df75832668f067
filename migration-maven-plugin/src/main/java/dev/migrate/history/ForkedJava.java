package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Java migrations of a project, each run in a process of its own, with the class path of the
 * project, as they would run in the application: in a transaction together with their row of the
 * history.
 */
public final class ForkedJava implements JavaRunner {
  /** Begins the answer that says why it failed. */
  static final String REASON = "reason ";

  /** Begins the answer that names a migration. */
  static final String FOUND = "found";

  /** Begins the answer that names a class that does not load. */
  static final String REFUSED = "refused";

  private static final Pattern NAMED =
      Pattern.compile("(?:.*[.])?(?:[VB](?<version>[0-9]+(?:_[0-9]+)*)|R)__(?<words>\\w+)");

  private static final int LINES_SHOWN = 12;

  private final Path javaHome;
  private final List<Path> folders;
  private final String packagePath;
  private final Supplier<List<Path>> classPath;
  private final Duration limit;
  private final List<JavaMigration> notRun = new ArrayList<>();
  private List<JavaMigration> found;

  /**
   * @param javaHome the Java of the project
   * @param folders where its own classes are
   * @param packagePath the folder of Flyway's migrations among them, such as {@code db/migration}
   * @param classPath its whole class path; asked for when there are migrations
   * @param limit how long one migration may run
   */
  public ForkedJava(
      Path javaHome,
      List<Path> folders,
      String packagePath,
      Supplier<List<Path>> classPath,
      Duration limit) {
    this.javaHome = Objects.requireNonNull(javaHome, "javaHome");
    this.folders = List.copyOf(folders);
    this.packagePath = Objects.requireNonNull(packagePath, "packagePath");
    this.classPath = Objects.requireNonNull(classPath, "classPath");
    this.limit = Objects.requireNonNull(limit, "limit");
  }

  @Override
  public List<JavaMigration> migrations() {
    if (found == null) {
      List<String> names = candidates();
      found = names.isEmpty() ? List.of() : listed(names);
    }
    return found;
  }

  private List<JavaMigration> listed(List<String> names) {
    List<String> task = new ArrayList<>(List.of(ForkedWork.LIST));
    task.addAll(names);
    Answer answer = ask(task);
    if (answer.exit() != 0) {
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "The process that looks for Java migrations ended with %s.".formatted(answer.reason()),
          "Look at what it said: " + answer.said());
    }
    List<JavaMigration> all = new ArrayList<>();
    for (String line : answer.lines()) {
      String[] parts = line.split("\t", -1);
      if (parts[0].equals(FOUND)) {
        all.add(new JavaMigration(RevisionId.parse(parts[2]), parts[3], parts[1]));
      } else if (parts[0].equals(REFUSED)) {
        refused(parts[1], parts[2]).ifPresent(notRun::add);
      }
    }
    return List.copyOf(all);
  }

  /** What has not even the name of a migration is a class that stands beside them. */
  private static Optional<JavaMigration> refused(String name, String reason) {
    Matcher words = NAMED.matcher(name);
    return words.matches()
        ? Optional.of(
            new JavaMigration(
                Optional.ofNullable(words.group("version")).flatMap(RevisionId::parse),
                words.group("words").replace('_', ' '),
                reason.contains("NoSuchMethodException")
                    ? "class %s, which has no constructor without parameters".formatted(name)
                    : "class %s, which does not load: %s".formatted(name, reason)))
        : Optional.empty();
  }

  @Override
  public List<JavaMigration> others() {
    migrations();
    return List.copyOf(notRun);
  }

  /** Named as Flyway wants it, or lying where it looks. */
  private List<String> candidates() {
    List<String> names = new ArrayList<>();
    for (Path folder : folders) {
      for (Path file : classes(folder)) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        boolean inPlace = path.startsWith(packagePath + "/");
        if (!name.contains("$") && (inPlace || NAMED.matcher(name).matches())) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private static List<Path> classes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static MigrateException unreadable(Path path, IOException e) {
    return new MigrateException(
        FailureCode.FILE_ACCESS,
        "%s cannot be read: %s.".formatted(path, e.getMessage()),
        "Check that it exists and that you may read it.",
        e);
  }

  @Override
  public String fingerprint() {
    if (migrations().isEmpty()) {
      return "";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path folder : folders) {
        for (Path file : classes(folder)) {
          digest.update(folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw unreadable(folders.get(0), e);
    }
  }

  @Override
  public void run(JavaMigration step, String loginUrl, String record, String searchPath) {
    Answer answer = ask(List.of(ForkedWork.RUN, step.place(), loginUrl, record, searchPath));
    if (answer.exit() != 0) {
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "The Java migration %s failed: %s. Nothing of it is recorded.%s"
              .formatted(step, answer.reason(), answer.said()),
          "Mend the class, compile it (mvn compile), and run the goal again.");
    }
  }

  /**
   * What came of a process.
   *
   * @param exit its exit code; not 0 when it was ended
   * @param lines its answers
   * @param errors everything else that it printed
   * @param late whether it was ended because it took too long
   */
  private record Answer(int exit, List<String> lines, String errors, boolean late, Duration limit) {
    String reason() {
      if (late) {
        return "it did not end within %d s and was ended".formatted(limit.toSeconds());
      }
      return lines.stream()
          .filter(line -> line.startsWith(REASON))
          .map(line -> line.substring(REASON.length()).replaceAll("\\.$", ""))
          .findFirst()
          .orElse("its process ended with the exit code " + exit);
    }

    /** The frames of the project's own code say where, and libraries' frames do not. */
    String said() {
      List<String> lines = errors.lines().limit(LINES_SHOWN).toList();
      return lines.isEmpty()
          ? ""
          : System.lineSeparator()
              + lines.stream()
                  .map(line -> "  " + line)
                  .collect(Collectors.joining(System.lineSeparator()));
    }
  }

  private Answer ask(List<String> task) {
    ProcessBuilder builder =
        new ProcessBuilder(
            javaHome.resolve("bin").resolve("java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            home(),
            ForkedMain.class.getName());
    builder.environment().remove("CLASSPATH");
    Process process = null;
    try {
      process = builder.start();
      ByteArrayOutputStream answers = new ByteArrayOutputStream();
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      Thread first = copying(process.getInputStream(), answers);
      Thread second = copying(process.getErrorStream(), errors);
      DataOutputStream out = new DataOutputStream(process.getOutputStream());
      write(out, path());
      write(out, task);
      out.flush(); // and stays open: its end would end the process
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      first.join();
      second.join();
      return new Answer(
          ended ? process.exitValue() : -1,
          answers.toString(StandardCharsets.UTF_8).lines().toList(),
          errors.toString(StandardCharsets.UTF_8),
          !ended,
          limit);
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "Java migrations run in a process of their own, and %s cannot be started: %s."
              .formatted(builder.command().get(0), e.getMessage()),
          "Check JAVA_HOME.",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "The Java migration was interrupted.",
          "Run the goal again.",
          e);
    } finally {
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private static Thread copying(InputStream from, ByteArrayOutputStream to) {
    Thread thread =
        new Thread(
            () -> {
              try {
                from.transferTo(to);
              } catch (IOException e) {
                // The process is gone; what it has said so far is what there is.
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void write(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  /** The project's first, then what it may lack: a driver, or Flyway in a scope of its own. */
  private List<String> path() {
    List<String> path = new ArrayList<>();
    classPath.get().forEach(element -> path.add(element.toString()));
    path.add(home());
    if (ForkedJava.class.getClassLoader() instanceof URLClassLoader realm) {
      for (URL url : realm.getURLs()) {
        path.add(file(url));
      }
    } else {
      path.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    }
    return path;
  }

  private static String home() {
    return file(ForkedMain.class.getProtectionDomain().getCodeSource().getLocation());
  }

  private static String file(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
