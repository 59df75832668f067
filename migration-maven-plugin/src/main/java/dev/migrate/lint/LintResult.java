package dev.migrate.lint;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The lint result of all scripts.
 *
 * @param scripts each script, in the order in which they run
 * @param released the revisions whose scripts cannot be mended any more; what was found there is
 *     counted by itself, and fails nothing
 */
public record LintResult(List<LintedScript> scripts, Set<RevisionId> released) {
  /** Copies what it is given. */
  public LintResult {
    scripts = List.copyOf(scripts);
    released = Set.copyOf(released);
  }

  /**
   * What came of scripts that can all be mended.
   *
   * @param scripts each script, in the order in which they run
   */
  public LintResult(List<LintedScript> scripts) {
    this(scripts, Set.of());
  }

  /**
   * @param ids revisions that are released
   * @return the same, with the line above them
   */
  public LintResult above(Set<RevisionId> ids) {
    return new LintResult(scripts, ids);
  }

  /**
   * @return the scripts that are judged
   */
  public List<LintedScript> judged() {
    return scripts.stream().filter(one -> !released.contains(one.revision().id())).toList();
  }

  /**
   * @return those that are released
   */
  public LintResult below() {
    return new LintResult(
        scripts.stream().filter(one -> released.contains(one.revision().id())).toList());
  }

  /**
   * @return everything that was found in what is judged, and not silenced
   */
  public List<Finding> findings() {
    return all().toList();
  }

  private Stream<Finding> all() {
    return judged().stream().flatMap(script -> script.findings().stream());
  }

  /**
   * @return everything in what is judged of which nothing can be said
   */
  public List<NotChecked> notChecked() {
    return judged().stream().flatMap(script -> script.notChecked().stream()).toList();
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
    List<SourcePosition> places =
        judged().stream().flatMap(script -> places(script, least).sorted()).toList();
    if (places.isEmpty()) {
      return;
    }
    List<String> counts = new ArrayList<>();
    add(counts, count(Severity.ERROR), "error");
    if (least.compareTo(Severity.WARNING) <= 0) {
      add(counts, count(Severity.WARNING), "warning");
    }
    boolean onlyNotChecked = counts.isEmpty();
    if (!notChecked().isEmpty()) {
      add(counts, notChecked().size(), "statement");
      counts.set(counts.size() - 1, counts.get(counts.size() - 1) + " not checked");
    }
    throw new MigrateException(
        FailureCode.LINT_FAILED,
        (onlyNotChecked
                ? "Whether the scripts would hurt a database in use cannot be said: %s; the first at %s."
                : "The scripts would hurt a database in use: %s; the first at %s.")
            .formatted(String.join(", ", counts), places.get(0)),
        "Change the scripts as said above, or write above a statement -- lint:ignore <rule>:"
            + " <reason>; -Dmigrate.lintFail=never only reports.");
  }

  private static Stream<SourcePosition> places(LintedScript script, Severity least) {
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
