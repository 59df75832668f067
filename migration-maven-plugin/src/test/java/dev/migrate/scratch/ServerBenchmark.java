package dev.migrate.scratch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a goal waits for, each time in a fresh JVM, as Maven has it; medians. */
@Tag("benchmark")
@DisplayName("Servers, in milliseconds of a fresh JVM")
class ServerBenchmark {
  private static final int COLD_RUNS = 3;
  private static final int RUNS = 9;
  private static final String SCRATCH = "scratch: ";

  @TempDir Path temp;

  @Test
  void measure() throws Exception {
    Map<String, List<Long>> laps = new LinkedHashMap<>();
    for (int i = 0; i < COLD_RUNS; i++) {
      record(laps, "nothing unpacked: ", temp.resolve("cache" + i), temp.resolve("cold" + i));
    }
    Path warm = temp.resolve("cache0");
    for (int i = 0; i < RUNS; i++) {
      record(laps, "no data folder: ", warm, temp.resolve("new" + i));
    }
    for (int i = 0; i < RUNS; i++) {
      record(laps, "existing data: ", warm, temp.resolve("new0"));
    }
    for (int i = 0; i < RUNS; i++) {
      record(laps, SCRATCH, warm, temp.resolve("scratch"));
    }
    laps.forEach((name, times) -> System.out.printf("%-50s %5d%n", name, median(times)));
  }

  private static long median(List<Long> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  private void record(Map<String, List<Long>> laps, String state, Path cache, Path folder)
      throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerBenchmark.class.getName(),
                cache.toString(),
                folder.toString(),
                state)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String line : output.lines().toList()) {
      String[] lap = line.split("=");
      laps.computeIfAbsent(state + lap[0], name -> new ArrayList<>()).add(Long.valueOf(lap[1]));
    }
  }

  private static long begun;

  /** One life of a target or of a scratch server, with the time of each step. */
  public static void main(String[] arguments) {
    begun = System.nanoTime();
    PostgresInstallation installation =
        PostgresInstallation.in(
            PostgresVersion.DEFAULT, new ClasspathBinaries(), Path.of(arguments[0]));
    Path state = Path.of(arguments[1]);
    if (arguments[2].equals(SCRATCH)) {
      scratch(installation, state);
    } else {
      target(installation, state);
    }
  }

  private static void target(PostgresInstallation installation, Path state) {
    EmbeddedServer server = EmbeddedServer.of(installation, state);
    EmbeddedServer.Lease lease = server.acquire("migrate");
    lap("acquire target");
    EmbeddedServer.Lease second = server.acquire("migrate");
    lap("attach to running target");
    second.close();
    lap("release, not the last");
    lease.close();
    lap("release and stop");
  }

  private static void scratch(PostgresInstallation installation, Path state) {
    ScratchServer scratch = ScratchServer.start(installation, state);
    lap("server");
    ScratchDatabase database = scratch.database("benchmark");
    lap("first database (with the first connection)");
    ScratchDatabase next = scratch.database("benchmark");
    lap("next database");
    database.close();
    lap("drop a database");
    next.close();
    lap("drop another");
    scratch.close();
    lap("close");
  }

  private static void lap(String what) {
    long now = System.nanoTime();
    System.out.println(what + "=" + (now - begun) / 1_000_000);
    begun = System.nanoTime();
  }
}
