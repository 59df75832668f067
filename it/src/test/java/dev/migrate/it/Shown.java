package dev.migrate.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command in a page, and what the page shows of its output. Times, ids of revisions that are made
 * while the test runs, durations, ports, and folders of this machine may differ; a line that is
 * only "…" stands for any lines.
 *
 * @param command what is typed, for bash
 * @param output the lines that are shown; none when the page shows none
 */
record Shown(String command, List<String> output) {
  private static final Pattern NOT_OURS =
      Pattern.compile(
          "-{3,}.*|Scanning for projects.*|Building .*|BUILD .*|Total time: .*|Finished at: .*"
              + "| *from .*pom[.]xml|-*< .* >-*|Embedded PostgreSQL .* begins .*|Started: .*");

  Shown {
    output = List.copyOf(output);
  }

  /**
   * @param text a block in which commands begin with {@code $}
   * @return each command with its output
   */
  static List<Shown> inConsole(String text) {
    List<Shown> all = new ArrayList<>();
    String command = null;
    List<String> output = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("$ ")) {
        if (command != null) {
          all.add(new Shown(command, output));
        }
        command = line.substring(2);
        output = new ArrayList<>();
      } else if (command != null && command.endsWith("\\")) {
        command += "\n" + line;
      } else {
        output.add(line);
      }
    }
    all.add(new Shown(command, output));
    return all;
  }

  /**
   * @param actual what came
   * @return what differs from what is shown, if anything does
   */
  Optional<String> difference(String actual) {
    List<String> wanted = plain(output);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    List<String> found =
        plain(
            actual
                .lines()
                .map(line -> line.replaceFirst("^\\[(INFO|ERROR|WARNING)\\] ?", ""))
                .map(Shown::withoutReport)
                .toList());
    StringBuilder pattern = new StringBuilder("(?s)(.*\n)?");
    for (String line : wanted) {
      pattern.append(line.equals("…") ? "(.*\n)?" : Pattern.quote(line + "\n"));
    }
    pattern.append("(.*)?");
    String whole = String.join("\n", found) + "\n";
    return Pattern.matches(pattern.toString(), whole)
        ? Optional.empty()
        : Optional.of(
            "$ %s%n--- the page shows%n%s%n--- this came%n%s"
                .formatted(command, String.join("\n", wanted), whole));
  }

  private static String withoutReport(String line) {
    return line.replaceFirst("^Failed to execute goal \\S+ \\([^)]*\\) on project [^:]*: ", "");
  }

  private static List<String> plain(List<String> lines) {
    return lines.stream()
        .map(String::stripTrailing)
        .filter(line -> !line.isEmpty() && !NOT_OURS.matcher(line).matches())
        .map(
            line ->
                line.replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\dZ?", "TIME")
                    .replaceAll("(?<!\\d)20\\d{12}(?!\\d)", "ID")
                    .replaceAll("\\b[0-9.]+ (ms|s|min)\\b", "DURATION")
                    .replaceAll("127[.]0[.]0[.]1:\\d+", "127.0.0.1:PORT")
                    .replaceAll("PostgreSQL \\d+[.][0-9.]+", "PostgreSQL VERSION")
                    .replaceAll("\\b[0-9.]+ (kB|MB|bytes)\\b", "SIZE"))
        .toList();
  }
}
