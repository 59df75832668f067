package ${package}.transfer;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.LOCATIONS;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetFilter;
import ${package}.asset.AssetForm;
import ${package}.asset.AssetService;
import ${package}.asset.AssetSort;
import ${package}.asset.Attributes;
import ${package}.asset.Holder;
import ${package}.database.enums.AssetStatus;
import ${package}.database.tables.records.AssetsRecord;
import ${package}.database.tables.records.AssignmentsRecord;
import ${package}.failure.Constraints.Rule;
import ${package}.transfer.ImportReport.Effect;
import jakarta.validation.Validator;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Assets, by tag, each with who has it. */
@Component
@Order(4)
class AssetSheet implements Sheet<AssetSheet.Stored> {
  private static final List<String> COLUMNS =
      List.of(
          "tag",
          "name",
          "serial_number",
          "status",
          "category",
          "location",
          "purchased_on",
          "purchase_price",
          "warranty_until",
          "retired_on",
          "holder",
          "held_since",
          "holder_note",
          "attributes");
  private static final int LONGEST_NOTE = 500;

  private final DSLContext db;
  private final AssetService assets;
  private final Attributes attributes;
  private final Validator validator;

  AssetSheet(DSLContext db, AssetService assets, Attributes attributes, Validator validator) {
    this.db = db;
    this.assets = assets;
    this.attributes = attributes;
    this.validator = validator;
  }

  /**
   * What is stored for a line.
   *
   * @param before who had it, until now or as it was; null where that does not change
   * @param after who has it from now on, without the asset, which may be new; null where that does
   *     not change
   */
  record Stored(AssetsRecord asset, AssignmentsRecord before, AssignmentsRecord after) {}

  @Override
  public String name() {
    return "assets";
  }

  @Override
  public List<String> columns() {
    return COLUMNS;
  }

  @Override
  public Set<String> key() {
    return Set.of("tag");
  }

  @Override
  public void write(Consumer<List<String>> out) {
    write(AssetFilter.ALL, AssetSort.TAG, false, out);
  }

  /** Only the assets that pass a filter. */
  void write(AssetFilter filter, AssetSort sort, boolean descending, Consumer<List<String>> out) {
    Map<Long, List<String>> places = References.names(db.selectFrom(LOCATIONS).fetch());
    assets.forEach(
        filter, sort, descending, (asset, holder) -> out.accept(line(asset, holder, places)));
  }

  private static List<String> line(
      Asset asset, Holder holder, Map<Long, List<String>> places) {
    AssetForm form = AssetForm.of(asset.draft());
    return List.of(
        form.tag(),
        form.name(),
        form.serialNumber(),
        form.status(),
        Row.written((Object) asset.category()),
        asset.locationId() == null ? "" : References.written(places.get(asset.locationId())),
        form.purchasedOn(),
        form.purchasePrice(),
        form.warrantyUntil(),
        Row.written(asset.retiredOn()),
        holder == null ? "" : holder.name() + " <" + holder.email() + ">",
        holder == null ? "" : Row.written(holder.since()),
        holder == null ? "" : Row.written((Object) holder.note()),
        form.attributes());
  }

  @Override
  public List<Change<Stored>> read(List<Row> rows, References names, Set<Object> seen) {
    Map<String, AssetsRecord> known = known(rows.stream().map(AssetSheet::tag).toList());
    Map<Long, AssignmentsRecord> holders = new HashMap<>();
    db.selectFrom(ASSIGNMENTS)
        .where(
            ASSIGNMENTS.RETURNED_AT.isNull(),
            ASSIGNMENTS.ASSET_ID.in(known.values().stream().map(AssetsRecord::getId).toList()))
        .forEach(row -> holders.put(row.getAssetId(), row));
    Map<String, String> serials = serials(rows);
    List<Change<Stored>> changes = new ArrayList<>();
    for (Row row : rows) {
      if (!tag(row).isEmpty() && !seen.add(tag(row))) {
        row.wrong("tag", "This tag is in the file twice.");
        continue;
      }
      AssetsRecord before = known.get(tag(row));
      AssignmentsRecord holder = before == null ? null : holders.get(before.getId());
      Change<Stored> change = change(row, before, holder, names);
      String serial = change.value().asset().getSerialNumber();
      String other = serial == null ? null : serials.get(serial);
      if (serial != null && !seen.add(List.of(serial))
          || other != null && !known.containsKey(other)) {
        row.wrong("serial_number", "Another asset has this serial number.");
      }
      changes.add(change);
    }
    return changes;
  }

