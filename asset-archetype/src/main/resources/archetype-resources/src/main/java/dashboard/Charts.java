package ${package}.dashboard;

import ${package}.database.enums.AssetStatus;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The measures of the charts. They are drawn as SVG by the templates, in units of a thousandth of
 * the width, and each stands beside the table that says the same.
 */
final class Charts {
  static final int WIDTH = 1000;

  private static final int COLUMN_SPACE = 34;
  private static final int COLUMN_WIDTH = 24;
  private static final int FLOOR = 150;
  private static final int TALLEST = 125;
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);
  private static final DateTimeFormatter LONG =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);

  private Charts() {}

  /** A part of a bar that is the whole. */
  record Share(AssetStatus status, long count, long percent, long start, long width) {}

  /** A bar beside others; the longest has the whole width. */
  record Bar(Long id, String name, long count, long width) {}

  /** A column on the floor of a chart. */
  record Column(String label, String spoken, long count, int x, int middle, long y, long height) {
    public int width() {
      return COLUMN_WIDTH;
    }
  }

  static List<Share> shares(Map<AssetStatus, Long> counts) {
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    List<Share> shares = new ArrayList<>();
    long before = 0;
    for (AssetStatus status : AssetStatus.values()) {
      long count = counts.getOrDefault(status, 0L);
      // Both ends are rounded, not the width: so the parts meet, and fill the bar.
      long start = part(before, total, WIDTH);
      long end = part(before + count, total, WIDTH);
      shares.add(new Share(status, count, part(count, total, 100), start, end - start));
      before += count;
    }
    return List.copyOf(shares);
  }

  static List<Bar> bars(List<Dashboard.Count> counts) {
    long most = counts.stream().mapToLong(Dashboard.Count::count).max().orElse(0);
    return counts.stream()
        .map(
            count ->
                new Bar(count.id(), count.name(), count.count(), part(count.count(), most, WIDTH)))
        .toList();
  }

  static List<Column> columns(List<Dashboard.MonthCount> months) {
    long most = months.stream().mapToLong(Dashboard.MonthCount::count).max().orElse(0);
    List<Column> columns = new ArrayList<>();
    for (Dashboard.MonthCount month : months) {
      int left = columns.size() * COLUMN_SPACE;
      long height = part(month.count(), most, TALLEST);
      columns.add(
          new Column(
              SHORT.format(month.month()),
              LONG.format(month.month()),
              month.count(),
              left + (COLUMN_SPACE - COLUMN_WIDTH) / 2,
              left + COLUMN_SPACE / 2,
              FLOOR - height,
              height));
    }
    return List.copyOf(columns);
  }

  private static long part(long count, long total, int whole) {
    return total == 0 ? 0 : Math.round((double) count * whole / total);
  }
}
