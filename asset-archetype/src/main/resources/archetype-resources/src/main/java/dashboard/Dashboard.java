package ${package}.dashboard;

import ${package}.audit.ChangeLines;
import ${package}.database.enums.AssetStatus;
import ${package}.maintenance.MaintenanceTask;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * What is worth knowing first.
 *
 * @param assets how many there are, without the retired ones
 * @param value what they cost, as far as that is known
 * @param byStatus every status, also those that no asset has
 * @param byCategory the largest first, without retired assets
 * @param purchases the last twelve months, the oldest first, also those without purchases
 * @param dueSoon maintenance that is due within thirty days
 * @param warrantyEndsSoon warranties that end within sixty days
 * @param mostOverdue at most five
 * @param recent the last changes
 */
public record Dashboard(
    long assets,
    BigDecimal value,
    Map<AssetStatus, Long> byStatus,
    List<Count> byCategory,
    List<MonthCount> purchases,
    long overdue,
    long dueSoon,
    long warrantyEndsSoon,
    List<MaintenanceTask> mostOverdue,
    List<ChangeLines.Group> recent) {
  /**
   * @param id null for those that have none
   */
  public record Count(Long id, String name, long count) {}

  public record MonthCount(YearMonth month, long count) {}
}
