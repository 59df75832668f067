package dev.migrate.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Suggests the most similar existing name (edit distance) for one that does not exist. */
public final class NearestName {
  private NearestName() {}

  /**
   * @param written what was written
   * @param names the names that exist
   * @return these names, the most similar first; equally similar ones in their natural order
   */
  public static List<String> first(String written, Collection<String> names) {
    return names.stream()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(bare(written), bare(name)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /**
   * @param written what was written
   * @param names the names that exist
   * @return the name that can hardly have been meant otherwise: it differs by capitals, hyphens and
   *     a few letters at most, or begins with what was written
   */
  public static Optional<String> meant(String written, Collection<String> names) {
    String bare = bare(written);
    return first(written, names).stream()
        .findFirst()
        .filter(name -> distance(bare, bare(name)) <= Math.max(1, Math.min(3, bare.length() / 3)))
        .or(() -> longer(bare, names));
  }

  private static Optional<String> longer(String bare, Collection<String> names) {
    List<String> longer = names.stream().filter(name -> bare(name).startsWith(bare)).toList();
    return bare.length() < 3
        ? Optional.empty()
        : longer.stream().min(Comparator.comparing(String::length));
  }

  /** What is left of a name when nobody cares how its words are held together. */
  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }

  /** How many letters to add, remove, exchange, or swap with their neighbour. */
  private static int distance(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(one, other, cost, i, j);
      }
    }
    return cost[one.length()][other.length()];
  }

  private static int step(String one, String other, int[][] cost, int i, int j) {
    int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
    int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
