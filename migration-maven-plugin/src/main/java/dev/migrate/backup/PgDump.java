package dev.migrate.backup;

import dev.migrate.files.Disk;
import dev.migrate.files.OpenFile;
import dev.migrate.target.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A backup by {@code pg_dump}, in a snapshot of ours. */
final class PgDump {
  private final ClientTool tool;
  private final BackupOptions options;
  private final BackupProgress progress;

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
    arguments.add(ToolRun.database(target, snapshot.hasMoney()));
    // Somebody may be waiting for our snapshot's locks, with pg_dump queued up behind him.
    arguments.add("--lock-wait-timeout=" + Snapshot.LOCK_TIMEOUT);
    if (!tool.remote()) {
      // An archive that pg_dump can seek in says where each table begins; pg_restore likes that.
      arguments.add("--file=" + file.path());
    }
    if (tool.remote()) {
      dump(target, arguments, run -> pump(run.process().getInputStream(), file.open()), meanwhile);
    } else {
      Disk.byProgram(
          file.path(),
          () -> dump(target, arguments, run -> watch(run.process(), file.open()), meanwhile));
    }
  }

  /** What is done while the program runs. */
  private interface Watching {
    void of(ToolRun run) throws IOException;
  }

  private void dump(Target target, List<String> arguments, Watching watching, Runnable meanwhile)
      throws IOException {
    try (ToolRun run = ToolRun.start(tool, target, arguments, false)) {
      run.process().getOutputStream().close();
      Thread counting = TableDump.daemon("meanwhile").newThread(meanwhile);
      counting.start();
      try {
        watching.of(run);
        run.finish();
      } finally {
        join(counting);
      }
    }
  }

  private void pump(InputStream in, OpenFile out) throws IOException {
    byte[] buffer = new byte[256 * 1024];
    int length;
    while ((length = in.read(buffer)) >= 0) {
      out.write(ByteBuffer.wrap(buffer, 0, length));
      progress.moved(0, length);
    }
  }

  private void watch(Process process, OpenFile file) throws IOException {
    long before = 0;
    try {
      while (!process.waitFor(200, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        long now = file.size();
        progress.moved(0, Math.max(0, now - before));
        before = now;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
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
