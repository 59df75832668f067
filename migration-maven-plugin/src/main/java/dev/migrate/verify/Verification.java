package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of all checks.
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
   * @param check one of the checks
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
            + (notRun.isEmpty() ? "" : " Not run: " + notRun + "."),
        "Mend what is said above and run mvn migrate:verify again; a check can be left out by its"
            + " name, such as -Dmigrate.skipChecks=data.");
  }

  private String labels(CheckResult.Status status) {
    return results.stream()
        .filter(one -> one.status() == status)
        .map(one -> one.check().label())
        .collect(Collectors.joining(", "));
  }
}
