package dev.migrate.scratch;

import java.util.List;

/**
 * Starts a program in an operating-system session of its own ({@code setsid}), out of reach of the
 * terminal's Ctrl-C.
 */
final class ProcessSession {
  private static final class Detected {
    static final List<String> PREFIX = detect();
  }

  private ProcessSession() {}

  /** What to put before the command line; empty where the system offers nothing. */
  static List<String> own() {
    return Detected.PREFIX;
  }

  private static List<String> detect() {
    if (SystemCommand.works(List.of("setsid", "true"))) {
      return List.of("setsid");
    }
    List<String> perl = List.of("perl", "-e", "use POSIX 'setsid'; setsid(); exec @ARGV");
    return SystemCommand.works(List.of("perl", "-e", "use POSIX 'setsid'; setsid()"))
        ? perl
        : List.of();
  }
}
