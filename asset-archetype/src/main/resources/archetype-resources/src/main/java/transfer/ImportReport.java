package ${package}.transfer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an import does, or would do.
 *
 * @param counts how many things of a file have which effect
 * @param lines the first lines that are right, and what happens to them
 * @param problems what is wrong; if there is anything, nothing is stored
 * @param missing names that lines speak of and nobody knows, by the file that they would be in, each
 *     with the number of the first such line
 */
public record ImportReport(
    Map<String, Map<Effect, Integer>> counts,
    List<Line> lines,
    List<Problem> problems,
    Map<String, Map<String, Integer>> missing) {
  public ImportReport {
    counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
    missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
  }

  /** What happens to what a line is about. */
  public enum Effect {
    ADDED,
    CHANGED,
    UNCHANGED
  }

  /**
   * @param file which file of several
   */
  public record Line(String file, int number, String name, Effect effect) {}

  /**
   * @param file which file of several
   * @param column empty when it is about the whole line
   */
  public record Problem(String file, int line, String column, String message) {}

  public boolean isRight() {
    return problems.isEmpty() && missing.isEmpty();
  }

  /** In all files. */
  public long count(Effect effect) {
    return counts.values().stream().mapToLong(each -> each.getOrDefault(effect, 0)).sum();
  }

  /** All lines that are right. */
  public long total() {
    return count(Effect.ADDED) + count(Effect.CHANGED) + count(Effect.UNCHANGED);
  }
}
