package ${package}.assignment;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.field;

import ${package}.database.enums.AssetStatus;
import ${package}.database.tables.records.AssetsRecord;
import ${package}.database.tables.records.AssignmentsRecord;
import ${package}.database.tables.records.PeopleRecord;
import ${package}.failure.Constraints;
import ${package}.failure.Constraints.Rule;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Check-out and check-in: who has what, and since when. */
@Service
public class AssignmentService {
  private static final Map<String, Rule> RULES =
      Map.of(
          "assignments_no_overlap",
          new Rule(null, "Somebody has this asset already. Check it in first."));

  /** The time now, not that of the beginning of the transaction: a return comes after its start. */
  private static final Field<OffsetDateTime> NOW =
      field("clock_timestamp()", OffsetDateTime.class);

  private final DSLContext db;

  AssignmentService(DSLContext db) {
    this.db = db;
  }

  /**
   * Gives an asset to somebody.
   *
   * @param note what is to be remembered of it; may be null
   * @throws NotFoundException if there is no such asset or person
   * @throws RuleException if somebody has it, it is not in stock, or the person is not here any more
   */
  @Transactional
  public Assignment checkOut(long assetId, long personId, String note) {
    AssetsRecord asset = lockedAsset(assetId);
    PeopleRecord person =
        db.selectFrom(PEOPLE)
            .where(PEOPLE.ID.eq(personId))
            .forShare()
            .fetchOptional()
            .orElseThrow(() -> new NotFoundException("person", personId));
    if (current(assetId).isPresent()) {
      throw new RuleException("Somebody has this asset already. Check it in first.");
    }
    if (asset.getStatus() != AssetStatus.in_stock && asset.getStatus() != AssetStatus.in_use) {
      throw new RuleException("Only an asset in stock can be checked out.");
    }
    if (person.getLeftOn() != null) {
      throw new RuleException("personId", "This person is not here any more.");
    }
    Long id =
        Constraints.checked(
            RULES,
            () ->
                db.insertInto(ASSIGNMENTS)
                    .set(ASSIGNMENTS.ASSET_ID, assetId)
                    .set(ASSIGNMENTS.PERSON_ID, personId)
                    .set(ASSIGNMENTS.ASSIGNED_AT, NOW)
                    .set(ASSIGNMENTS.NOTE, note == null || note.isBlank() ? null : note.strip())
                    .returningResult(ASSIGNMENTS.ID)
                    .fetchSingle()
                    .value1());
    asset.setStatus(AssetStatus.in_use);
    asset.update();
    return find(ASSIGNMENTS.ID.eq(id)).get(0);
  }

  /**
   * Takes an asset back into stock. One that is lost or in repair stays so.
   *
   * @param expected the assignment that shall end; null for whichever it is
   * @return the assignment that has ended
   * @throws NotFoundException if there is no such asset
   * @throws RuleException if nobody has it, or somebody else by now
   */
  @Transactional
  public Assignment checkIn(long assetId, Long expected) {
    AssetsRecord asset = lockedAsset(assetId);
    AssignmentsRecord open =
        db.fetchOptional(
                ASSIGNMENTS,
                ASSIGNMENTS.ASSET_ID.eq(assetId).and(ASSIGNMENTS.RETURNED_AT.isNull()))
            .orElseThrow(() -> new RuleException("Nobody has this asset."));
    if (expected != null && !expected.equals(open.getId())) {
      throw new RuleException("It is back already, and somebody else has it by now.");
    }
    db.update(ASSIGNMENTS)
        .set(ASSIGNMENTS.RETURNED_AT, NOW)
        .where(ASSIGNMENTS.ID.eq(open.getId()))
        .execute();
    if (asset.getStatus() == AssetStatus.in_use) {
      asset.setStatus(AssetStatus.in_stock);
      asset.update();
    }
    return find(ASSIGNMENTS.ID.eq(open.getId())).get(0);
  }

  /** Who has the asset now. */
  @Transactional(readOnly = true)
  public Optional<Assignment> current(long assetId) {
    return find(ASSIGNMENTS.ASSET_ID.eq(assetId).and(ASSIGNMENTS.RETURNED_AT.isNull())).stream()
        .findFirst();
  }

  /** Who has, and had, an asset; the newest first. */
  @Transactional(readOnly = true)
  public List<Assignment> ofAsset(long assetId) {
    return find(ASSIGNMENTS.ASSET_ID.eq(assetId));
  }

  /** What somebody has, and had; the newest first. */
  @Transactional(readOnly = true)
  public List<Assignment> ofPerson(long personId) {
    return find(ASSIGNMENTS.PERSON_ID.eq(personId));
  }

  private AssetsRecord lockedAsset(long id) {
    return db.selectFrom(ASSETS)
        .where(ASSETS.ID.eq(id))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new NotFoundException("asset", id));
  }

  private List<Assignment> find(Condition condition) {
    return db.select(
            ASSIGNMENTS.ID,
            ASSIGNMENTS.ASSET_ID,
            ASSETS.TAG,
            ASSETS.NAME,
            ASSIGNMENTS.PERSON_ID,
            PEOPLE.FULL_NAME,
            ASSIGNMENTS.ASSIGNED_AT,
            ASSIGNMENTS.RETURNED_AT,
            ASSIGNMENTS.NOTE)
        .from(ASSIGNMENTS)
        .join(ASSETS)
        .on(ASSETS.ID.eq(ASSIGNMENTS.ASSET_ID))
        .join(PEOPLE)
        .on(PEOPLE.ID.eq(ASSIGNMENTS.PERSON_ID))
        .where(condition)
        .orderBy(ASSIGNMENTS.ASSIGNED_AT.desc(), ASSIGNMENTS.ID.desc())
        .fetchInto(Assignment.class);
  }
}
