package ${package}.asset;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.CATEGORIES;
import static ${package}.database.Tables.LOCATIONS;
import static ${package}.database.Tables.MAINTENANCE;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.currentLocalDate;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.one;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.withRecursive;

import ${package}.database.enums.AssetStatus;
import ${package}.database.tables.records.AssetsRecord;
import ${package}.failure.Constraints;
import ${package}.failure.Constraints.Rule;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectOnConditionStep;
import org.jooq.SelectOrderByStep;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The assets: found, read, made and changed. */
@Service
public class AssetService {
  /** What the rules of the database mean. */
  public static final Map<String, Rule> RULES =
      Map.of(
          "assets_tag_key", new Rule("tag", "Another asset has this tag."),
          "assets_serial_number_key",
              new Rule("serialNumber", "Another asset has this serial number."),
          "assets_location_id_fkey", new Rule("locationId", "This place does not exist any more."),
          "assets_category_id_fkey",
              new Rule("categoryId", "This category does not exist any more."));

  private static final Map<String, Rule> DELETE_RULES =
      Map.of(
          "assignments_asset_id_fkey",
          new Rule(
              null, "Somebody has, or had, this asset. Retire it, so that its history stays."));

  /** Written out and not bound, as all statuses are: so that partial indexes serve, and plans fit. */
  private static final Condition KEPT = ASSETS.STATUS.ne(inline(AssetStatus.retired));

  private static final Field<LocalDate> NEXT_MAINTENANCE =
      field(
              select(min(MAINTENANCE.DUE_ON))
                  .from(MAINTENANCE)
                  .where(MAINTENANCE.ASSET_ID.eq(ASSETS.ID), MAINTENANCE.COMPLETED_ON.isNull()))
          .as("next_maintenance_on");

  /**
   * Assets with overdue maintenance, as an array: it is worked out first, and the few assets looked
   * up by it; asking of each asset whether it is overdue would read them all.
   */
  private static final Field<Long[]> OVERDUE =
      array(
          select(MAINTENANCE.ASSET_ID)
              .from(MAINTENANCE)
              .where(
                  MAINTENANCE.COMPLETED_ON.isNull(), MAINTENANCE.DUE_ON.lt(currentLocalDate())));

  private final DSLContext db;
  private final Attributes attributes;

  AssetService(DSLContext db, Attributes attributes) {
    this.db = db;
    this.attributes = attributes;
  }

  /**
   * A page of the assets that pass a filter.
   *
   * <p>The page is cut out before the other tables are looked at, so that only its rows are joined.
   */
  @Transactional(readOnly = true)
  public Page<AssetRow> list(
      AssetFilter filter, AssetSort sort, boolean descending, Paging paging) {
    Condition condition = condition(filter);
    int counted =
        db.fetchCount(select(one()).from(ASSETS).where(condition).limit(Paging.COUNT_LIMIT));
    Paging reachable = paging.within(counted);
    List<Long> ids =
        (counted < Paging.COUNT_LIMIT ? foundFirst(condition) : db.select(ASSETS.ID).from(ASSETS).where(condition))
            .orderBy(sort.fields(descending))
            .limit(reachable.size())
            .offset(reachable.offset())
            .fetch(ASSETS.ID);
    List<AssetRow> rows =
        db.select(
                ASSETS.ID,
                ASSETS.TAG,
                ASSETS.NAME,
                ASSETS.STATUS,
                CATEGORIES.NAME,
                LOCATIONS.NAME,
                PEOPLE.FULL_NAME,
                ASSIGNMENTS.ASSIGNED_AT,
                NEXT_MAINTENANCE)
            .from(ASSETS)
            .leftJoin(CATEGORIES)
            .on(CATEGORIES.ID.eq(ASSETS.CATEGORY_ID))
            .leftJoin(LOCATIONS)
            .on(LOCATIONS.ID.eq(ASSETS.LOCATION_ID))
            .leftJoin(ASSIGNMENTS)
            .on(ASSIGNMENTS.ASSET_ID.eq(ASSETS.ID), ASSIGNMENTS.RETURNED_AT.isNull())
            .leftJoin(PEOPLE)
            .on(PEOPLE.ID.eq(ASSIGNMENTS.PERSON_ID))
            .where(ASSETS.ID.eq(any(ids.toArray(Long[]::new))))
            .orderBy(sort.fields(descending))
            .fetch(AssetService::row);
    return new Page<>(rows, reachable.number(), reachable.size(), counted);
  }

  /**
   * All that pass a filter, to be put in order only then. Where they are few, the next one is far away
   * for somebody who goes through all assets in that order; PostgreSQL cannot know that those of one
   * place have tags of the end of the alphabet.
   */
  private SelectOrderByStep<Record1<Long>> foundFirst(Condition condition) {
    CommonTableExpression<?> found =
        name(ASSETS.getName())
            .asMaterialized(
                select(ASSETS.ID, ASSETS.TAG, ASSETS.NAME, ASSETS.PURCHASED_ON)
                    .from(ASSETS)
                    .where(condition));
    return db.with(found).select(ASSETS.ID).from(found);
  }

