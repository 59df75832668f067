package dev.migrate.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a short-lived program of the system or of PostgreSQL to its end, and returns its output. */
final class SystemCommand {
  private static final int TIMEOUT_SECONDS = 120;

  private SystemCommand() {}

  /** What a program left behind. */
  record Result(int exit, String output) {
    boolean ok() {
      return exit == 0;
    }
  }

  /**
   * Runs a program without input, in a clean environment.
   *
   * @param directory its working directory
   * @param command program and arguments
   * @return exit code and output (both streams together)
   * @throws IOException when there is no such program
   */
  static Result run(Path directory, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    clean(builder.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            command.get(0) + " did not end within " + TIMEOUT_SECONDS + " seconds");
      }
      return new Result(process.exitValue(), output.strip());
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw ScratchFailure.interrupted("running " + command.get(0));
    }
  }

  /** Whether a program exists and ends well. */
  static boolean works(List<String> command) {
    try {
      return run(Path.of(System.getProperty("java.io.tmpdir")), command).ok();
    } catch (IOException absent) {
      return false;
    }
  }

  /** The user's own libpq settings must not reach a server of ours; messages are read by us. */
  static void clean(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.put("LC_ALL", "C");
  }
}
