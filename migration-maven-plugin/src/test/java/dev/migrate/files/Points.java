package dev.migrate.files;

import dev.migrate.files.LastOperation.Moment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Where a goal is ended, or a disk refuses: a few points that chance picks, all of them with {@code
 * -DfileOperations=all}. Chance picks the same ones each time; {@code -DfileOperations.seed} picks
 * others.
 *
 * @param number which operation, from 1
 * @param moment when
 * @param operation what it is
 */
public record Points(int number, Moment moment, String operation) {
  private static final boolean ALL = "all".equals(System.getProperty("fileOperations"));
  private static final long SEED = Long.getLong("fileOperations.seed", 7);

  /** Of the many alike operations that remove a folder, every so many stand for all. */
  private static final int ALIKE = 150;

  /**
   * Where a process can end.
   *
   * @param operations of one undisturbed run
   * @param most how many points are enough for a build
   * @return the points, in their order
   */
  public static List<Points> ofEnds(List<String> operations, int most) {
    List<Points> all = new ArrayList<>();
    for (int number = 1; number <= operations.size(); number++) {
      String operation = operations.get(number - 1);
      if (!operation.startsWith("DELETE") || isEdge(operations, number)) {
        all.add(new Points(number, Moment.BEFORE, operation));
        if (operation.startsWith("WRITE")) {
          all.add(new Points(number, Moment.HALF, operation));
        }
        all.add(new Points(number, Moment.AFTER, operation));
      }
    }
    return some(all, most);
  }

  /**
   * Where a disk can become full, or read-only.
   *
   * @param operations of one undisturbed run
   * @param most how many points are enough for a build
   * @return the points, in their order
   */
  public static List<Points> ofRefusals(List<String> operations, int most) {
    List<Points> all = new ArrayList<>();
    for (int number = 1; number <= operations.size(); number++) {
      String operation = operations.get(number - 1);
      if (!operation.startsWith("DELETE") || isEdge(operations, number)) {
        all.add(new Points(number, Moment.FULL, operation));
        all.add(new Points(number, Moment.READ_ONLY, operation));
      }
    }
    return some(all, most);
  }

  private static boolean isEdge(List<String> operations, int number) {
    return number % ALIKE == 0
        || number == operations.size()
        || !operations.get(number).startsWith("DELETE")
        || number > 1 && !operations.get(number - 2).startsWith("DELETE");
  }

  private static List<Points> some(List<Points> all, int most) {
    if (ALL) {
      return all;
    }
    List<Points> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(SEED));
    List<Points> some = new ArrayList<>(shuffled.subList(0, Math.min(most, shuffled.size())));
    some.sort(Comparator.comparing(Points::number).thenComparing(Points::moment));
    return some;
  }

  @Override
  public String toString() {
    return moment + " " + number + ": " + operation;
  }
}