  /**
   * Gives all assets that pass a filter to somebody, a few at a time, each with who has it: null when
   * nobody does.
   */
  @Transactional(readOnly = true)
  public void forEach(
      AssetFilter filter,
      AssetSort sort,
      boolean descending,
      BiConsumer<Asset, Holder> receiver) {
    try (Cursor<Record> rows =
        selectAsset(PEOPLE.FULL_NAME, PEOPLE.EMAIL, ASSIGNMENTS.ASSIGNED_AT, ASSIGNMENTS.NOTE)
            .leftJoin(ASSIGNMENTS)
            .on(ASSIGNMENTS.ASSET_ID.eq(ASSETS.ID), ASSIGNMENTS.RETURNED_AT.isNull())
            .leftJoin(PEOPLE)
            .on(PEOPLE.ID.eq(ASSIGNMENTS.PERSON_ID))
            .where(condition(filter))
            .orderBy(sort.fields(descending))
            .fetchSize(500)
            .fetchLazy()) {
      rows.forEach(row -> receiver.accept(asset(row), holder(row)));
    }
  }

  /**
   * @throws NotFoundException if there is no such asset
   */
  @Transactional(readOnly = true)
  public Asset get(long id) {
    return find(ASSETS.ID.eq(id)).orElseThrow(() -> new NotFoundException("asset", id));
  }

  @Transactional(readOnly = true)
  public Optional<Asset> findByTag(String tag) {
    return find(ASSETS.TAG.eq(tag));
  }

  /** The tag after the last one that begins as those of a category do; empty if it is gone. */
  @Transactional(readOnly = true)
  public Optional<String> nextTag(long categoryId) {
    return db.select(CATEGORIES.TAG_PREFIX)
        .from(CATEGORIES)
        .where(CATEGORIES.ID.eq(categoryId))
        .fetchOptional(CATEGORIES.TAG_PREFIX)
        .map(
            prefix -> {
              Field<Long> number =
                  field("substring({0} from '[0-9]+')::bigint", Long.class, ASSETS.TAG);
              Long last =
                  db.select(max(number))
                      .from(ASSETS)
                      .where(ASSETS.TAG.startsWith(prefix + "-"))
                      .fetchSingle()
                      .value1();
              return "%s-%04d".formatted(prefix, last == null ? 1 : last + 1);
            });
  }

  /**
   * @throws RuleException if the draft breaks a rule that only the database can check
   */
  @Transactional
  public Asset create(AssetDraft draft) {
    AssetsRecord asset = db.newRecord(ASSETS);
    fill(asset, draft);
    Constraints.checked(RULES, asset::insert);
    return get(asset.getId());
  }

  /**
   * Saves what somebody has made of a version that was read before.
   *
   * @param version the version that was read
   * @throws NotFoundException if there is no such asset any more
   * @throws StaleVersionException if somebody else has changed it since
   * @throws RuleException if the draft breaks a rule that only the database can check
   */
  @Transactional
  public Asset update(long id, int version, AssetDraft draft) {
    AssetsRecord asset = locked(id, version);
    Asset before = get(id);
    if (before.draft().equals(draft)) {
      return before;
    }
    fill(asset, draft);
    Constraints.checked(RULES, asset::update);
    return get(id);
  }

  /**
   * Deletes an asset that was entered by mistake. One that somebody has had can only be retired.
   *
   * @throws NotFoundException if there is no such asset any more
   * @throws StaleVersionException if somebody else has changed it since it was read
   * @throws RuleException if it has a history
   */
  @Transactional
  public void delete(long id, int version) {
    AssetsRecord asset = locked(id, version);
    Constraints.checked(DELETE_RULES, asset::delete);
  }

  /** The row stays as it is until the transaction ends, so that the version says the truth. */
  private AssetsRecord locked(long id, int version) {
    AssetsRecord asset =
        db.selectFrom(ASSETS)
            .where(ASSETS.ID.eq(id))
            .forUpdate()
            .fetchOptional()
            .orElseThrow(() -> new NotFoundException("asset", id));
    StaleVersionException.check("asset", version, asset.getVersion());
    return asset;
  }

  private void fill(AssetsRecord asset, AssetDraft draft) {
    requirePossible(asset, draft.status());
    asset.setTag(draft.tag());
    asset.setName(draft.name());
    asset.setSerialNumber(draft.serialNumber());
    asset.setStatus(draft.status());
    asset.setCategoryId(draft.categoryId());
    asset.setLocationId(draft.locationId());
    asset.setPurchasedOn(draft.purchasedOn());
    asset.setPurchasePrice(draft.purchasePrice());
    asset.setWarrantyUntil(draft.warrantyUntil());
    asset.setAttributes(attributes.write(draft.attributes()));
    if (draft.status() != AssetStatus.retired) {
      asset.setRetiredOn(null);
    } else if (asset.getRetiredOn() == null) {
      asset.setRetiredOn(LocalDate.now());
    }
  }

