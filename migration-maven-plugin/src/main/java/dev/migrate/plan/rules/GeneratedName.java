package dev.migrate.plan.rules;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Predicts the names that PostgreSQL generates for indexes and constraints that nobody named.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-createindex.html">CREATE INDEX</a>
 */
final class GeneratedName {
  private static final int LONGEST = 63;

  private GeneratedName() {}

  /** {@code table_a_b_idx}, with table and columns shortened by turns until it fits. */
  static String of(String table, List<String> columns, String suffix) {
    StringBuilder joined = new StringBuilder();
    for (String column : columns) {
      if (joined.length() > 0) {
        joined.append('_');
      }
      joined.append(column);
      if (joined.length() >= LONGEST + 1) {
        break;
      }
    }
    String first = table;
    String second = joined.toString();
    int room = LONGEST - suffix.length() - 1 - (second.isEmpty() ? 0 : 1);
    int firstBytes = bytes(first);
    int secondBytes = bytes(second);
    while (firstBytes + secondBytes > room) {
      if (firstBytes > secondBytes) {
        firstBytes--;
      } else {
        secondBytes--;
      }
    }
    return clipped(first, firstBytes)
        + (second.isEmpty() ? "" : "_" + clipped(second, secondBytes))
        + "_"
        + suffix;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** At most so many bytes, never half a character. */
  private static String clipped(String text, int limit) {
    int used = 0;
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      used += bytes(text.substring(end, next));
      if (used > limit) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }
}
