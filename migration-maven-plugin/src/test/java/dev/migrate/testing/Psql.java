package dev.migrate.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.scratch.ScratchDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The psql of this machine; without one, tests that need it are skipped. */
public final class Psql {
  private Psql() {}

  /**
   * Runs a file, up to the first error.
   *
   * @param database where
   * @param file the file
   * @return what psql complains of; empty when all went well
   */
  public static String run(ScratchDatabase database, Path file)
      throws IOException, InterruptedException {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "psql"))),
        "psql is not on the PATH");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    "psql",
                    "-X",
                    "-q",
                    "--set=ON_ERROR_STOP=1",
                    "-U",
                    database.user(),
                    "-f",
                    file.toString(),
                    database.jdbcUrl().replace("jdbc:postgresql:", "postgresql:")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PGPASSWORD", database.password());
    builder.environment().put("PGCLIENTENCODING", "UTF8");
    builder.environment().put("PGOPTIONS", "-c client_min_messages=warning");
    Process process = builder.start();
    String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? complaint : "exit " + process.exitValue() + ": " + complaint;
  }
}
