package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.files.OpenFile;
import dev.migrate.target.SilenceWatchdog;
import dev.migrate.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Runs {@code pg_dump} in a snapshot that our own session has exported. */
final class PgDump {
  private static final long PAUSE_MILLIS = 200;

  private final ClientTool tool;
  private final BackupOptions options;
  private final BackupProgress progress;
  private long moved;

  PgDump(ClientTool tool, BackupOptions options, BackupProgress progress) {
    this.tool = tool;
    this.options = options;
    this.progress = progress;
  }

  Manifest.Layout layout() {
    return options.plain() ? Manifest.Layout.SQL : Manifest.Layout.CUSTOM;
  }

  /** Starts it, lets the caller look at the same snapshot meanwhile, and waits for its end. */
  void run(Target target, Snapshot snapshot, BackupFolder.Partial file, Runnable meanwhile)
      throws IOException, SQLException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--format=" + (options.plain() ? "plain" : "custom"));
    if (!options.plain()) {
      arguments.add("--compress=" + options.level());
    }
    arguments.add("--snapshot=" + snapshot.id());
    arguments.add("--no-password");
    arguments.add(ClientToolRun.database(target, snapshot.hasMoney()));
    // Somebody may be waiting for our snapshot's locks, with pg_dump queued up behind him.
    arguments.add("--lock-wait-timeout=" + Snapshot.LOCK_TIMEOUT);
    if (!tool.remote()) {
      // An archive that pg_dump can seek in says where each table begins; pg_restore likes that.
      arguments.add("--file=" + file.path());
    }
    if (tool.remote()) {
      dump(target, arguments, run -> pump(target, run.process(), file.open()), meanwhile);
    } else {
      Disk.byProgram(
          file.path(),
          () ->
              dump(
                  target,
                  arguments,
                  run ->
                      follow(target, run.process(), () -> Math.max(0, file.open().size() - moved)),
                  meanwhile));
    }
  }

  /** What is done while the program runs. */
  private interface Watching {
    void of(ClientToolRun run) throws IOException;
  }

  private void dump(Target target, List<String> arguments, Watching watching, Runnable meanwhile)
      throws IOException {
    try (ClientToolRun run = ClientToolRun.start(tool, target, arguments, false)) {
      run.process().getOutputStream().close();
      FutureTask<Void> counting = new FutureTask<>(meanwhile, null);
      TableDump.daemon("meanwhile").newThread(counting).start();
      try {
        watching.of(run);
        run.finish();
      } catch (IOException | RuntimeException | Error e) {
        try {
          await(counting);
        } catch (IOException | RuntimeException | Error other) {
          e.addSuppressed(other);
        }
        throw e;
      }
      await(counting);
    }
  }

  /** How many bytes have come since it was asked last. */
  private interface Growth {
    long more() throws IOException;
  }

  /** Until its end; a server that says nothing to it is told of, as one that says nothing to us. */
  private void follow(Target target, Process process, Growth growth) throws IOException {
    Optional<Duration> limit = target.answerTimeout();
    try (SilenceWatchdog.Program waiting =
        SilenceWatchdog.listenTo(target.place() + " to pg_dump")) {
      boolean running = true;
      while (running) {
        running = !process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        long more = growth.more();
        if (more > 0) {
          moved += more;
          progress.moved(0, more);
          waiting.heard();
        } else if (running && limit.isPresent() && waiting.lasted().compareTo(limit.get()) > 0) {
          process.destroyForcibly();
          throw new MigrateException(
              FailureCode.CONNECTION,
              "%s has not answered pg_dump within the socketTimeout of the address, %d s; the backup left no file."
                  .formatted(target, limit.get().toSeconds()),
              "See what the server is doing (pg_stat_activity), or allow more.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Another thread reads, so that this one can notice that nothing comes. */
  private void pump(Target target, Process process, OpenFile out) throws IOException {
    AtomicLong pumped = new AtomicLong();
    FutureTask<Void> reading =
        new FutureTask<>(
            () -> {
              InputStream in = process.getInputStream();
              byte[] buffer = new byte[256 * 1024];
              int length;
              while ((length = in.read(buffer)) >= 0) {
                out.write(ByteBuffer.wrap(buffer, 0, length));
                pumped.addAndGet(length);
              }
              return null;
            });
    TableDump.daemon("pump").newThread(reading).start();
    follow(
        target,
        process,
        () -> {
          if (reading.isDone()) {
            await(reading); // it may have failed, with the program still writing
          }
          return pumped.getAndSet(0);
        });
    await(reading);
    progress.moved(0, pumped.get());
  }

  private static void await(FutureTask<Void> task) throws IOException {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause(); // none of them throws anything else
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  static String checksum(Path file) throws IOException {
    MessageDigest digest = PieceFile.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1024 * 1024];
      int length;
      while ((length = in.read(buffer)) >= 0) {
        digest.update(buffer, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
