package ${package}.transfer;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.PEOPLE;

import ${package}.database.tables.records.AssignmentsRecord;
import ${package}.failure.Constraints.Rule;
import ${package}.transfer.ImportReport.Effect;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record6;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Who had which asset before, by asset and beginning. Who has it now stands with the asset. */
@Component
@Order(5)
class AssignmentSheet implements Sheet<AssignmentsRecord> {
  private static final int LONGEST_NOTE = 500;

  private final DSLContext db;

  AssignmentSheet(DSLContext db) {
    this.db = db;
  }

  private record Key(long asset, Instant begin) {}

  @Override
  public String name() {
    return "assignments";
  }

  @Override
  public List<String> columns() {
    return List.of("asset", "person", "assigned_at", "returned_at", "note");
  }

  @Override
  public Set<String> key() {
    return Set.of("asset", "person", "assigned_at");
  }

  @Override
  public void write(Consumer<List<String>> out) {
    try (Cursor<
            Record6<String, String, String, OffsetDateTime, OffsetDateTime, String>> rows =
        db.select(
                ASSETS.TAG,
                PEOPLE.FULL_NAME,
                PEOPLE.EMAIL,
                ASSIGNMENTS.ASSIGNED_AT,
                ASSIGNMENTS.RETURNED_AT,
                ASSIGNMENTS.NOTE)
            .from(ASSIGNMENTS)
            .join(ASSETS)
            .on(ASSETS.ID.eq(ASSIGNMENTS.ASSET_ID))
            .join(PEOPLE)
            .on(PEOPLE.ID.eq(ASSIGNMENTS.PERSON_ID))
            .where(ASSIGNMENTS.RETURNED_AT.isNotNull())
            .orderBy(ASSETS.TAG, ASSIGNMENTS.ASSIGNED_AT)
            .fetchSize(BATCH)
            .fetchLazy()) {
      rows.forEach(
          row ->
              out.accept(
                  List.of(
                      row.value1(),
                      row.value2() + " <" + row.value3() + ">",
                      Row.written(row.value4()),
                      Row.written(row.value5()),
                      Row.written((Object) row.value6()))));
    }
  }

  @Override
  public List<Change<AssignmentsRecord>> read(
      List<Row> rows, References names, Set<Object> seen) {
    Map<String, Long> assets = assets(db, rows);
    Map<Key, AssignmentsRecord> known = new HashMap<>();
    db.selectFrom(ASSIGNMENTS)
        .where(ASSIGNMENTS.ASSET_ID.in(assets.values()))
        .forUpdate()
        .forEach(
            row -> known.put(new Key(row.getAssetId(), row.getAssignedAt().toInstant()), row));
    List<Change<AssignmentsRecord>> changes = new ArrayList<>();
    for (Row row : rows) {
      Long asset = assets.get(row.text("asset").strip());
      Long person = names.person(row, "person");
      OffsetDateTime begin = row.moment("assigned_at");
      OffsetDateTime end = row.moment("returned_at");
      String note = row.text("note").strip();
      if (asset == null) {
        row.wrong("asset", "There is no asset with this tag.");
      }
      if (row.text("person").isBlank()) {
        row.wrong("person", "Say who had the asset.");
      }
      if (begin == null) {
        row.wrong("assigned_at", "Say since when.");
      }
      if (end == null) {
        row.wrong("returned_at", "Say until when. Who has it now stands in the file of assets.");
      }
      if (note.length() > LONGEST_NOTE) {
        row.wrong("note", "Use at most " + LONGEST_NOTE + " characters.");
      }
      if (!row.isRight()) {
        continue;
      }
      Key key = new Key(asset, begin.toInstant());
      AssignmentsRecord before = known.get(key);
      if (!seen.add(key)) {
        row.wrong("assigned_at", "This is in the file twice.");
      }
      if (before != null && before.getReturnedAt() == null) {
        row.wrong("returned_at", "Somebody still has it. Check it in first.");
        continue;
      }
      AssignmentsRecord assignment = before == null ? db.newRecord(ASSIGNMENTS) : before;
      boolean same =
          before != null
              && before.getPersonId().equals(person)
              && before.getReturnedAt().isEqual(end)
              && Objects.equals(before.getNote(), note.isEmpty() ? null : note);
      assignment.setAssetId(asset);
      assignment.setPersonId(person);
      assignment.setAssignedAt(begin);
      assignment.setReturnedAt(end);
      assignment.setNote(note.isEmpty() ? null : note);
      Effect effect = same ? Effect.UNCHANGED : before == null ? Effect.ADDED : Effect.CHANGED;
      changes.add(
          new Change<>(row, row.text("asset") + " " + row.text("person"), effect, assignment));
    }
    return changes;
  }

  /** The assets that lines speak of, by tag. */
  static Map<String, Long> assets(DSLContext db, List<Row> rows) {
    return db.select(ASSETS.TAG, ASSETS.ID)
        .from(ASSETS)
        .where(ASSETS.TAG.in(rows.stream().map(row -> row.text("asset").strip()).toList()))
        .fetchMap(ASSETS.TAG, ASSETS.ID);
  }

  @Override
  public void store(List<AssignmentsRecord> changes) {
    db.batchStore(changes).execute();
  }

  @Override
  public Map<String, Rule> rules() {
    return Map.of(
        "assignments_no_overlap",
        new Rule("assignedAt", "Somebody else has, or had, this asset at that time."),
        "assignments_returned_at_check",
        new Rule("returnedAt", "Nobody gives an asset back before having got it."));
  }
}