  private Change<Stored> change(
      Row row, AssetsRecord before, AssignmentsRecord holder, References names) {
    SortedMap<String, String> details =
        before == null ? new TreeMap<>() : attributes.read(before.getAttributes());
    Long wanted =
        row.has("holder") ? names.person(row, "holder") : holder == null ? null : holder.getPersonId();
    AssetStatus status =
        status(row, before == null ? AssetStatus.in_stock : before.getStatus(), wanted != null);
    AssetDraft draft =
        new AssetDraft(
            tag(row),
            row.text("name", before == null ? "" : before.getName()),
            row.text("serial_number", before == null ? null : before.getSerialNumber()),
            status,
            row.has("category")
                ? names.category(row, "category", tag(row))
                : before == null ? null : before.getCategoryId(),
            row.has("location")
                ? names.place(row, "location")
                : before == null ? null : before.getLocationId(),
            row.day("purchased_on", before == null ? null : before.getPurchasedOn()),
            cents(row.amount("purchase_price", before == null ? null : before.getPurchasePrice())),
            row.day("warranty_until", before == null ? null : before.getWarrantyUntil()),
            row.lines("attributes", details));
    row.check(draft, validator);
    LocalDate retired = retired(row, before, status);
    AssetsRecord asset = before == null ? db.newRecord(ASSETS) : before;
    boolean same =
        before != null
            && draft.equals(draft(before, details))
            && Objects.equals(retired, before.getRetiredOn());
    fill(asset, draft, retired);

    AssignmentsRecord after = null;
    OffsetDateTime since = row.moment("held_since");
    String note = row.text("holder_note", holder == null ? null : holder.getNote());
    note = note == null || note.isBlank() ? null : note.strip();
    if (note != null && note.length() > LONGEST_NOTE) {
      row.wrong("holder_note", "Use at most " + LONGEST_NOTE + " characters.");
    }
    AssignmentsRecord ended = holder;
    if (holder != null && Objects.equals(wanted, holder.getPersonId())) {
      boolean stays =
          (since == null || since.isEqual(holder.getAssignedAt()))
              && Objects.equals(note, holder.getNote());
      holder.setAssignedAt(since == null ? holder.getAssignedAt() : since);
      holder.setReturnedAt(null);
      holder.setNote(note);
      ended = stays ? null : holder;
    } else {
      OffsetDateTime now = since == null ? OffsetDateTime.now().truncatedTo(ChronoUnit.MICROS) : since;
      if (holder != null) {
        holder.setAssignedAt(holder.getAssignedAt());
        holder.setReturnedAt(now);
        holder.setNote(holder.getNote());
      }
      if (wanted != null) {
        if (names.isGone(wanted)) {
          row.wrong("holder", "This person is not here any more.");
        }
        after = db.newRecord(ASSIGNMENTS);
        after.setPersonId(wanted);
        after.setAssignedAt(now);
        after.setNote(note);
      }
    }
    Effect effect =
        before == null
            ? Effect.ADDED
            : same && ended == null && after == null ? Effect.UNCHANGED : Effect.CHANGED;
    return new Change<>(row, draft.tag() + " " + draft.name(), effect, new Stored(asset, ended, after));
  }

  /** As the database keeps it, so that 5 and 5.00 are the same. */
  private static BigDecimal cents(BigDecimal price) {
    return price == null || price.scale() > 2 ? price : price.setScale(2);
  }

