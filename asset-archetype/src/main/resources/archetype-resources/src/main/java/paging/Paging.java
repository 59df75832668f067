package ${package}.paging;

/**
 * Which page of a list is wanted. What is out of bounds is brought back into them: an old bookmark
 * shall show something. The last page that can be reached is where counting ends; who needs to go
 * further has a search and filters.
 *
 * @param number which page, from 1
 * @param size how many rows it has, at most {@code MAX_SIZE}
 */
public record Paging(int number, int size) {
  public static final int DEFAULT_SIZE = 50;
  public static final int MAX_SIZE = 200;

  /** Lists are counted, and can be walked, up to here. */
  public static final int COUNT_LIMIT = 10_000;

  public Paging {
    size = Math.min(Math.max(size, 1), MAX_SIZE);
    number = Math.min(Math.max(number, 1), Math.max(1, COUNT_LIMIT / size));
  }

  public static Paging page(int number) {
    return new Paging(number, DEFAULT_SIZE);
  }

  /** This page, or the last one that has any of so many rows. */
  public Paging within(int counted) {
    return new Paging(Math.min(number, (counted + size - 1) / size), size);
  }

  public int offset() {
    return (number - 1) * size;
  }
}
