package ${package}.transfer;

import java.util.List;

/**
 * What an import does, or would do.
 *
 * @param lines what happens to each line that is right
 * @param problems what is wrong; if there is anything, nothing is stored
 */
public record ImportReport(List<Line> lines, List<Problem> problems) {
  public ImportReport {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }

  /** What happens to the asset of a line. */
  public enum Effect {
    ADDED,
    CHANGED,
    UNCHANGED
  }

  public record Line(int number, String tag, String name, Effect effect) {}

  /**
   * @param column empty when it is about the whole line
   */
  public record Problem(int line, String column, String message) {}

  public boolean isRight() {
    return problems.isEmpty();
  }

  public long count(Effect effect) {
    return lines.stream().filter(line -> line.effect() == effect).count();
  }
}
