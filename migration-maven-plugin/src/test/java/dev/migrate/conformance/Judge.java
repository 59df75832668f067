package dev.migrate.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What pg_dump says of a schema, in a form that can be compared: the lines sorted, without comments
 * and settings, and without the commas that only tell which column comes last.
 */
final class Judge {
  private static final String OPTION = "[\\w.]+=(?:'[^']*'|\\w+)";
  private static final Pattern OPTIONS =
      Pattern.compile("WITH \\((" + OPTION + "(?:, " + OPTION + ")+)\\)");

  private Judge() {}

  static List<String> normalised(String dump) {
    return withoutInherited(dump)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .filter(line -> !line.startsWith("--"))
        .filter(line -> !line.startsWith("SET "))
        .filter(line -> !line.startsWith("SELECT pg_catalog.set_config("))
        .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
        .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
        .map(Judge::orderedOptions)
        .sorted()
        .toList();
  }

  /**
   * That a table says itself that it has a column, besides having it from a parent, no statement
   * can change back; so what a table that inherits says of its columns does not count here.
   */
  private static Stream<String> withoutInherited(String dump) {
    List<String> lines = new ArrayList<>();
    List<String> table = new ArrayList<>();
    Set<String> children = new HashSet<>();
    for (String line : dump.lines().toList()) {
      table.add(line);
      boolean opens = table.get(0).startsWith("CREATE TABLE ") && table.get(0).endsWith("(");
      if (opens && !line.startsWith(")")) {
        continue;
      }
      if (opens && line.equals(")")) {
        String name = table.get(0).substring("CREATE TABLE ".length(), table.get(0).length() - 2);
        children.add("ALTER TABLE ONLY " + name + " ALTER COLUMN ");
        table.removeIf(one -> one.startsWith("    ") && !one.startsWith("    CONSTRAINT"));
      }
      lines.addAll(table);
      table.clear();
    }
    lines.addAll(table);
    return lines.stream().filter(line -> children.stream().noneMatch(line::startsWith));
  }

  /**
   * Storage options are a set: {@code WITH (b='2', a='1')} says the same as the other way round.
   */
  private static String orderedOptions(String line) {
    return OPTIONS
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Arrays.stream(found.group(1).split(", "))
                        .sorted()
                        .collect(Collectors.joining(", ", "WITH (", ")"))));
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