  /** Who has an asset decides whether it is in use; what it is besides, the file says. */
  private static AssetStatus status(Row row, AssetStatus before, boolean held) {
    AssetStatus status = row.choice("status", null, AssetStatus.class);
    if (status == null) {
      boolean moved = before == (held ? AssetStatus.in_stock : AssetStatus.in_use);
      return moved ? (held ? AssetStatus.in_use : AssetStatus.in_stock) : before;
    }
    if (held && (status == AssetStatus.in_stock || status == AssetStatus.retired)) {
      row.wrong("status", "Somebody has this asset. Check it in first, or leave the holder empty.");
    }
    if (!held && status == AssetStatus.in_use && row.text("holder").isBlank()) {
      row.wrong("status", "Say in the column holder who has it, or that it is in stock.");
    }
    return status;
  }

  private static LocalDate retired(Row row, AssetsRecord before, AssetStatus status) {
    LocalDate day = row.day("retired_on", before == null ? null : before.getRetiredOn());
    if (status == AssetStatus.retired) {
      return day == null ? LocalDate.now() : day;
    }
    if (row.has("retired_on") && day != null) {
      row.wrong("retired_on", "Only a retired asset has been retired on a day.");
    }
    return null;
  }

  private AssetDraft draft(AssetsRecord asset, SortedMap<String, String> details) {
    return new AssetDraft(
        asset.getTag(),
        asset.getName(),
        asset.getSerialNumber(),
        asset.getStatus(),
        asset.getCategoryId(),
        asset.getLocationId(),
        asset.getPurchasedOn(),
        asset.getPurchasePrice(),
        asset.getWarrantyUntil(),
        details);
  }

  /** All columns, so that lines are stored by few statements, each for many. */
  private void fill(AssetsRecord asset, AssetDraft draft, LocalDate retired) {
    asset.setTag(draft.tag());
    asset.setName(draft.name());
    asset.setSerialNumber(draft.serialNumber());
    asset.setStatus(draft.status());
    asset.setCategoryId(draft.categoryId());
    asset.setLocationId(draft.locationId());
    asset.setPurchasedOn(draft.purchasedOn());
    asset.setPurchasePrice(draft.purchasePrice());
    asset.setWarrantyUntil(draft.warrantyUntil());
    asset.setRetiredOn(retired);
    asset.setAttributes(attributes.write(draft.attributes()));
  }

  private static String tag(Row row) {
    return row.text("tag").strip();
  }

  private Map<String, AssetsRecord> known(List<String> tags) {
    return db.selectFrom(ASSETS).where(ASSETS.TAG.in(tags)).forUpdate().fetchMap(ASSETS.TAG);
  }

  /** The tags of assets that have serial numbers of these lines, by number. */
  private Map<String, String> serials(List<Row> rows) {
    List<String> serials =
        rows.stream()
            .filter(row -> !row.text("serial_number").isBlank())
            .map(row -> row.text("serial_number").strip())
            .toList();
    Map<String, String> found = new HashMap<>();
    db.select(ASSETS.SERIAL_NUMBER, ASSETS.TAG)
        .from(ASSETS)
        .where(ASSETS.SERIAL_NUMBER.in(serials))
        .forEach(row -> found.put(row.value1(), row.value2()));
    rows.forEach(row -> found.values().remove(tag(row)));
    return found;
  }

  @Override
  public void store(List<Stored> changes) {
    db.batchStore(changes.stream().map(Stored::asset).toList()).execute();
    db.batchUpdate(changes.stream().map(Stored::before).filter(Objects::nonNull).toList()).execute();
    List<Stored> given = changes.stream().filter(stored -> stored.after() != null).toList();
    Map<String, Long> ids =
        db.select(ASSETS.TAG, ASSETS.ID)
            .from(ASSETS)
            .where(ASSETS.TAG.in(given.stream().map(stored -> stored.asset().getTag()).toList()))
            .fetchMap(ASSETS.TAG, ASSETS.ID);
    given.forEach(stored -> stored.after().setAssetId(ids.get(stored.asset().getTag())));
    db.batchInsert(given.stream().map(Stored::after).toList()).execute();
  }

  @Override
  public Map<String, Rule> rules() {
    Map<String, Rule> rules = new HashMap<>(AssetService.RULES);
    rules.put(
        "assignments_no_overlap", new Rule("heldSince", "Somebody else had this asset at that time."));
    rules.put(
        "assignments_returned_at_check",
        new Rule("heldSince", "Somebody else was given this asset later than that."));
    return rules;
  }
}
