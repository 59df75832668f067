package dev.migrate.observe;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Coverage of the row checks of a proof: in how many of the tables that the change touches there
 * were rows whose values were looked for afterwards.
 *
 * @param judged the number of tables with rows
 * @param tables the number of tables that the change touches
 * @param without the others, with the reason why they had none
 */
public record RowCoverage(int judged, int tables, SortedMap<String, String> without) {
  /** Nothing was there to be judged. */
  public static final RowCoverage NONE = new RowCoverage(0, 0, new TreeMap<>());

  /** Copies what it is given. */
  public RowCoverage {
    without = Collections.unmodifiableSortedMap(new TreeMap<>(without));
  }

  /**
   * @return whether there were rows in every table
   */
  public boolean complete() {
    return judged == tables;
  }

  /**
   * @return one line that says it
   */
  public String describe() {
    return "Rows judged for %d of %d tables%s"
        .formatted(
            judged,
            tables,
            without.isEmpty()
                ? "."
                : "; without: "
                    + without.entrySet().stream()
                        .map(one -> one.getKey() + " (" + one.getValue() + ")")
                        .collect(Collectors.joining("; "))
                    + ".");
  }
}
