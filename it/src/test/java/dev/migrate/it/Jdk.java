package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the JDKs that are installed. */
final class Jdk {
  private static final List<Path> USUAL_PLACES =
      List.of(
          Path.of("/usr/lib/jvm"),
          Path.of("/Library/Java/JavaVirtualMachines"),
          Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"));

  private Jdk() {}

  /**
   * @param major such as {@code 17}
   * @return the folder that the system property {@code jdk17.home} names, the Java that runs this,
   *     {@code JAVA_HOME}, or one in the usual places; none if there is none
   */
  static Optional<Path> find(String major) {
    Stream<Path> named =
        Stream.of(
                System.getProperty("jdk" + major + ".home"),
                System.getProperty("java.home"),
                System.getenv("JAVA_HOME"))
            .filter(Objects::nonNull)
            .filter(home -> !home.isBlank())
            .map(Path::of);
    Stream<Path> installed =
        USUAL_PLACES.stream()
            .filter(Files::isDirectory)
            .flatMap(place -> list(place).stream())
            .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")));
    return Stream.concat(named, installed).filter(home -> isJdk(home, major)).findFirst();
  }

  private static List<Path> list(Path place) {
    try (Stream<Path> entries = Files.list(place)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + place, e);
    }
  }

  private static boolean isJdk(Path home, String major) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(release)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(release)) {
      return lines.anyMatch(line -> line.matches("JAVA_VERSION=\"" + major + "[.\"].*"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + release, e);
    }
  }
}