  /** Only check-out and check-in change who has an asset, and so whether it is in use. */
  private void requirePossible(AssetsRecord asset, AssetStatus wanted) {
    if (wanted == asset.getStatus()) {
      return;
    }
    if (wanted == AssetStatus.in_use) {
      throw new RuleException("status", "Check the asset out to somebody to have it in use.");
    }
    boolean held =
        asset.getId() != null
            && db.fetchExists(
                ASSIGNMENTS,
                ASSIGNMENTS.ASSET_ID.eq(asset.getId()),
                ASSIGNMENTS.RETURNED_AT.isNull());
    if (held && (wanted == AssetStatus.in_stock || wanted == AssetStatus.retired)) {
      throw new RuleException("status", "Somebody has this asset. Check it in first.");
    }
  }

  private Optional<Asset> find(Condition condition) {
    return selectAsset().where(condition).fetchOptional(this::asset);
  }

  private SelectOnConditionStep<Record> selectAsset(Field<?>... more) {
    return db.select(ASSETS.fields())
        .select(CATEGORIES.NAME, LOCATIONS.NAME)
        .select(more)
        .from(ASSETS)
        .leftJoin(CATEGORIES)
        .on(CATEGORIES.ID.eq(ASSETS.CATEGORY_ID))
        .leftJoin(LOCATIONS)
        .on(LOCATIONS.ID.eq(ASSETS.LOCATION_ID));
  }

  static Condition condition(AssetFilter filter) {
    Condition condition = noCondition();
    if (filter.text() != null) {
      condition = condition.and(SearchWords.find(filter.text()));
    }
    if (filter.status() != null) {
      condition = condition.and(ASSETS.STATUS.eq(inline(filter.status())));
    }
    if (filter.kept()) {
      condition = condition.and(KEPT);
    }
    if (filter.categoryId() != null) {
      condition = condition.and(ASSETS.CATEGORY_ID.eq(filter.categoryId()));
    }
    if (filter.locationId() != null) {
      condition = condition.and(ASSETS.LOCATION_ID.eq(any(placesIn(filter.locationId()))));
    }
    if (filter.overdue()) {
      condition =
          condition
              .and(KEPT)
              .and(ASSETS.ID.eq(any(OVERDUE)));
    }
    return condition;
  }

  /** A place and all places inside it, as an array: so it is worked out once, and an index serves. */
  private static Field<Long[]> placesIn(long locationId) {
    Name inside = name("inside");
    Field<Long> id = field(name("inside", "id"), Long.class);
    return array(
        withRecursive(inside, name("id"))
            .as(
                select(LOCATIONS.ID)
                    .from(LOCATIONS)
                    .where(LOCATIONS.ID.eq(locationId))
                    .union(
                        select(LOCATIONS.ID)
                            .from(LOCATIONS)
                            .join(table(inside))
                            .on(LOCATIONS.PARENT_ID.eq(id))))
            .select(id)
            .from(table(inside)));
  }

  private static AssetRow row(Record row) {
    LocalDate next = row.get(NEXT_MAINTENANCE);
    return new AssetRow(
        row.get(ASSETS.ID),
        row.get(ASSETS.TAG),
        row.get(ASSETS.NAME),
        row.get(ASSETS.STATUS),
        row.get(CATEGORIES.NAME),
        row.get(LOCATIONS.NAME),
        row.get(PEOPLE.FULL_NAME),
        row.get(ASSIGNMENTS.ASSIGNED_AT),
        next,
        next != null
            && next.isBefore(LocalDate.now())
            && row.get(ASSETS.STATUS) != AssetStatus.retired);
  }

  private static Holder holder(Record row) {
    return row.get(PEOPLE.EMAIL) == null
        ? null
        : new Holder(
            row.get(PEOPLE.FULL_NAME),
            row.get(PEOPLE.EMAIL),
            row.get(ASSIGNMENTS.ASSIGNED_AT),
            row.get(ASSIGNMENTS.NOTE));
  }

  private Asset asset(Record row) {
    return new Asset(
        row.get(ASSETS.ID),
        row.get(ASSETS.TAG),
        row.get(ASSETS.NAME),
        row.get(ASSETS.SERIAL_NUMBER),
        row.get(ASSETS.STATUS),
        row.get(ASSETS.CATEGORY_ID),
        row.get(CATEGORIES.NAME),
        row.get(ASSETS.LOCATION_ID),
        row.get(LOCATIONS.NAME),
        row.get(ASSETS.PURCHASED_ON),
        row.get(ASSETS.PURCHASE_PRICE),
        row.get(ASSETS.RETIRED_ON),
        row.get(ASSETS.WARRANTY_UNTIL),
        attributes.read(row.get(ASSETS.ATTRIBUTES)),
        row.get(ASSETS.VERSION),
        row.get(ASSETS.CREATED_AT),
        row.get(ASSETS.UPDATED_AT));
  }
}
