package ${package}.transfer;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.MAINTENANCE;

import ${package}.database.enums.MaintenanceKind;
import ${package}.database.tables.records.MaintenanceRecord;
import ${package}.maintenance.Completion;
import ${package}.maintenance.MaintenanceDraft;
import ${package}.transfer.ImportReport.Effect;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.time.LocalDate;
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

/** Work on assets, by what it is and when it is due. */
@Component
@Order(6)
class MaintenanceSheet implements Sheet<MaintenanceRecord> {
  private final DSLContext db;
  private final Validator validator;

  MaintenanceSheet(DSLContext db, Validator validator) {
    this.db = db;
    this.validator = validator;
  }

  private record Key(long asset, MaintenanceDraft draft) {}

  @Override
  public String name() {
    return "maintenance";
  }

  @Override
  public List<String> columns() {
    return List.of("asset", "kind", "description", "due_on", "completed_on", "cost");
  }

  @Override
  public Set<String> key() {
    return Set.of("asset", "kind", "due_on");
  }

  @Override
  public void write(Consumer<List<String>> out) {
    try (Cursor<Record6<String, MaintenanceKind, String, LocalDate, LocalDate, BigDecimal>> rows =
        db.select(
                ASSETS.TAG,
                MAINTENANCE.KIND,
                MAINTENANCE.DESCRIPTION,
                MAINTENANCE.DUE_ON,
                MAINTENANCE.COMPLETED_ON,
                MAINTENANCE.COST)
            .from(MAINTENANCE)
            .join(ASSETS)
            .on(ASSETS.ID.eq(MAINTENANCE.ASSET_ID))
            .orderBy(
                ASSETS.TAG,
                MAINTENANCE.DUE_ON,
                MAINTENANCE.KIND,
                MAINTENANCE.DESCRIPTION,
                MAINTENANCE.COMPLETED_ON,
                MAINTENANCE.COST)
            .fetchSize(BATCH)
            .fetchLazy()) {
      rows.forEach(
          row ->
              out.accept(
                  List.of(
                      row.value1(),
                      row.value2().getLiteral(),
                      row.value3(),
                      Row.written(row.value4()),
                      Row.written(row.value5()),
                      Row.written(row.value6()))));
    }
  }

  @Override
  public List<Change<MaintenanceRecord>> read(
      List<Row> rows, References names, Set<Object> seen) {
    Map<String, Long> assets = AssignmentSheet.assets(db, rows);
    Map<Key, List<MaintenanceRecord>> known = new HashMap<>();
    db.selectFrom(MAINTENANCE)
        .where(
            MAINTENANCE.ASSET_ID.in(assets.values()), MAINTENANCE.ID.le(names.lastMaintenance()))
        .orderBy(MAINTENANCE.COMPLETED_ON, MAINTENANCE.COST, MAINTENANCE.ID)
        .forUpdate()
        .forEach(
            row -> {
              // The same work twice, on one day, is twice in the file.
              if (!seen.contains(row.getId())) {
                known.computeIfAbsent(key(row), key -> new ArrayList<>()).add(row);
              }
            });
    List<Change<MaintenanceRecord>> changes = new ArrayList<>();
    for (Row row : rows) {
      Long asset = assets.get(row.text("asset").strip());
      if (asset == null) {
        row.wrong("asset", "There is no asset with this tag.");
        continue;
      }
      MaintenanceDraft draft =
          new MaintenanceDraft(
              row.choice("kind", null, MaintenanceKind.class),
              row.text("description"),
              row.day("due_on", null));
      row.check(draft, validator);
      List<MaintenanceRecord> alike = known.getOrDefault(new Key(asset, draft), List.of());
      MaintenanceRecord before = alike.isEmpty() ? null : alike.remove(0);
      Completion done =
          new Completion(
              row.day("completed_on", before == null ? null : before.getCompletedOn()),
              row.amount("cost", before == null ? null : before.getCost()));
      row.check(done, validator);
      if (done.cost() != null && done.completedOn() == null) {
        row.wrong("cost", "Only work that is done has cost something.");
      }
      boolean same =
          before != null
              && Objects.equals(before.getCompletedOn(), done.completedOn())
              && (before.getCost() == null
                  ? done.cost() == null
                  : done.cost() != null && before.getCost().compareTo(done.cost()) == 0);
      if (before != null) {
        seen.add(before.getId());
      }
      MaintenanceRecord work = before == null ? db.newRecord(MAINTENANCE) : before;
      work.setAssetId(asset);
      work.setKind(draft.kind());
      work.setDescription(draft.description());
      work.setDueOn(draft.dueOn());
      work.setCompletedOn(done.completedOn());
      work.setCost(done.cost());
      Effect effect = same ? Effect.UNCHANGED : before == null ? Effect.ADDED : Effect.CHANGED;
      changes.add(
          new Change<>(row, row.text("asset") + " " + draft.description(), effect, work));
    }
    return changes;
  }

  private static Key key(MaintenanceRecord row) {
    return new Key(
        row.getAssetId(),
        new MaintenanceDraft(row.getKind(), row.getDescription(), row.getDueOn()));
  }

  @Override
  public void store(List<MaintenanceRecord> changes) {
    db.batchStore(changes).execute();
  }
}
