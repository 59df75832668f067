package dev.migrate.files;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of a process, its pid and start time, by which temporary files are signed: so whoever
 * comes next can tell what a killed process left from what a living one is at. The start time is
 * needed because pids are used again.
 */
final class ProcessIdentity {
  static final String SIGNATURE = "\\d+-\\d+";

  private static final Duration SAME_MOMENT = Duration.ofSeconds(2);
  private static final Pattern PARTS = Pattern.compile("(\\d+)-(\\d+)");

  private static volatile String signature = of(ProcessHandle.current());

  private ProcessIdentity() {}

  static String signature() {
    return signature;
  }

  /** Until it signs as itself again, what this process leaves counts as that of another one. */
  static void signAsAnother() {
    signature = ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  /** What was signed otherwise is that of a process that lives no more. */
  static void signAsItself() {
    signature = of(ProcessHandle.current());
  }

  /** Whether the process that signed so lives, as far as this machine can tell. */
  static boolean lives(String other) {
    Matcher parts = PARTS.matcher(other);
    if (!parts.matches()) {
      return false;
    }
    long pid = Long.parseLong(parts.group(1));
    return pid == ProcessHandle.current().pid()
        ? signature.equals(other)
        : ProcessHandle.of(pid).filter(process -> began(process, parts.group(2))).isPresent();
  }

  private static boolean began(ProcessHandle process, String millis) {
    Optional<Instant> start = process.info().startInstant();
    Instant told = Instant.ofEpochMilli(Long.parseLong(millis));
    return told.toEpochMilli() == 0
        || start.isEmpty()
        || Duration.between(told, start.get()).abs().compareTo(SAME_MOMENT) < 0;
  }

  private static String of(ProcessHandle process) {
    return process.pid()
        + "-"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
