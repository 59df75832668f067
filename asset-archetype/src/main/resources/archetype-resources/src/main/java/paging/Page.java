package ${package}.paging;

import java.util.List;

/**
 * A part of a long list.
 *
 * @param rows what is on this page
 * @param number which page, from 1
 * @param size how many rows a full page has
 * @param total how many rows there are on all pages, counted up to {@code Paging.COUNT_LIMIT}
 */
public record Page<T>(List<T> rows, int number, int size, long total) {
  public Page {
    rows = List.copyOf(rows);
  }

  /** Whether there are more rows than {@code total} says: nobody waits for an exact count. */
  public boolean totalIsLimited() {
    return total >= Paging.COUNT_LIMIT;
  }

  public int pages() {
    return (int) Math.max(1, (total + size - 1) / size);
  }

  public boolean hasPrevious() {
    return number > 1;
  }

  public boolean hasNext() {
    return number < pages();
  }

  /** Which row of the whole list is the first on this page, from 1; 0 on an empty page. */
  public long first() {
    return rows.isEmpty() ? 0 : (number - 1L) * size + 1;
  }

  public long last() {
    return rows.isEmpty() ? 0 : first() + rows.size() - 1;
  }
}
