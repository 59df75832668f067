package ${package}.dashboard;

import static ${package}.database.Tables.ASSETS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import ${package}.audit.ChangeLines;
import ${package}.category.CategoryService;
import ${package}.dashboard.Dashboard.Count;
import ${package}.dashboard.Dashboard.MonthCount;
import ${package}.database.enums.AssetStatus;
import ${package}.maintenance.MaintenanceService;
import ${package}.paging.Paging;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Figures for the first page. They are about all assets, so they are kept until anything has
 * changed: PostgreSQL tells by its snapshot which transactions somebody sees, and who sees the same
 * ones sees the same rows.
 */
@Service
public class DashboardService {
  private static final int MONTHS = 12;
  private static final int DUE_SOON_DAYS = 30;
  private static final int WARRANTY_DAYS = 60;
  private static final int CATEGORIES_SHOWN = 10;
  private static final int CHANGES_SHOWN = 8;

  private final DSLContext db;
  private final MaintenanceService maintenance;
  private final CategoryService categories;
  private final ChangeLines changes;
  private final TransactionTemplate oneSnapshot;
  private volatile Seen last;

  DashboardService(
      DSLContext db,
      MaintenanceService maintenance,
      CategoryService categories,
      ChangeLines changes,
      PlatformTransactionManager transactions) {
    this.db = db;
    this.maintenance = maintenance;
    this.categories = categories;
    this.changes = changes;
    this.oneSnapshot = new TransactionTemplate(transactions);
    this.oneSnapshot.setReadOnly(true);
    this.oneSnapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** What was seen of the database, and when. */
  private record Seen(String snapshot, LocalDate day, Dashboard dashboard) {
    boolean isOf(String otherSnapshot, LocalDate otherDay) {
      return snapshot.equals(otherSnapshot) && day.equals(otherDay);
    }
  }

  /** What anybody who asks now would see. */
  public Dashboard load() {
    LocalDate today = LocalDate.now();
    Seen kept = last;
    return kept != null && kept.isOf(snapshot(), today) ? kept.dashboard() : lookAgain(today);
  }

  /** One at a time: of many who come at once, the first works it out for all. */
  private synchronized Dashboard lookAgain(LocalDate today) {
    last =
        oneSnapshot.execute(
            transaction -> {
              String snapshot = snapshot();
              return last != null && last.isOf(snapshot, today)
                  ? last
                  : new Seen(snapshot, today, workOut(today));
            });
    return last.dashboard();
  }

  private String snapshot() {
    return db.select(field("pg_current_snapshot()::text", String.class)).fetchSingle().value1();
  }

  private Dashboard workOut(LocalDate today) {
    YearMonth first = YearMonth.from(today).minusMonths(MONTHS - 1L);
    List<Part> parts = parts(today, first);
    List<Part> kept =
        parts.stream().filter(part -> part.status() != AssetStatus.retired).toList();
    return new Dashboard(
        kept.stream().mapToLong(Part::assets).sum(),
        kept.stream()
            .map(Part::value)
            .filter(Objects::nonNull)
            .reduce(BigDecimal.ZERO, BigDecimal::add),
        byStatus(parts),
        byCategory(kept),
        purchases(parts, first),
        maintenance.due(null, today.minusDays(1)),
        maintenance.due(today, today.plusDays(DUE_SOON_DAYS)),
        kept.stream().mapToLong(Part::warranties).sum(),
        maintenance.due(null, today.minusDays(1), new Paging(1, 5)).rows(),
        changes.recent(CHANGES_SHOWN));
  }

  /**
   * Assets that have a status, a category and a month of purchase in common.
   *
   * @param month its first day; null for those that were bought earlier, or nobody knows when
   * @param warranties how many warranties end soon
   */
  private record Part(
      AssetStatus status,
      Long categoryId,
      LocalDate month,
      long assets,
      BigDecimal value,
      long warranties) {}

  /** All assets are looked at once, and not once for each figure. */
  private List<Part> parts(LocalDate today, YearMonth first) {
    Field<LocalDate> month =
        when(
            ASSETS.PURCHASED_ON.ge(inline(first.atDay(1))),
            field(
                "date_trunc('month', {0}::timestamp)::date", LocalDate.class, ASSETS.PURCHASED_ON));
    return db.select(
            ASSETS.STATUS,
            ASSETS.CATEGORY_ID,
            month,
            count(),
            sum(ASSETS.PURCHASE_PRICE),
            count()
                .filterWhere(
                    ASSETS.WARRANTY_UNTIL.between(
                        inline(today), inline(today.plusDays(WARRANTY_DAYS)))))
        .from(ASSETS)
        .groupBy(ASSETS.STATUS, ASSETS.CATEGORY_ID, month)
        .fetch(
            row ->
                new Part(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5(),
                    row.value6()));
  }

  private static Map<AssetStatus, Long> byStatus(List<Part> parts) {
    Map<AssetStatus, Long> counts = new EnumMap<>(AssetStatus.class);
    for (AssetStatus status : AssetStatus.values()) {
      counts.put(status, 0L);
    }
    parts.forEach(part -> counts.merge(part.status(), part.assets(), Long::sum));
    return counts;
  }

  private List<Count> byCategory(List<Part> parts) {
    Map<Long, Long> counts = new HashMap<>();
    parts.forEach(part -> counts.merge(part.categoryId(), part.assets(), Long::sum));
    Map<Long, String> names = categories.names();
    return counts.entrySet().stream()
        .map(
            one ->
                new Count(
                    one.getKey(), names.getOrDefault(one.getKey(), "No category"), one.getValue()))
        .sorted(Comparator.comparing(Count::count).reversed().thenComparing(Count::name))
        .limit(CATEGORIES_SHOWN)
        .toList();
  }

  private static List<MonthCount> purchases(List<Part> parts, YearMonth first) {
    Map<LocalDate, Long> found = new HashMap<>();
    parts.forEach(part -> found.merge(part.month(), part.assets(), Long::sum));
    List<MonthCount> months = new ArrayList<>();
    for (YearMonth at = first; months.size() < MONTHS; at = at.plusMonths(1)) {
      months.add(new MonthCount(at, found.getOrDefault(at.atDay(1), 0L)));
    }
    return List.copyOf(months);
  }
}
