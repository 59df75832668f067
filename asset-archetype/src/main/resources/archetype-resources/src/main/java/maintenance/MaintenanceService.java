package ${package}.maintenance;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.CATEGORIES;
import static ${package}.database.Tables.MAINTENANCE;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.currentLocalDate;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;

import ${package}.database.enums.AssetStatus;
import ${package}.database.enums.MaintenanceKind;
import ${package}.database.tables.records.MaintenanceRecord;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import java.time.LocalDate;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Work that is due on assets. */
@Service
public class MaintenanceService {
  /**
   * Of assets that are not retired. It is written out and not bound, as the days are: PostgreSQL plans
   * once for all values that are bound, and then a partial index and a short span serve nobody.
   */
  private static final Condition KEPT = ASSETS.STATUS.ne(inline(AssetStatus.retired));

  private final DSLContext db;

  MaintenanceService(DSLContext db) {
    this.db = db;
  }

  /**
   * A page of the open work that is due from one day to another, both included, the most urgent
   * first.
   *
   * @param from null for the beginning
   */
  @Transactional(readOnly = true)
  public Page<MaintenanceTask> due(LocalDate from, LocalDate until, Paging paging) {
    Condition condition = open(from, until);
    int counted =
        db.fetchCount(
            db.selectOne()
                .from(MAINTENANCE)
                .join(ASSETS)
                .on(ASSETS.ID.eq(MAINTENANCE.ASSET_ID))
                .where(condition)
                .limit(inline(Paging.COUNT_LIMIT)));
    Paging reachable = paging.within(counted);
    // The page is cut out before the other tables are looked at, so that only its rows are joined.
    List<Long> ids =
        db.select(MAINTENANCE.ID)
            .from(MAINTENANCE)
            .join(ASSETS)
            .on(ASSETS.ID.eq(MAINTENANCE.ASSET_ID))
            .where(condition)
            .orderBy(MAINTENANCE.DUE_ON, MAINTENANCE.ID)
            .limit(reachable.size())
            .offset(reachable.offset())
            .fetch(MAINTENANCE.ID);
    List<MaintenanceTask> rows =
        tasks(
            select(MAINTENANCE.ID.eq(any(ids.toArray(Long[]::new))))
                .orderBy(MAINTENANCE.DUE_ON, MAINTENANCE.ID));
    return new Page<>(rows, reachable.number(), reachable.size(), counted);
  }

  /**
   * How much open work is due from one day to another, both included.
   *
   * @param from null for the beginning
   */
  @Transactional(readOnly = true)
  public long due(LocalDate from, LocalDate until) {
    return db.fetchCount(
        db.selectOne()
            .from(MAINTENANCE)
            .join(ASSETS)
            .on(ASSETS.ID.eq(MAINTENANCE.ASSET_ID))
            .where(open(from, until)));
  }

  /** Of assets that are not retired. */
  private static Condition open(LocalDate from, LocalDate until) {
    Condition open = MAINTENANCE.COMPLETED_ON.isNull().and(KEPT);
    return from == null
        ? open.and(MAINTENANCE.DUE_ON.le(inline(until)))
        : open.and(MAINTENANCE.DUE_ON.between(inline(from), inline(until)));
  }

  /** The work on an asset: what is open first, then what was done, the newest first. */
  @Transactional(readOnly = true)
  public List<MaintenanceTask> ofAsset(long assetId) {
    return tasks(
        select(MAINTENANCE.ASSET_ID.eq(assetId))
            .orderBy(
                MAINTENANCE.COMPLETED_ON.desc().nullsFirst(), MAINTENANCE.DUE_ON, MAINTENANCE.ID));
  }

  /**
   * @throws NotFoundException if there is no such work
   */
  @Transactional(readOnly = true)
  public MaintenanceTask get(long id) {
    return tasks(select(MAINTENANCE.ID.eq(id))).stream()
        .findFirst()
        .orElseThrow(() -> new NotFoundException("maintenance", id));
  }

