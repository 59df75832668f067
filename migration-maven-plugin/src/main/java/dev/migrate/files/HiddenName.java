package dev.migrate.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The name under which a file is written before it gets its own: it says which process writes. */
final class HiddenName {
  private static final Pattern END =
      Pattern.compile("(" + ThisProcess.SIGNATURE + ")-[0-9a-f]{8}\\.tmp");

  private HiddenName() {}

  static Path of(Path file) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return file.resolveSibling(prefix(file) + ThisProcess.signature() + "-" + random + ".tmp");
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
    if (!name.startsWith(prefix)) {
      return false;
    }
    Matcher end = END.matcher(name.substring(prefix.length()));
    return end.matches() && !ThisProcess.lives(end.group(1));
  }

  private static String prefix(Path file) {
    String name = file.getFileName().toString();
    return (name.startsWith(".") ? name : "." + name) + ".";
  }
}
