package ${package}.audit;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.CATEGORIES;
import static ${package}.database.Tables.LOCATIONS;
import static ${package}.database.Tables.MAINTENANCE;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.any;

import ${package}.page.Choices;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail as people read it: names instead of numbers, words instead of columns. */
@Component
public class ChangeLines {
  /** How far back groups of changes are looked for. */
  private static final int LOOKED_AT = 100;

  /** Columns that say nothing to people. */
  private static final Set<String> SILENT = Set.of("id", "created_at", "asset_id", "person_id");

  private final AuditService audit;
  private final DSLContext db;
  private final Choices choices;
  private final JsonMapper json;

  ChangeLines(AuditService audit, DSLContext db, Choices choices, JsonMapper json) {
    this.audit = audit;
    this.db = db;
    this.choices = choices;
    this.json = json;
  }

  /**
   * One change.
   *
   * @param subject what it is about, such as the name of an asset
   * @param href the page of it; null when there is none
   * @param what what was done, such as "checked out to Mia Keller"
   * @param fields which values are others now; empty when {@code what} says it all
   */
  public record Line(
      OffsetDateTime at,
      String who,
      String subject,
      String href,
      String what,
      List<AuditEntry.FieldChange> fields) {
    public Line {
      fields = List.copyOf(fields);
    }
  }

  /**
   * The same change of one or more, one after another by the same person.
   *
   * @param lines the newest first
   */
  public record Group(List<Line> lines) {
    private static final int NAMED = 3;

    public Group {
      lines = List.copyOf(lines);
    }

    public Line newest() {
      return lines.get(0);
    }

    /** Those that are named; of many, the newest. */
    public List<Line> named() {
      return lines.subList(0, lines.size() > NAMED + 1 ? NAMED : lines.size());
    }

    /** How many there are besides. */
    public int more() {
      return lines.size() - named().size();
    }
  }

  /** What a changed row is about. */
  private record Subject(String name, String href, String person) {}

  /** The last changes of an asset, its assignments and its maintenance, the newest first. */
  @Transactional(readOnly = true)
  public List<Line> ofAsset(long assetId, int limit) {
    return of(audit.ofAsset(assetId, limit));
  }

  /**
   * The last changes of all, the newest first: what somebody has done to many in a row is one.
   *
   * @param limit how many groups
   */
  @Transactional(readOnly = true)
  public List<Group> recent(int limit) {
    List<List<Line>> groups = new ArrayList<>();
    Line before = null;
    for (Line line : of(audit.recent(LOOKED_AT))) {
      boolean sameAsBefore =
          before != null
              && before.who().equals(line.who())
              && before.what().equals(line.what())
              && names(before).equals(names(line));
      if (sameAsBefore) {
        groups.get(groups.size() - 1).add(line);
      } else {
        groups.add(new ArrayList<>(List.of(line)));
      }
      before = line;
    }
    return groups.stream().limit(limit).map(Group::new).toList();
  }

  private static List<String> names(Line line) {
    return line.fields().stream().map(AuditEntry.FieldChange::field).toList();
  }

  /** A constant number of queries, however many entries there are. */
  @Transactional(readOnly = true)
  public List<Line> of(List<AuditEntry> entries) {
    Map<String, Map<Long, Subject>> subjects = subjects(entries);
    Map<Long, String> categories =
        db.select(CATEGORIES.ID, CATEGORIES.NAME)
            .from(CATEGORIES)
            .fetchMap(CATEGORIES.ID, CATEGORIES.NAME);
    Map<Long, String> locations =
        db.select(LOCATIONS.ID, LOCATIONS.NAME)
            .from(LOCATIONS)
            .fetchMap(LOCATIONS.ID, LOCATIONS.NAME);
    Map<String, Map<Long, String>> names =
        Map.of("category_id", categories, "location_id", locations, "parent_id", locations);
    return entries.stream().map(entry -> line(entry, subjects, names)).toList();
  }

  private Line line(
      AuditEntry entry,
      Map<String, Map<Long, Subject>> subjects,
      Map<String, Map<Long, String>> names) {
    Subject subject =
        subjects.getOrDefault(entry.table(), Map.of()).getOrDefault(entry.rowId(), gone(entry));
    boolean changed = entry.action().equals("update");
    return new Line(
        entry.changedAt(),
        entry.changedBy(),
        subject.name(),
        subject.href(),
        what(entry, subject),
        changed && !entry.table().equals("assignments")
            ? entry.changes().stream()
                .filter(change -> !SILENT.contains(change.field()))
                .map(change -> readable(change, names))
                .toList()
            : List.of());
  }

  private static String what(AuditEntry entry, Subject subject) {
    return switch (entry.table() + " " + entry.action()) {
      case "assignments insert" -> "Checked out to " + subject.person();
      case "assignments update" -> "Checked in from " + subject.person();
      case "maintenance insert" -> "Maintenance planned";
      case "maintenance update" -> completed(entry) ? "Maintenance done" : "Maintenance changed";
      case "maintenance delete" -> "Maintenance cancelled";
      default ->
          switch (entry.action()) {
            case "insert" -> "Added";
            case "delete" -> "Deleted";
            default -> "Changed";
          };
    };
  }

