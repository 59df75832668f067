package dev.migrate.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An application at work, as pgbench plays it: so many transactions a second, whatever happens. */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 4;

  private final Process process;
  private final Path folder;
  private final int rate;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<Long> endedAt;

  private Load(Process process, Path folder, int rate) {
    this.process = process;
    this.folder = folder;
    this.rate = rate;
    this.endedAt = process.onExit().thenApply(ended -> System.currentTimeMillis() * 1_000);
  }

  /**
   * What the application noticed.
   *
   * @param transactions how many it has finished
   * @param longest how long one of them took at most, waiting for its turn included
   * @param failed how many it could not do: those that lost a deadlock; and when the clients got
   *     another error, after which they give up, the ones that were due and did not come
   * @param gaveUp whether clients got such an error
   * @param complaint the first error, or an empty text
   */
  record Noticed(
      long transactions, Duration longest, long failed, boolean gaveUp, String complaint) {
    Noticed and(Noticed other) {
      return new Noticed(
          transactions + other.transactions,
          longest.compareTo(other.longest) > 0 ? longest : other.longest,
          failed + other.failed,
          gaveUp || other.gaveUp,
          complaint.isEmpty() ? other.complaint : complaint);
    }
  }

  static Load start(LiveServer server, String database, String script, long rows, int rate)
      throws IOException {
    Path folder = Files.createTempDirectory("live-load");
    Path file = Files.writeString(folder.resolve("app.sql"), script);
    Process process =
        new ProcessBuilder(
                LiveServer.BINARIES.resolve("pgbench").toString(),
                "--no-vacuum",
                "--client=" + CLIENTS,
                "--jobs=1",
                "--rate=" + rate,
                "--time=600",
                "--log",
                "--define=rows=" + rows,
                "--file=" + file,
                "--host=127.0.0.1",
                "--port=" + server.port(),
                "--username=postgres",
                database)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    return new Load(process, folder, rate);
  }

  /** Ends it and reads its log; pgbench writes it line by line. */
  Noticed end() throws IOException, InterruptedException {
    // The signal of its own clock: the clients end between two transactions.
    long seconds = (System.nanoTime() - startedAt) / 1_000_000_000;
    boolean gaveUp = !process.isAlive(); // when all its clients have
    new ProcessBuilder("kill", "-ALRM", String.valueOf(process.pid())).start().waitFor();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    long transactions = 0;
    long longest = 0;
    long refused = 0;
    long last = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log :
          files.filter(file -> file.getFileName().toString().startsWith("pgbench_log")).toList()) {
        for (String line : Files.readAllLines(log)) {
          String[] fields = line.split(" ");
          if (fields.length >= 6 && !fields[2].matches("[0-9]+")) {
            refused++; // a deadlock, after which pgbench goes on
          } else if (fields.length >= 6) {
            transactions++;
            longest = Math.max(longest, Long.parseLong(fields[2]));
            last =
                Math.max(last, Long.parseLong(fields[4]) * 1_000_000 + Long.parseLong(fields[5]));
          }
        }
      }
    }
    if (gaveUp && last > 0) {
      // They stood still, too, before they got their error; that is in no log.
      longest = Math.max(longest, endedAt.join() - last);
    }
    List<String> errors =
        Files.readAllLines(folder.resolve("said")).stream()
            .filter(line -> line.contains("aborted") || line.contains("ERROR"))
            .toList();
    gaveUp |= !errors.isEmpty();
    return new Noticed(
        transactions,
        Duration.ofNanos(longest * 1_000),
        gaveUp ? Math.max(1, rate * seconds - transactions) : refused,
        gaveUp,
        errors.isEmpty() ? "" : errors.get(0));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
