package dev.migrate.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What pg_dump says of a schema, known by the SQL that makes it: a digest of each. An equal digest
 * is an equal dump; where it is another one, as with another pg_dump, nothing is known, and whoever
 * asks makes the schema and looks.
 */
final class KeptDumps {
  private static final int BYTES = 12;

  private final Path file;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  /**
   * @param file a line for each schema: the digests of its SQL and of its dump
   */
  KeptDumps(Path file) {
    this.file = file;
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          int blank = line.indexOf(' ');
          known.put(line.substring(0, blank), line.substring(blank + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @return whether this is known to be the dump of what the SQL makes
   */
  boolean has(String sql, List<String> dump) {
    return digest(dump).equals(known.get(digest(List.of(sql))));
  }

  void put(String sql, List<String> dump) {
    known.put(digest(List.of(sql)), digest(dump));
  }

  /** Keeps what is known of these, and of none else. */
  void write(List<String> schemas) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    for (String sql : schemas) {
      String key = digest(List.of(sql));
      if (known.containsKey(key)) {
        lines.put(key, known.get(key));
      }
    }
    Files.writeString(
        file,
        lines.entrySet().stream()
            .map(one -> one.getKey() + " " + one.getValue() + "\n")
            .collect(Collectors.joining()));
  }

  private static String digest(List<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String line : lines) {
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
