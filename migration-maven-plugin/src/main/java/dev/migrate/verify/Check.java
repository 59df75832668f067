package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The checks of {@code verify}, in the order in which they run. */
public enum Check {
  /** The files are well-formed, have one head and downgrades, and nothing released was changed. */
  FILES("the revision files are in order"),
  /** From base to head on an empty database. */
  REPLAY("the revisions run from base to head"),
  /** Every revision up, down and up again. */
  REVERSIBLE("every downgrade undoes its upgrade"),
  /** What the revisions give is what the model says. */
  MODEL("the head of the revisions is the model"),
  /** Branches that were merged give the same in either order. */
  COMMUTE("merged branches give the same in either order"),
  /** Every upgrade runs on tables that hold rows, too. */
  DATA("every upgrade runs on tables with rows"),
  /** The target is one that these files can upgrade. */
  TARGET("the target can be upgraded by these files");

  private final String claim;

  Check(String claim) {
    this.claim = claim;
  }

  /**
   * @return its name, as {@code migrate.skipChecks} takes it
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @return what is true when it passes
   */
  public String claim() {
    return claim;
  }

  /**
   * @param names names of checks, as people write them
   * @return the checks
   * @throws MigrateException {@code INVALID_PARAMETER} when there is no check of one of the names
   */
  public static Set<Check> named(Collection<String> names) {
    EnumSet<Check> checks = EnumSet.noneOf(Check.class);
    for (String name : names) {
      checks.add(
          Arrays.stream(values())
              .filter(check -> check.label().equals(name.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> unknown(name)));
    }
    return checks;
  }

  private static MigrateException unknown(String name) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "There is no check \"%s\".".formatted(name),
        "The checks are %s."
            .formatted(
                Arrays.stream(values()).map(Check::label).collect(Collectors.joining(", "))));
  }
}
