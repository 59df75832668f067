package ${package}.location;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.LOCATIONS;
import static org.jooq.impl.DSL.count;

import ${package}.database.tables.records.LocationsRecord;
import ${package}.failure.Constraints;
import ${package}.failure.Constraints.Rule;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The places, one inside the other. */
@Service
public class LocationService {
  private static final Map<String, Rule> RULES =
      Map.of(
          "locations_root_name_key", new Rule("name", "Another site has this name."),
          "locations_name_key", new Rule("name", "Another place in there has this name."),
          "locations_parent_check", new Rule("parentId", "A place cannot be inside itself."),
          "locations_parent_id_fkey",
              new Rule(null, "There are places inside this one, or the place around it is gone."),
          "assets_location_id_fkey", new Rule(null, "There are assets at this place."));

  private final DSLContext db;

  LocationService(DSLContext db) {
    this.db = db;
  }

  /**
   * The path of each, each after the place around it: nothing is counted, so this is quick however
   * many assets there are.
   */
  @Transactional(readOnly = true)
  public Map<Long, String> paths() {
    Map<Long, LocationsRecord> byId = db.selectFrom(LOCATIONS).fetchMap(LOCATIONS.ID);
    Map<Long, String> unordered = new HashMap<>();
    byId.forEach((id, row) -> unordered.put(id, path(row, byId)));
    Map<Long, String> paths = new LinkedHashMap<>();
    unordered.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(String.CASE_INSENSITIVE_ORDER))
        .forEach(place -> paths.put(place.getKey(), place.getValue()));
    return paths;
  }

  /** All of them, each after the place around it. */
  @Transactional(readOnly = true)
  public List<Location> list() {
    Map<Long, LocationsRecord> byId = db.selectFrom(LOCATIONS).fetchMap(LOCATIONS.ID);
    Map<Long, Long> assets =
        db.select(ASSETS.LOCATION_ID, count().cast(Long.class))
            .from(ASSETS)
            .where(ASSETS.LOCATION_ID.isNotNull())
            .groupBy(ASSETS.LOCATION_ID)
            .fetchMap(row -> row.value1(), row -> row.value2());
    Map<Long, Long> within = new HashMap<>();
    assets.forEach(
        (id, number) -> {
          for (LocationsRecord at = byId.get(id); at != null; at = byId.get(at.getParentId())) {
            within.merge(at.getId(), number, Long::sum);
          }
        });
    List<Location> places = new ArrayList<>();
    byId.values()
        .forEach(
            row ->
                places.add(
                    location(row, path(row, byId), within.getOrDefault(row.getId(), 0L))));
    places.sort(Comparator.comparing(Location::path, String.CASE_INSENSITIVE_ORDER));
    return List.copyOf(places);
  }

  /**
   * @throws NotFoundException if there is no such place
   */
  @Transactional(readOnly = true)
  public Location get(long id) {
    Map<Long, LocationsRecord> byId = db.selectFrom(LOCATIONS).fetchMap(LOCATIONS.ID);
    if (!byId.containsKey(id)) {
      throw new NotFoundException("place", id);
    }
    List<Long> within =
        byId.keySet().stream().filter(inside -> isWithin(id, inside, byId)).toList();
    long assets = db.fetchCount(ASSETS, ASSETS.LOCATION_ID.in(within));
    return location(byId.get(id), path(byId.get(id), byId), assets);
  }

  @Transactional
  public Location create(LocationDraft draft) {
    LocationsRecord place = db.newRecord(LOCATIONS);
    fill(place, draft);
    Constraints.checked(RULES, place::insert);
    return get(place.getId());
  }

  /**
   * Saves what somebody has made of a version that was read before.
   *
   * @param version the version that was read
   * @throws NotFoundException if there is no such place any more
   * @throws StaleVersionException if somebody else has changed it since
   * @throws RuleException if the place would be inside itself, or the draft breaks a rule that only
   *     the database can check
   */
  @Transactional
  public Location update(long id, int version, LocationDraft draft) {
    // Two moves at once could make a circle that neither of them sees.
    db.execute("lock table {0} in share row exclusive mode", LOCATIONS);
    LocationsRecord place = record(id);
    StaleVersionException.check("place", version, place.getVersion());
    for (Long around = draft.parentId(); around != null; around = parentOf(around)) {
      if (around == id) {
        throw new RuleException("parentId", "A place cannot be inside itself.");
      }
    }
    fill(place, draft);
    Constraints.checked(RULES, place::update);
    return get(id);
  }

  @Transactional
  public void delete(long id) {
    Constraints.checked(RULES, record(id)::delete);
  }

  private Long parentOf(long id) {
    return db.select(LOCATIONS.PARENT_ID)
        .from(LOCATIONS)
        .where(LOCATIONS.ID.eq(id))
        .fetchOne(LOCATIONS.PARENT_ID);
  }

  private LocationsRecord record(long id) {
    return db.fetchOptional(LOCATIONS, LOCATIONS.ID.eq(id))
        .orElseThrow(() -> new NotFoundException("place", id));
  }

  private static void fill(LocationsRecord place, LocationDraft draft) {
    place.setParentId(draft.parentId());
    place.setName(draft.name());
    place.setAddress(draft.address());
  }

  private static boolean isWithin(long id, Long inside, Map<Long, LocationsRecord> byId) {
    Long at = inside;
    while (at != null && at != id) {
      at = byId.get(at).getParentId();
    }
    return at != null;
  }

  private static String path(LocationsRecord place, Map<Long, LocationsRecord> byId) {
    LocationsRecord around = byId.get(place.getParentId());
    return around == null ? place.getName() : path(around, byId) + " / " + place.getName();
  }

  private static Location location(LocationsRecord row, String path, long assets) {
    return new Location(
        row.getId(),
        row.getParentId(),
        row.getName(),
        path,
        row.getAddress(),
        assets,
        row.getVersion());
  }
}
