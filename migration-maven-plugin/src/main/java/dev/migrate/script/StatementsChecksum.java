package dev.migrate.script;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Checksum of a script's statements, without comments, empty lines and indentation, that tells
 * whether they are those that were generated. Whoever explains a script has not changed it.
 */
final class StatementsChecksum {
  private StatementsChecksum() {}

  static String of(String script) {
    CRC32 sum = new CRC32();
    script
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("--"))
        .forEach(line -> sum.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
    return "%08x".formatted(sum.getValue());
  }
}
