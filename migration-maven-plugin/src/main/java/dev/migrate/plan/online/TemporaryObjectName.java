package dev.migrate.plan.online;

import dev.migrate.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Generates unused names for temporary helper objects (constraints, indexes), like that of what
 * they are for.
 */
final class TemporaryObjectName {
  private static final int LONGEST = 63;

  private final Set<String> taken = new HashSet<>();

  TemporaryObjectName(Schema... schemas) {
    Arrays.stream(schemas)
        .flatMap(schema -> schema.facts().keySet().stream())
        .forEach(id -> taken.add(id.lastName()));
  }

  /** The same words give the same name as long as nothing in the schemas has it. */
  String of(List<String> words, String suffix) {
    String start = String.join("_", words);
    for (int i = 1; ; i++) {
      String end = "_" + suffix + (i == 1 ? "" : String.valueOf(i));
      String name = clipped(start, LONGEST - bytes(end)) + end;
      if (!taken.contains(name)) {
        return name;
      }
    }
  }

  private static String clipped(String text, int limit) {
    String clipped = text;
    while (bytes(clipped) > limit) {
      clipped = clipped.substring(0, clipped.offsetByCodePoints(clipped.length(), -1));
    }
    return clipped;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
