package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The result of {@code verify}: the results of all checks.
 *
 * @param results one for each check, in their order
 * @param upToDate whether nothing has changed since these results were found
 */
public record Verification(List<CheckResult> results, boolean upToDate) {
  /** Copies what it is given. */
  public Verification {
    results = List.copyOf(results);
  }

  /**
   * @return whether every check passed or was skipped
   */
  public boolean fine() {
    return results.stream().allMatch(CheckResult::fine);
  }

  /**
   * @return what came of it
   */
  public CheckResult of(Check check) {
    return results.stream().filter(one -> one.check() == check).findFirst().orElseThrow();
  }

  /**
   * @throws MigrateException {@code VERIFY_FAILED} unless every check passed or was skipped
   */
  public void require() {
    if (fine()) {
      return;
    }
    String failed = labels(CheckResult.Status.FAILED);
    String notRun = labels(CheckResult.Status.NOT_RUN);
    throw new MigrateException(
        FailureCode.VERIFY_FAILED,
        "The revisions are not fit to be released."
            + (failed.isEmpty() ? "" : " Failed: " + failed + ".")
            + (notRun.isEmpty() ? "" : " Not run: " + notRun + ".")
            + reasons(),
        "Mend it and run mvn migrate:verify again. All that was found is in the log and in"
            + " target/migrate-reports; a check can be left out by its name, such as"
            + " -Dmigrate.skipChecks=data.");
  }

  /** The first of each check, for those who see nothing but the failure of the build. */
  private String reasons() {
    StringBuilder reasons = new StringBuilder();
    for (CheckResult result : results) {
      if (result.fine()) {
        continue;
      }
      boolean failed = result.status() == CheckResult.Status.FAILED;
      String why = failed ? inShort(result.findings().get(0)) : firstOf(result.summary().lines());
      if (reasons.indexOf(why) >= 0) {
        continue; // What keeps one check from running keeps others, too.
      }
      int more = Math.max(0, result.findings().size() - 1);
      reasons
          .append(System.lineSeparator())
          .append("  ")
          .append(result.check().label())
          .append(": ")
          .append(why)
          .append(more == 0 ? "" : " (and %d more)".formatted(more));
    }
    return reasons.toString();
  }

  /** A sentence that announces what comes below is followed by the first of it. */
  private static String inShort(CheckFinding finding) {
    List<String> lines =
        Stream.concat(finding.problem().lines(), finding.details().stream())
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    String first = firstOf(lines.stream());
    if (!first.endsWith(":") || lines.size() == 1) {
      return first.replaceFirst(":$", ".");
    }
    return first + " " + lines.get(1) + (lines.size() > 2 ? "; …" : "");
  }

  private static String firstOf(Stream<String> lines) {
    return lines.findFirst().orElse("");
  }

  private String labels(CheckResult.Status status) {
    return results.stream()
        .filter(one -> one.status() == status)
        .map(one -> one.check().label())
        .collect(Collectors.joining(", "));
  }
}
