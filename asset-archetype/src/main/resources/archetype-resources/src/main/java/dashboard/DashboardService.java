package ${package}.dashboard;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.CATEGORIES;
import static ${package}.database.Tables.LOCATIONS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.sum;

import ${package}.audit.AuditService;
import ${package}.dashboard.Dashboard.Count;
import ${package}.dashboard.Dashboard.MonthCount;
import ${package}.database.enums.AssetStatus;
import ${package}.maintenance.MaintenanceService;
import ${package}.paging.Paging;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record3;
import org.jooq.SelectJoinStep;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Figures for the first page. */
@Service
public class DashboardService {
  private static final int MONTHS = 12;
  private static final int DUE_SOON_DAYS = 30;
  private static final int WARRANTY_DAYS = 60;

  private final DSLContext db;
  private final MaintenanceService maintenance;
  private final AuditService audit;

  DashboardService(DSLContext db, MaintenanceService maintenance, AuditService audit) {
    this.db = db;
    this.maintenance = maintenance;
    this.audit = audit;
  }

  @Transactional(readOnly = true)
  public Dashboard load() {
    LocalDate today = LocalDate.now();
    Condition kept = ASSETS.STATUS.ne(AssetStatus.retired);
    Map<AssetStatus, Long> byStatus = byStatus();
    return new Dashboard(
        byStatus.entrySet().stream()
            .filter(entry -> entry.getKey() != AssetStatus.retired)
            .mapToLong(Map.Entry::getValue)
            .sum(),
        db.select(sum(ASSETS.PURCHASE_PRICE))
            .from(ASSETS)
            .where(kept)
            .fetchOptional(0, BigDecimal.class)
            .orElse(BigDecimal.ZERO),
        byStatus,
        counts(CATEGORIES.ID, CATEGORIES.NAME, "No category", kept),
        counts(LOCATIONS.ID, LOCATIONS.NAME, "No location", kept),
        purchases(YearMonth.from(today)),
        maintenance.overdue(),
        maintenance.due(today, today.plusDays(DUE_SOON_DAYS)),
        db.fetchCount(
            ASSETS, kept, ASSETS.WARRANTY_UNTIL.between(today, today.plusDays(WARRANTY_DAYS))),
        maintenance.due(today.minusDays(1), new Paging(1, 5)).rows(),
        audit.recent(8));
  }

  private Map<AssetStatus, Long> byStatus() {
    Map<AssetStatus, Long> counts = new EnumMap<>(AssetStatus.class);
    for (AssetStatus status : AssetStatus.values()) {
      counts.put(status, 0L);
    }
    db.select(ASSETS.STATUS, count())
        .from(ASSETS)
        .groupBy(ASSETS.STATUS)
        .forEach(row -> counts.put(row.value1(), (long) row.value2()));
    return counts;
  }

  private List<Count> counts(
      Field<Long> id, Field<String> name, String none, Condition condition) {
    Field<Integer> number = count();
    SelectJoinStep<Record3<Long, String, Integer>> select =
        db.select(id, name, number).from(ASSETS);
    boolean categories = id.equals(CATEGORIES.ID);
    return (categories
            ? select.leftJoin(CATEGORIES).on(CATEGORIES.ID.eq(ASSETS.CATEGORY_ID))
            : select.leftJoin(LOCATIONS).on(LOCATIONS.ID.eq(ASSETS.LOCATION_ID)))
        .where(condition)
        .groupBy(id, name)
        .orderBy(number.desc(), name)
        .limit(10)
        .fetch(
            row ->
                new Count(
                    row.value1(), row.value2() == null ? none : row.value2(), row.value3()));
  }

  private List<MonthCount> purchases(YearMonth last) {
    YearMonth first = last.minusMonths(MONTHS - 1L);
    Field<LocalDate> month =
        field("date_trunc('month', {0})::date", LocalDate.class, ASSETS.PURCHASED_ON);
    Map<LocalDate, Integer> found =
        db.select(month, count())
            .from(ASSETS)
            .where(ASSETS.PURCHASED_ON.ge(first.atDay(1)))
            .groupBy(month)
            .fetchMap(row -> row.value1(), row -> row.value2());
    List<MonthCount> months = new ArrayList<>();
    for (YearMonth at = first; !at.isAfter(last); at = at.plusMonths(1)) {
      months.add(new MonthCount(at, found.getOrDefault(at.atDay(1), 0)));
    }
    return List.copyOf(months);
  }
}
