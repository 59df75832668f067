package dev.migrate.conformance;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Plans that servers have run, kept as text so that a change of the planner shows itself without a
 * server: one file a subject, which is what stands before the slash in the name of a pair.
 *
 * @param folder where they are
 */
record KeptPlans(Path folder) {
  private static final String HEADING = "-- pair: ";

  /** Returns the text of each pair's plans, by its name. */
  Map<String, String> read() {
    Map<String, String> kept = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String part : Files.readString(file).split("(?m)^(?=" + HEADING + ")")) {
          int line = part.indexOf('\n');
          kept.put(part.substring(HEADING.length(), line), part.substring(line + 2));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return kept;
  }

  /**
   * @param plans the text of each pair's plans, in the order in which they are to stand there
   */
  void write(Map<String, String> plans) {
    Map<String, String> files = new TreeMap<>();
    plans.forEach(
        (id, text) ->
            files.merge(
                id.substring(0, id.indexOf('/')), HEADING + id + "\n\n" + text, String::concat));
    try {
      Files.createDirectories(folder);
      try (Stream<Path> stale = Files.list(folder)) {
        for (Path file : stale.toList()) {
          Files.delete(file);
        }
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(folder.resolve(file.getKey() + ".sql"), file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The statements of a plan, each below what it is said to do.
   *
   * @param said the words for a hazard
   */
  static String text(String direction, Plan plan, Function<Hazard, String> said) {
    StringBuilder text = new StringBuilder("-- ").append(direction).append('\n');
    for (Statement statement : plan.statements()) {
      text.append(statement.commitBefore() ? "-- after a commit\n" : "");
      List<Hazard> hazards = List.copyOf(statement.hazards());
      hazards.forEach(hazard -> text.append("--   ").append(said.apply(hazard)).append('\n'));
      text.append(statement).append('\n');
    }
    return text.append('\n').toString();
  }
}
