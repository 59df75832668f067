package ${package}.transfer;

import static ${package}.database.Tables.LOCATIONS;

import ${package}.database.tables.records.LocationsRecord;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.transfer.ImportReport.Effect;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Places, by path; a place comes after the one around it. */
@Component
@Order(2)
class LocationSheet implements Sheet<Runnable> {
  private final DSLContext db;
  private final LocationService locations;
  private final Validator validator;

  LocationSheet(DSLContext db, LocationService locations, Validator validator) {
    this.db = db;
    this.locations = locations;
    this.validator = validator;
  }

  @Override
  public String name() {
    return "locations";
  }

  @Override
  public List<String> columns() {
    return List.of("place", "address");
  }

  @Override
  public Set<String> key() {
    return Set.of("place");
  }

  @Override
  public void write(Consumer<List<String>> out) {
    List<LocationsRecord> places = db.selectFrom(LOCATIONS).fetch();
    Map<Long, String> paths = new HashMap<>();
    References.names(places)
        .forEach((id, path) -> paths.put(id, String.join("\0", path)));
    places.stream()
        // A place sorts after the one around it: what separates names comes before all letters.
        .sorted(Comparator.comparing(place -> paths.get(place.getId())))
        .forEach(
            place ->
                out.accept(
                    List.of(
                        References.written(List.of(paths.get(place.getId()).split("\0"))),
                        Row.written((Object) place.getAddress()))));
  }

  /** A place may be inside the one of the line before. */
  @Override
  public int batch() {
    return 1;
  }

  @Override
  public List<Change<Runnable>> read(List<Row> rows, References names, Set<Object> seen) {
    List<Change<Runnable>> changes = new ArrayList<>();
    for (Row row : rows) {
      List<String> path = References.path(row.text("place"));
      String written = References.written(path);
      if (path.isEmpty()) {
        row.wrong("place", "Enter a name.");
        continue;
      }
      if (References.isTooDeep(row, "place", path)) {
        continue;
      }
      List<String> around = path.subList(0, path.size() - 1);
      Long parent = around.isEmpty() ? null : names.place(around);
      if (!around.isEmpty() && parent == null) {
        row.wrong("place", "The place around it has to be in a line before this one.");
        continue;
      }
      if (!seen.add(names.keyOf(path))) {
        row.wrong("place", "This place is in the file twice.");
      }
      Long id = names.place(path);
      LocationsRecord known = id == null ? null : db.fetchSingle(LOCATIONS, LOCATIONS.ID.eq(id));
      LocationDraft draft =
          new LocationDraft(
              parent,
              path.get(path.size() - 1),
              row.text("address", known == null ? null : known.getAddress()));
      row.check(draft, validator);
      if (known == null) {
        changes.add(
            new Change<>(
                row,
                written,
                Effect.ADDED,
                () -> names.knowPlace(path, locations.create(draft).id())));
      } else {
        boolean same =
            Objects.equals(draft.name(), known.getName())
                && Objects.equals(draft.address(), known.getAddress());
        changes.add(
            new Change<>(
                row,
                written,
                same ? Effect.UNCHANGED : Effect.CHANGED,
                () ->
                    locations.update(
                        id,
                        known.getVersion(),
                        new LocationDraft(known.getParentId(), draft.name(), draft.address()))));
      }
    }
    return changes;
  }

  @Override
  public void store(List<Runnable> changes) {
    changes.forEach(Runnable::run);
  }
}
