package dev.migrate.conformance;

import java.util.ArrayList;
import java.util.List;

/**
 * What pg_dump says of a schema, in a form that can be compared: the lines sorted, without comments
 * and settings, and without the commas that only tell which column comes last.
 */
final class Judge {
  private Judge() {}

  static List<String> normalised(String dump) {
    return dump.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .filter(line -> !line.startsWith("--"))
        .filter(line -> !line.startsWith("SET "))
        .filter(line -> !line.startsWith("SELECT pg_catalog.set_config("))
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
        .sorted()
        .toList();
  }

  /** The lines that only one of two dumps has. */
  static String difference(List<String> got, List<String> wanted) {
    List<String> missing = new ArrayList<>(wanted);
    List<String> surplus = new ArrayList<>();
    for (String line : got) {
      if (!missing.remove(line)) {
        surplus.add(line);
      }
    }
    StringBuilder text = new StringBuilder();
    surplus.forEach(line -> text.append("+ ").append(line).append('\n'));
    missing.forEach(line -> text.append("- ").append(line).append('\n'));
    return text.toString();
  }
}
