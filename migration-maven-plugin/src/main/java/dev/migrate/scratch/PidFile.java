package dev.migrate.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Parser of {@code postmaster.pid}, what a server writes about itself: lines for process id, data
 * folder, start time, port, socket folder, address, shared memory and status (PostgreSQL's {@code
 * utils/pidfile.h}). After a crash or a power loss it is still there and lies.
 */
record PidFile(long pid, Instant started, int port, String status) {
  private static final int LINES = 8;

  /** Start times are whole seconds on one side and kernel ticks on the other. */
  private static final long TOLERANCE_SECONDS = 5;

  /** Reads the file; empty when there is none or the server has only begun to write it. */
  static Optional<PidFile> of(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      if (lines.size() < LINES) {
        return Optional.empty();
      }
      return Optional.of(
          new PidFile(
              Long.parseLong(lines.get(0).strip()),
              Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
              Integer.parseInt(lines.get(3).strip()),
              lines.get(7).strip()));
    } catch (IOException | NumberFormatException absentOrHalfWritten) {
      return Optional.empty();
    }
  }

  /** Whether that process runs, and is not a later one that was given the same number. */
  boolean alive() {
    return process().filter(process -> !younger(process)).isPresent();
  }

  /** Whether the number now belongs to another process. */
  boolean foreign() {
    return process().filter(this::younger).isPresent();
  }

  private Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  private boolean younger(ProcessHandle process) {
    Instant latest = started.plusSeconds(TOLERANCE_SECONDS);
    return process.info().startInstant().orElse(started).isAfter(latest);
  }

  boolean ready() {
    return status.equals("ready");
  }

  boolean stopping() {
    return status.equals("stopping");
  }
}
