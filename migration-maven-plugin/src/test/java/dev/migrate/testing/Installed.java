package dev.migrate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs of the machine that tests need, run as an account that PostgreSQL does not refuse. A
 * test that needs one that is missing fails where {@code CI=true}, and is skipped elsewhere.
 */
final class Installed {
  private static final int PATIENCE_SECONDS = 60;

  private Installed() {}

  /** Fails or skips when it is missing. */
  static void require(Path program, String debianPackage) {
    String missing =
        "%s is missing here; on Debian it is in the package %s".formatted(program, debianPackage);
    if ("true".equals(System.getenv("CI"))) {
      assertThat(program).as(missing).isExecutable();
    }
    assumeTrue(Files.isExecutable(program), missing);
  }

  /** A folder under the temporary one that the account of the programs owns. */
  static Path folder(String prefix) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(prefix);
    own(folder);
    return folder;
  }

  static void own(Path file) throws IOException, InterruptedException {
    if (isRoot()) {
      run(List.of("chown", "postgres", file.toString()));
    }
  }

  /** The command line that runs a program as that account. */
  static List<String> asAccount(List<String> command) {
    List<String> line = new ArrayList<>();
    if (isRoot()) {
      line.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    line.addAll(command);
    return line;
  }

  static void delete(Path folder) throws IOException, InterruptedException {
    run(List.of("rm", "-rf", folder.toString()));
  }

  static String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("installed", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("No end: " + command);
      }
      String text = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new IOException(command + ": " + text);
      }
      return text;
    } finally {
      Files.delete(output);
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
