package dev.migrate.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary file name under which a file is written before it is renamed to its own: it says
 * which process writes.
 */
final class TemporaryName {
  private static final Pattern PARTS =
      Pattern.compile("\\.(.+)\\.(" + ProcessIdentity.SIGNATURE + ")-[0-9a-f]{8}\\.tmp");

  private TemporaryName() {}

  static Path of(Path file) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return file.resolveSibling(
        "." + file.getFileName() + "." + ProcessIdentity.signature() + "-" + random + ".tmp");
  }

  /** What processes that live no more left of a file. */
  static List<Path> abandoned(Path file) throws IOException {
    return abandonedIn(file.toAbsolutePath().getParent()).entrySet().stream()
        .filter(one -> one.getValue().getFileName().equals(file.getFileName()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What they left in a folder, with the file that each was going to be. */
  static Map<Path, Path> abandonedIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    Map<Path, Path> abandoned = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path path : all.toList()) {
        Matcher parts = PARTS.matcher(path.getFileName().toString());
        if (parts.matches() && !ProcessIdentity.lives(parts.group(2))) {
          abandoned.put(path, folder.resolve(parts.group(1)));
        }
      }
    }
    return abandoned;
  }
}
