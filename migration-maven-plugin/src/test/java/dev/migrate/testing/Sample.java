package dev.migrate.testing;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Some of many cases that take their time, spread over the list and the same each time; the last
 * one is always among them. {@code -Dtest.all=true} takes all.
 */
public final class Sample {
  private Sample() {}

  /**
   * @param count how many
   * @param cases of these
   * @return the sample
   */
  public static <T> Stream<T> of(int count, Stream<T> cases) {
    List<T> all = cases.toList();
    return count >= all.size() || Boolean.getBoolean("test.all")
        ? all.stream()
        : IntStream.rangeClosed(1, count)
            .mapToObj(i -> all.get((int) ((long) i * all.size() / count) - 1));
  }
}
