package dev.migrate.lint;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of all scripts.
 *
 * @param scripts each script, in the order in which they run
 */
public record Linted(List<LintedScript> scripts) {
  /** Copies what it is given. */
  public Linted {
    scripts = List.copyOf(scripts);
  }

  /**
   * @return everything that was found and not silenced
   */
  public List<Finding> findings() {
    return all().toList();
  }

  private Stream<Finding> all() {
    return scripts.stream().flatMap(script -> script.findings().stream());
  }

  /**
   * @return everything of which nothing can be said
   */
  public List<NotChecked> notChecked() {
    return scripts.stream().flatMap(script -> script.notChecked().stream()).toList();
  }

  /**
   * @param severity how bad
   * @return how many findings are exactly so bad
   */
  public long count(Severity severity) {
    return all().filter(finding -> finding.rule().severity() == severity).count();
  }

  /**
   * Fails if there is something as bad as that. What was not checked counts as the worst.
   *
   * @param least the least that fails
   * @throws MigrateException {@code LINT_FAILED}
   */
  public void require(Severity least) {
    List<Place> places =
        scripts.stream().flatMap(script -> places(script, least).sorted()).toList();
    if (places.isEmpty()) {
      return;
    }
    List<String> counts = new ArrayList<>();
    add(counts, count(Severity.ERROR), "error");
    if (least.compareTo(Severity.WARNING) <= 0) {
      add(counts, count(Severity.WARNING), "warning");
    }
    if (!notChecked().isEmpty()) {
      add(counts, notChecked().size(), "statement");
      counts.set(counts.size() - 1, counts.get(counts.size() - 1) + " not checked");
    }
    throw new MigrateException(
        FailureCode.LINT_FAILED,
        "The scripts would hurt a database in use: %s; the first at %s."
            .formatted(String.join(", ", counts), places.get(0)),
        "Change the scripts as said above, or write above a statement -- lint:ignore <rule>:"
            + " <reason>; -Dmigrate.lintFail=never only reports.");
  }

  private static Stream<Place> places(LintedScript script, Severity least) {
    return Stream.concat(
        script.findings().stream()
            .filter(finding -> finding.rule().severity().compareTo(least) >= 0)
            .map(Finding::place),
        script.notChecked().stream().map(NotChecked::place));
  }

  private static void add(List<String> counts, long count, String noun) {
    if (count > 0) {
      counts.add(count + " " + noun + (count == 1 ? "" : "s"));
    }
  }
}
