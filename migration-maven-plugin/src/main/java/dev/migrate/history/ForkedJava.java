package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.JavaTarget;
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
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Runs Java migrations in a forked JVM, each in a process of its own, with the class path of the
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

  /** Begins the answer that names a class before it is made. */
  static final String TRIED = "tried";

  /** Begins the answer that says where in the code it failed. */
  static final String TRACE = "trace ";

  /** The last answer of a process that has done all of its work. */
  static final String DONE = "done";

  private static final Pattern NAMED =
      Pattern.compile("(?:.*[.])?(?:[VB](?<version>[0-9]+(?:_[0-9]+)*)|R)__(?<words>\\w+)");

  private static final int LINES_SHOWN = 4;
  private static final int FRAMES_SHOWN = 8;
  private static final int LONGEST = 200;
  private static final String CLASS = ".class";
  private static final int MOST_PRINTED = 8_192;
  private static final int MOST_ANSWERED = 4_194_304;

  private final Path javaHome;
  private final List<Path> folders;
  private final List<Path> beside;
  private final List<String> packagePaths;
  private final Supplier<List<Path>> classPath;
  private final Duration limit;
  private final List<JavaMigration> notRun = new ArrayList<>();
  private List<JavaMigration> found;

  /**
   * @param javaHome the Java of the project
   * @param folders where its own classes are
   * @param beside where classes of its dependencies are: folders, and archives
   * @param packagePaths the folders of Flyway's migrations among them, such as {@code db/migration}
   * @param classPath its whole class path; asked for when there are migrations
   * @param limit how long one migration may run; zero is for ever
   */
  public ForkedJava(
      Path javaHome,
      List<Path> folders,
      List<Path> beside,
      List<String> packagePaths,
      Supplier<List<Path>> classPath,
      Duration limit) {
    this.javaHome = Objects.requireNonNull(javaHome, "javaHome");
    this.folders = List.copyOf(folders);
    this.beside = List.copyOf(beside);
    this.packagePaths = List.copyOf(packagePaths);
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
    if (!answer.isDone()) {
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "Java migrations are looked for in a process of their own, and %s%s. Nothing was run.%s"
              .formatted(
                  answer.lastTried().map(name -> "at the class %s ".formatted(name)).orElse(""),
                  answer.reason(),
                  answer.said()),
          "Mend what its constructor does, compile it (mvn compile), and run the goal again.");
    }
    List<JavaMigration> all = new ArrayList<>();
    for (String line : answer.lines()) {
      String[] parts = line.split("\t", -1);
      if (parts[0].equals(FOUND)) {
        all.add(
            new JavaMigration(
                RevisionId.parse(parts[2]),
                parts[3],
                parts[1],
                Optional.of(parts[4]).filter(sum -> !sum.isEmpty()).map(Integer::valueOf),
                Boolean.parseBoolean(parts[5])));
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

  /**
   * Named as Flyway wants it, or lying where it looks; of dependencies the latter, which is where
   * Flyway looks on the class path.
   */
  private List<String> candidates() {
    Set<String> names = new LinkedHashSet<>();
    for (Path folder : folders) {
      for (Path file : classes(folder)) {
        String path = inside(folder, file);
        if (isInPlace(path) || !path.contains("$") && NAMED.matcher(className(path)).matches()) {
          names.add(className(path));
        }
      }
    }
    for (Path place : beside) {
      contents(place).keySet().forEach(path -> names.add(className(path)));
    }
    return List.copyOf(names);
  }

  private static String inside(Path folder, Path file) {
    return folder.relativize(file).toString().replace(File.separatorChar, '/');
  }

  private static String className(String path) {
    return path.substring(0, path.length() - CLASS.length()).replace('/', '.');
  }

  private boolean isInPlace(String path) {
    return !path.contains("$")
        && packagePaths.stream().anyMatch(folder -> path.startsWith(folder + "/"));
  }

  /** The classes of a dependency that lie where Flyway looks, and their bytes. */
  private Map<String, byte[]> contents(Path place) {
    Map<String, byte[]> contents = new TreeMap<>();
    try {
      if (Files.isDirectory(place)) {
        for (Path file : classes(place)) {
          if (isInPlace(inside(place, file))) {
            contents.put(inside(place, file), Files.readAllBytes(file));
          }
        }
      } else if (Files.isRegularFile(place)) {
        try (ZipFile archive = new ZipFile(place.toFile())) {
          for (ZipEntry entry : Collections.list(archive.entries())) {
            if (entry.getName().endsWith(CLASS) && isInPlace(entry.getName())) {
              try (InputStream in = archive.getInputStream(entry)) {
                contents.put(entry.getName(), in.readAllBytes());
              }
            }
          }
        }
      }
      return contents;
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static List<Path> classes(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(CLASS)).sorted().toList();
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
      for (Path place : beside) {
        contents(place)
            .forEach(
                (path, bytes) -> {
                  digest.update(path.getBytes(StandardCharsets.UTF_8));
                  digest.update(bytes);
                });
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw unreadable(folders.get(0), e);
    }
  }

  @Override
  public void run(JavaMigration step, JavaTarget target) {
    List<String> task =
        new ArrayList<>(
            List.of(
                ForkedWork.RUN,
                step.place(),
                target.loginUrl(),
                target.record(),
                target.searchPath()));
    target.settings().forEach((name, value) -> task.addAll(List.of(name, value)));
    Answer answer = ask(task);
    if (!answer.isDone()) {
      throw new MigrateException(
          FailureCode.JAVA_MIGRATION_FAILED,
          "The Java migration %s failed: %s. Nothing of it is recorded%s.%s"
              .formatted(
                  step,
                  answer.reason(),
                  step.transactional()
                      ? ""
                      : "; it runs outside a transaction, so what it had done stays",
                  answer.said()),
          (answer.late()
                  ? "Find out what it waits for, or give it longer with -Dmigrate.javaTimeout=…"
                  : step.transactional()
                      ? "Mend the class"
                      : "See what it has done, mend the class so that it can go on from there")
              + (answer.late() ? ", and run" : ", compile it (mvn compile), and run")
              + " the goal again.");
    }
  }

  /**
   * What came of a process.
   *
   * @param exit its exit code; not 0 when it was ended
   * @param lines its answers
   * @param printed the end of everything else that it printed
   * @param late whether it was ended because it took too long
   */
  private record Answer(
      int exit, List<String> lines, String printed, boolean late, Duration limit) {
    /** Whoever ends the process himself ends it with 0, too. */
    boolean isDone() {
      return exit == 0 && lines.contains(DONE);
    }

    String reason() {
      if (late) {
        return "it did not end within %d s and was ended".formatted(limit.toSeconds());
      }
      return lines.stream()
          .filter(line -> line.startsWith(REASON))
          .map(line -> line.substring(REASON.length()).replaceAll("\\.$", ""))
          .findFirst()
          .orElse(
              "its process ended before it was done, with the exit code %d (System.exit, or killed)"
                  .formatted(exit));
    }

    Optional<String> lastTried() {
      return lines.stream()
          .filter(line -> line.startsWith(TRIED + "\t"))
          .reduce((first, last) -> last)
          .map(line -> line.substring(TRIED.length() + 1));
    }

    /** What it printed last, and where it failed. */
    String said() {
      List<String> all = printed.lines().toList();
      List<String> last = all.subList(Math.max(0, all.size() - LINES_SHOWN), all.size());
      Stream<String> frames =
          lines.stream()
              .filter(line -> line.startsWith(TRACE))
              .map(line -> "at " + line.substring(TRACE.length()))
              .limit(FRAMES_SHOWN);
      return Stream.concat(last.stream().map(ForkedJava::shortened), frames)
          .map(line -> System.lineSeparator() + "  " + line)
          .collect(Collectors.joining());
    }
  }

  private static String shortened(String line) {
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
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
      OutputTail answers = new OutputTail(MOST_ANSWERED);
      OutputTail printed = new OutputTail(MOST_PRINTED);
      Thread first = copying(process.getInputStream(), answers);
      Thread second = copying(process.getErrorStream(), printed);
      DataOutputStream out = new DataOutputStream(process.getOutputStream());
      write(out, path());
      write(out, task);
      out.flush(); // and stays open: its end would end the process
      boolean ended = true;
      if (limit.isZero()) {
        process.waitFor();
      } else {
        ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      }
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      first.join();
      second.join();
      return new Answer(
          ended ? process.exitValue() : -1,
          answers.text().lines().toList(),
          printed.text(),
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

  private static Thread copying(InputStream from, OutputTail to) {
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
