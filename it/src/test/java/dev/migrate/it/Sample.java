package dev.migrate.it;

import com.google.gson.Gson;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project of {@code src/it} that the Maven Invoker has built, as its {@code verify.groovy} looks
 * at it; before the build, where its databases come from.
 */
public final class Sample {
  /** What a Maven of any version says first. */
  private static final Pattern BEGIN = Pattern.compile("\\[INFO] Scanning for projects\\.\\.\\.");

  private final Path directory;

  /**
   * @param directory where it was built
   */
  public Sample(File directory) {
    this.directory = directory.toPath();
  }

  /**
   * Makes what the sample's POM asks for: an empty database {@code sample} unless it uses the
   * embedded one, and {@code sample.second} and {@code sample.third} where it names them. The
   * properties of its builds say where they are.
   */
  public void prepare() {
    Properties properties = new Properties();
    String pom = read("pom.xml");
    for (String name : List.of("sample", "sample.second", "sample.third")) {
      boolean wanted =
          name.equals("sample")
              ? pom.contains("<artifactId>setup<") && !pom.contains("<url>embedded<")
              : pom.contains("${" + name + ".url}");
      if (wanted) {
        Database database = database(name);
        administrator().execute("create database " + database.name());
        properties.setProperty(name + ".url", database.url());
      }
    }
    properties.setProperty("sample.user", administrator().user());
    properties.setProperty("sample.password", administrator().password());
    try (var out = Files.newOutputStream(directory.resolve("test.properties"))) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @return its database
   */
  public Database database() {
    return database("sample");
  }

  /**
   * @param name as its POM names it: {@code sample.second}
   * @return one of its databases
   */
  public Database database(String name) {
    String sample = directory.getFileName().toString().replace('-', '_');
    return administrator().beside(sample + name.substring("sample".length()).replace('.', '_'));
  }

  private Database administrator() {
    Properties address = properties(server());
    return new Database(
        address.getProperty("url"), address.getProperty("user"), address.getProperty("password"));
  }

  private Path server() {
    return directory.resolveSibling("setup/address.properties");
  }

  /**
   * @param number of one of its builds, counted from 1 as in {@code invoker.properties}
   * @return that build
   */
  public Build build(int number) {
    String[] builds = BEGIN.split(read("build.log"));
    if (number >= builds.length) {
      throw new AssertionError("There were %d builds only.".formatted(builds.length - 1));
    }
    int exitCode = builds[number].contains("BUILD SUCCESS") ? 0 : 1;
    List<String> command = List.of("build " + number + " of " + directory);
    return new Build(command, exitCode, builds[number], Duration.ZERO);
  }

  /**
   * @param texts what its builds have said, each somewhere
   */
  public void says(String... texts) {
    all().says(texts);
  }

  /**
   * @param texts what none of its builds has said
   */
  public void saysNothingOf(String... texts) {
    all().saysNothingOf(texts);
  }

  private Build all() {
    return new Build(List.of("all builds of " + directory), 0, read("build.log"), Duration.ZERO);
  }

  /**
   * @param file a document that a goal has written, relative to the sample
   * @return its members, after the document was held against {@code docs/output.schema.json}
   */
  public Map<?, ?> json(String file) {
    return new Gson().fromJson(OutputSchema.read(read(file)), Map.class);
  }

  /**
   * @param file relative to the sample
   * @return what it says
   */
  public Properties properties(String file) {
    return properties(directory.resolve(file));
  }

  private static Properties properties(Path file) {
    Properties properties = new Properties();
    try (var in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /**
   * @param name what the whole name of a file matches
   * @return all such files, the embedded server's and the build's output left out
   */
  public List<File> files(Pattern name) {
    List<File> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(directory)) {
      all.filter(Files::isRegularFile)
          .filter(file -> !directory.relativize(file).startsWith(".migrate"))
          .filter(file -> name.matcher(file.getFileName().toString()).matches())
          .sorted()
          .forEach(file -> found.add(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /**
   * @param name what the whole name of a file matches
   * @return the one such file
   */
  public File only(Pattern name) {
    List<File> found = files(name);
    if (found.size() != 1) {
      throw new AssertionError("One file should match " + name + ": " + found);
    }
    return found.get(0);
  }

  /**
   * @return the names of its scripts
   */
  public List<String> scripts() {
    return files(Pattern.compile("[UV]\\d.*\\.sql")).stream().map(File::getName).sorted().toList();
  }

  private String read(String file) {
    try {
      return Files.readString(directory.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
