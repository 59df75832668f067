package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.testing.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another JVM that uses a server, says which, and holds it until told to let go, or killed. */
final class ChildJvm {
  static final String TARGET = "target";
  static final String SCRATCH = "scratch";

  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Prints the server's process number, waits for the end of its input, and releases. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals(TARGET)) {
      EmbeddedServer server = EmbeddedServer.of(TestPostgres.installation(), folder);
      EmbeddedServer.Lease lease = server.acquire("migrate");
      hold(PidFile.of(folder.resolve("postgres-18/data")).orElseThrow().pid());
      lease.close();
    } else {
      ScratchServer server = ScratchServer.start(TestPostgres.installation(), folder);
      try (var folders = Files.list(folder)) {
        Path own = folders.filter(Files::isDirectory).findFirst().orElseThrow();
        hold(PidFile.of(own.resolve("data")).orElseThrow().pid());
      }
      server.close();
    }
    System.out.println("released");
  }

  private static void hold(long pid) throws IOException {
    System.out.println(pid);
    System.in.readAllBytes();
  }

  static ChildJvm start(String what, Path folder) throws IOException {
    return start(what, folder, System.getenv("PATH"));
  }

  static ChildJvm start(String what, Path folder, String path) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildJvm.class.getName(),
                what,
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PATH", path);
    return new ChildJvm(builder.start());
  }

  String line() throws IOException {
    return output.readLine();
  }

  /** Lets it go, and waits until its streams are at their end: nobody else may hold them. */
  void release() throws Exception {
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
    assertThat(line()).isEqualTo("released");
    assertThat(line()).isNull();
    assertThat(process.waitFor()).isZero();
  }

  /** SIGKILL; then nothing but the dead process may have held its streams. */
  void kill() throws Exception {
    process.toHandle().destroyForcibly(); // Process.destroyForcibly would close our end, too
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(line()).isNull();
  }

  /** SIGKILL, whatever it is at. */
  void end() throws Exception {
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
  }

  static void awaitEnd(ProcessHandle server) throws Exception {
    server.onExit().get(60, TimeUnit.SECONDS);
  }
}
