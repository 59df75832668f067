package dev.migrate.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name under which a file is written before it gets its own. It tells which process writes it,
 * so that whoever comes next can tell what a killed one left from what a living one is at.
 */
final class HiddenName {
  private static final Duration SAME_MOMENT = Duration.ofSeconds(2);
  private static final Pattern TAG = Pattern.compile("(\\d+)-(\\d+)-\\w+");

  /** This process: its number, and when it began, for numbers come back. */
  private static volatile String me = tag(ProcessHandle.current());

  private HiddenName() {}

  static Path of(Path file) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return file.resolveSibling(prefix(file) + me + "-" + random + ".tmp");
  }

  /** From now on this counts as another process, and the one before as dead. */
  static void reborn() {
    me = ProcessHandle.current().pid() + "-" + System.nanoTime();
  }

  /** What processes that live no more left of a file. */
  static List<Path> abandoned(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> siblings = Files.list(folder)) {
      return siblings.filter(path -> isAbandoned(path.getFileName().toString(), file)).toList();
    }
  }

  private static boolean isAbandoned(String name, Path file) {
    String prefix = prefix(file);
    if (!name.startsWith(prefix) || !name.endsWith(".tmp")) {
      return false;
    }
    Matcher tag = TAG.matcher(name.substring(prefix.length(), name.length() - ".tmp".length()));
    if (!tag.matches()) {
      return false;
    }
    long pid = Long.parseLong(tag.group(1));
    if (pid == ProcessHandle.current().pid()) {
      return !me.equals(tag.group(1) + "-" + tag.group(2));
    }
    return ProcessHandle.of(pid).filter(other -> began(other, tag.group(2))).isEmpty();
  }

  private static boolean began(ProcessHandle process, String millis) {
    Optional<Instant> start = process.info().startInstant();
    Instant told = Instant.ofEpochMilli(Long.parseLong(millis));
    return told.toEpochMilli() == 0
        || start.isEmpty()
        || Duration.between(told, start.get()).abs().compareTo(SAME_MOMENT) < 0;
  }

  private static String tag(ProcessHandle process) {
    return process.pid()
        + "-"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }
}