  private static boolean completed(AuditEntry entry) {
    return entry.changes().stream().anyMatch(change -> change.field().equals("completed_on"));
  }

  private AuditEntry.FieldChange readable(
      AuditEntry.FieldChange change, Map<String, Map<Long, String>> names) {
    return new AuditEntry.FieldChange(
        choices.label("field", change.field()),
        readable(change.field(), change.before(), names),
        readable(change.field(), change.after(), names));
  }

  private String readable(String field, String value, Map<String, Map<Long, String>> names) {
    if (value == null) {
      return null;
    }
    if (names.containsKey(field)) {
      return names.get(field).getOrDefault(Long.valueOf(value), "no longer there");
    }
    return switch (field) {
      case "status" -> choices.label("status", value);
      case "kind" -> choices.label("maintenance", value);
      case "attributes" -> attributes(value);
      default -> value;
    };
  }

  /** The object of the column as "Colour: red, RAM: 32 GB". */
  private String attributes(String object) {
    return json.readTree(object).properties().stream()
        .map(one -> one.getKey() + ": " + one.getValue().asString(one.getValue().toString()))
        .collect(Collectors.joining(", "));
  }

  /** Of a row that is not there any more, the last known name. */
  private static Subject gone(AuditEntry entry) {
    String name =
        entry.changes().stream()
            .filter(change -> Set.of("name", "full_name", "description").contains(change.field()))
            .map(change -> change.before() == null ? change.after() : change.before())
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("Something deleted");
    return new Subject(name, null, "somebody");
  }

  /** One query for each table that there are entries of. */
  private Map<String, Map<Long, Subject>> subjects(List<AuditEntry> entries) {
    Map<String, Set<Long>> rows =
        entries.stream()
            .collect(
                Collectors.groupingBy(
                    AuditEntry::table, Collectors.mapping(AuditEntry::rowId, Collectors.toSet())));
    Map<String, Map<Long, Subject>> found = new HashMap<>();
    rows.forEach((table, ids) -> found.put(table, subjects(table, ids.toArray(Long[]::new))));
    return found;
  }

  private Map<Long, Subject> subjects(String table, Long[] ids) {
    return switch (table) {
      case "assets" -> assets(ids);
      case "assignments" -> assignments(ids);
      case "maintenance" -> maintenance(ids);
      case "people" -> people(ids);
      case "categories" -> categories(ids);
      case "locations" -> locations(ids);
      default -> Map.of();
    };
  }

  private Map<Long, Subject> assets(Long[] ids) {
    return db.select(ASSETS.ID, ASSETS.NAME)
        .from(ASSETS)
        .where(ASSETS.ID.eq(any(ids)))
        .fetchMap(
            row -> row.value1(), row -> new Subject(row.value2(), "/assets/" + row.value1(), null));
  }

  private Map<Long, Subject> assignments(Long[] ids) {
    return db.select(ASSIGNMENTS.ID, ASSETS.ID, ASSETS.NAME, PEOPLE.FULL_NAME)
        .from(ASSIGNMENTS)
        .join(ASSETS)
        .on(ASSETS.ID.eq(ASSIGNMENTS.ASSET_ID))
        .join(PEOPLE)
        .on(PEOPLE.ID.eq(ASSIGNMENTS.PERSON_ID))
        .where(ASSIGNMENTS.ID.eq(any(ids)))
        .fetchMap(
            row -> row.value1(),
            row -> new Subject(row.value3(), "/assets/" + row.value2(), row.value4()));
  }

  private Map<Long, Subject> maintenance(Long[] ids) {
    return db.select(MAINTENANCE.ID, ASSETS.ID, ASSETS.NAME)
        .from(MAINTENANCE)
        .join(ASSETS)
        .on(ASSETS.ID.eq(MAINTENANCE.ASSET_ID))
        .where(MAINTENANCE.ID.eq(any(ids)))
        .fetchMap(
            row -> row.value1(), row -> new Subject(row.value3(), "/assets/" + row.value2(), null));
  }

  private Map<Long, Subject> people(Long[] ids) {
    return db.select(PEOPLE.ID, PEOPLE.FULL_NAME)
        .from(PEOPLE)
        .where(PEOPLE.ID.eq(any(ids)))
        .fetchMap(
            row -> row.value1(), row -> new Subject(row.value2(), "/people/" + row.value1(), null));
  }

  private Map<Long, Subject> categories(Long[] ids) {
    return db.select(CATEGORIES.ID, CATEGORIES.NAME)
        .from(CATEGORIES)
        .where(CATEGORIES.ID.eq(any(ids)))
        .fetchMap(row -> row.value1(), row -> new Subject(row.value2(), "/categories", null));
  }

  private Map<Long, Subject> locations(Long[] ids) {
    return db.select(LOCATIONS.ID, LOCATIONS.NAME)
        .from(LOCATIONS)
        .where(LOCATIONS.ID.eq(any(ids)))
        .fetchMap(row -> row.value1(), row -> new Subject(row.value2(), "/locations", null));
  }
}