  /**
   * @throws NotFoundException if there is no such asset
   */
  @Transactional
  public MaintenanceTask plan(long assetId, MaintenanceDraft draft) {
    if (!db.fetchExists(ASSETS, ASSETS.ID.eq(assetId))) {
      throw new NotFoundException("asset", assetId);
    }
    MaintenanceRecord work = db.newRecord(MAINTENANCE);
    work.setAssetId(assetId);
    work.setKind(draft.kind());
    work.setDescription(draft.description());
    work.setDueOn(draft.dueOn());
    work.insert();
    return get(work.getId());
  }

  /**
   * Says that work is done. After an inspection the next one is planned, if the category of the
   * asset says how often there is one.
   *
   * @throws NotFoundException if there is no such work
   * @throws RuleException if it was done already
   */
  @Transactional
  public MaintenanceTask complete(long id, Completion completion) {
    MaintenanceRecord work = locked(id);
    if (work.getCompletedOn() != null) {
      throw new RuleException("This work was done on " + work.getCompletedOn() + ".");
    }
    LocalDate done = completion.completedOn() == null ? LocalDate.now() : completion.completedOn();
    work.setCompletedOn(done);
    work.setCost(completion.cost());
    work.update();
    if (work.getKind() == MaintenanceKind.inspection) {
      planNext(work, done);
    }
    return get(id);
  }

  /**
   * Takes back what was planned.
   *
   * @throws NotFoundException if there is no such work
   * @throws RuleException if it was done already
   */
  @Transactional
  public void cancel(long id) {
    MaintenanceRecord work = locked(id);
    if (work.getCompletedOn() != null) {
      throw new RuleException("Work that was done stays in the history of the asset.");
    }
    work.delete();
  }

  private void planNext(MaintenanceRecord done, LocalDate on) {
    Integer months =
        db.select(CATEGORIES.INSPECTION_MONTHS)
            .from(ASSETS)
            .join(CATEGORIES)
            .on(CATEGORIES.ID.eq(ASSETS.CATEGORY_ID))
            .where(ASSETS.ID.eq(done.getAssetId()), KEPT)
            .fetchOne(CATEGORIES.INSPECTION_MONTHS);
    if (months != null) {
      plan(
          done.getAssetId(),
          new MaintenanceDraft(
              MaintenanceKind.inspection, done.getDescription(), on.plusMonths(months)));
    }
  }

  private MaintenanceRecord locked(long id) {
    return db.selectFrom(MAINTENANCE)
        .where(MAINTENANCE.ID.eq(id))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new NotFoundException("maintenance", id));
  }

  private SelectConditionStep<Record> select(Condition condition) {
    return db.select(MAINTENANCE.fields())
        .select(ASSETS.TAG, ASSETS.NAME, PEOPLE.FULL_NAME)
        .select(
            field(
                    MAINTENANCE
                        .COMPLETED_ON
                        .isNull()
                        .and(MAINTENANCE.DUE_ON.lt(currentLocalDate()))
                        .and(KEPT))
                .as("overdue"))
        .from(MAINTENANCE)
        .join(ASSETS)
        .on(ASSETS.ID.eq(MAINTENANCE.ASSET_ID))
        .leftJoin(ASSIGNMENTS)
        .on(ASSIGNMENTS.ASSET_ID.eq(ASSETS.ID), ASSIGNMENTS.RETURNED_AT.isNull())
        .leftJoin(PEOPLE)
        .on(PEOPLE.ID.eq(ASSIGNMENTS.PERSON_ID))
        .where(condition);
  }

  private static List<MaintenanceTask> tasks(Select<Record> select) {
    return select.fetch(
        row ->
            new MaintenanceTask(
                row.get(MAINTENANCE.ID),
                row.get(MAINTENANCE.ASSET_ID),
                row.get(ASSETS.TAG),
                row.get(ASSETS.NAME),
                row.get(MAINTENANCE.KIND),
                row.get(MAINTENANCE.DESCRIPTION),
                row.get(MAINTENANCE.DUE_ON),
                row.get(MAINTENANCE.COMPLETED_ON),
                row.get(MAINTENANCE.COST),
                row.get("overdue", Boolean.class),
                row.get(PEOPLE.FULL_NAME)));
  }
}
