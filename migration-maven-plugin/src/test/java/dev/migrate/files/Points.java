package dev.migrate.files;

import dev.migrate.files.LastOperation.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a goal that needs a database is ended: a sample of the points, all of them with {@code
 * -DfileOperations=all}.
 *
 * @param number which operation, from 1
 * @param moment when
 * @param operation what it is
 */
public record Points(int number, Moment moment, String operation) {
  private static final boolean ALL = "all".equals(System.getProperty("fileOperations"));
  private static final int SAMPLE = 7;

  /**
   * @param operations of one undisturbed run
   * @return the points
   */
  public static List<Points> of(List<String> operations) {
    List<Points> all = new ArrayList<>();
    for (int number = 1; number <= operations.size(); number++) {
      String operation = operations.get(number - 1);
      all.add(new Points(number, Moment.BEFORE, operation));
      if (operation.startsWith("WRITE")) {
        all.add(new Points(number, Moment.HALF, operation));
      }
      all.add(new Points(number, Moment.AFTER, operation));
    }
    List<Points> sample = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (ALL || i % SAMPLE == SAMPLE / 2) {
        sample.add(all.get(i));
      }
    }
    return sample;
  }

  @Override
  public String toString() {
    return moment + " " + number + ": " + operation;
  }
}
