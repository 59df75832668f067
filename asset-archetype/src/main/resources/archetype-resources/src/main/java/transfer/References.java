package ${package}.transfer;

import static ${package}.database.Tables.CATEGORIES;
import static ${package}.database.Tables.LOCATIONS;
import static ${package}.database.Tables.MAINTENANCE;
import static ${package}.database.Tables.PEOPLE;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.max;

import ${package}.category.CategoryDraft;
import ${package}.category.CategoryService;
import ${package}.database.tables.records.LocationsRecord;
import ${package}.database.tables.records.PeopleRecord;
import ${package}.failure.RuleException;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.person.PersonDraft;
import ${package}.person.PersonService;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The categories, places and people that lines speak of, by what people call them. What nobody knows
 * is made, if that is wanted, and named otherwise.
 */
final class References {
  private static final int DEEPEST = 20;
  private static final Pattern NAME_AND_ADDRESS = Pattern.compile("(.*)<([^<>]+)>\\s*");

  private final DSLContext db;
  private final CategoryService categories;
  private final LocationService locations;
  private final PersonService people;
  private final Validator validator;
  private final boolean make;
  private final TransactionTemplate part;
  private final long lastMaintenance;
  private final Map<String, Long> categoryIds = new HashMap<>();
  private final Set<String> prefixes;
  private final Map<String, Long> placeIds = new HashMap<>();
  private final Map<String, Long> namedOnce = new HashMap<>();
  private final Map<String, Long> peopleIds = new HashMap<>();
  private final Set<Long> gone = new HashSet<>();
  private final Map<String, Map<String, Integer>> missing = new TreeMap<>();
  private final Map<String, Integer> made = new HashMap<>();

  /**
   * @param part runs what can be taken back without all that was done before
   */
  References(
      DSLContext db,
      CategoryService categories,
      LocationService locations,
      PersonService people,
      Validator validator,
      boolean make,
      TransactionTemplate part) {
    this.db = db;
    this.categories = categories;
    this.locations = locations;
    this.people = people;
    this.validator = validator;
    this.make = make;
    this.part = part;
    db.select(CATEGORIES.NAME, CATEGORIES.ID)
        .from(CATEGORIES)
        .forEach(row -> categoryIds.put(folded(row.value1()), row.value2()));
    this.prefixes = db.select(CATEGORIES.TAG_PREFIX).from(CATEGORIES).fetchSet(CATEGORIES.TAG_PREFIX);
    List<LocationsRecord> places = db.selectFrom(LOCATIONS).fetch();
    places.stream()
        .collect(Collectors.groupingBy(place -> folded(place.getName())))
        .forEach(
            (name, of) -> {
              if (of.size() == 1) {
                namedOnce.put(name, of.get(0).getId());
              }
            });
    names(places).forEach((id, path) -> placeIds.put(key(path), id));
    lookAtPeople();
    this.lastMaintenance =
        db.select(coalesce(max(MAINTENANCE.ID), 0L)).from(MAINTENANCE).fetchSingle().value1();
  }

  /** Again, after many were stored at once. */
  void lookAtPeople() {
    for (PeopleRecord person : db.selectFrom(PEOPLE)) {
      know(person.getId(), person.getEmail());
      if (person.getLeftOn() != null) {
        gone.add(person.getId());
      }
    }
  }

  /** The number of the last work that was there before the import. */
  long lastMaintenance() {
    return lastMaintenance;
  }

  /** What is missing, by the file that it would be in, each with the line that wants it first. */
  Map<String, Map<String, Integer>> missing() {
    return missing;
  }

  /** How many were made, by the file that they would be in. */
  Map<String, Integer> made() {
    return made;
  }

  /** Whether somebody is not here any more. */
  boolean isGone(long personId) {
    return gone.contains(personId);
  }

  private void know(long id, String email) {
    peopleIds.put(folded(email), id);
  }

  void knowCategory(String name, String prefix, long id) {
    categoryIds.put(folded(name), id);
    prefixes.add(prefix);
  }

  void knowPlace(List<String> path, long id) {
    placeIds.put(key(path), id);
  }

  /** Null where there is none. */
  Long category(String name) {
    return categoryIds.get(folded(name));
  }

  /** Null where there is none. */
  Long place(List<String> path) {
    return placeIds.get(key(path));
  }

  /** What two ways to write a path have in common. */
  Object keyOf(List<String> path) {
    return key(path);
  }

  /**
   * The category that a column names; the letters of a new one are those of the tag.
   *
   * @return null if the column is empty, or something is wrong
   */
  Long category(Row row, String column, String tag) {
    String name = row.text(column).strip();
    Long id = categoryIds.get(folded(name));
    if (name.isEmpty() || id != null) {
      return id;
    }
    if (!make) {
      return missing(row, "categories", name);
    }
    CategoryDraft draft = new CategoryDraft(name, freePrefix(tag, name), null);
    row.check(draft, validator);
    if (!row.isRight()) {
      return null;
    }
    id =
        made(
            row,
            column,
            "categories",
            () -> categories.create(draft).id(),
            () ->
                db.select(CATEGORIES.ID)
                    .from(CATEGORIES)
                    .where(lower(CATEGORIES.NAME).eq(folded(name)))
                    .fetchOne(CATEGORIES.ID));
    if (id != null) {
      knowCategory(name, draft.tagPrefix(), id);
    }
    return id;
  }

  /**
   * Makes what nobody knew when the import began. If somebody else has made it since, that one is
   * meant.
   */
  private Long made(
      Row row, String column, String file, Supplier<Long> create, Supplier<Long> find) {
    try {
      Long id = part.execute(transaction -> create.get());
      made.merge(file, 1, Integer::sum);
      return id;
    } catch (RuleException refusal) {
      Long other = find.get();
      if (other == null) {
        row.wrong(column, refusal.getMessage());
      }
      return other;
    }
  }

  private String freePrefix(String tag, String name) {
    String letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "") + "XX";
    return Stream.concat(
            Stream.of(tag.replaceFirst("-.*", "")),
            Stream.concat(
                Stream.of(letters.substring(0, 2), letters.substring(0, Math.min(4, letters.length()))),
                Stream.iterate('A', letter -> (char) (letter + 1))
                    .limit(26)
                    .map(letter -> letters.substring(0, 2) + letter)))
        .filter(prefix -> prefix.matches("[A-Z]{2,4}") && !prefixes.contains(prefix))
        .findFirst()
        .orElse("");
  }

  /**
   * The place that a column names, by its path, or by its name where only one has it.
   *
   * @return null if the column is empty, or something is wrong
   */
  Long place(Row row, String column) {
    List<String> path = path(row.text(column));
    Long id = placeIds.get(key(path));
    if (id == null && path.size() == 1) {
      id = namedOnce.get(key(path));
    }
    if (path.isEmpty() || id != null) {
      return id;
    }
    if (isTooDeep(row, column, path)) {
      return null;
    }
    if (!make) {
      return missing(row, "locations", written(path));
    }
    for (int depth = 1; depth <= path.size(); depth++) {
      List<String> outer = path.subList(0, depth);
      if (!placeIds.containsKey(key(outer))) {
        Long around = depth == 1 ? null : placeIds.get(key(path.subList(0, depth - 1)));
        LocationDraft draft = new LocationDraft(around, path.get(depth - 1), null);
        row.check(draft, validator);
        if (!row.isRight()) {
          return null;
        }
        id =
            made(
                row,
                column,
                "locations",
                () -> locations.create(draft).id(),
                () ->
                    db.select(LOCATIONS.ID)
                        .from(LOCATIONS)
                        .where(
                            LOCATIONS.PARENT_ID.isNotDistinctFrom(around),
                            lower(LOCATIONS.NAME).eq(folded(draft.name())))
                        .fetchOne(LOCATIONS.ID));
        if (id == null) {
          return null;
        }
        knowPlace(outer, id);
      }
    }
    return id;
  }

  /** Says so where more places are one inside the other than anybody has. */
  static boolean isTooDeep(Row row, String column, List<String> path) {
    if (path.size() > DEEPEST) {
      row.wrong(column, "Put at most " + DEEPEST + " places one inside the other.");
    }
    return path.size() > DEEPEST;
  }

  /**
   * Who a column names, by an e-mail address, alone or as "Mia Keller {@literal <mia@example.com>}".
   *
   * @return null if the column is empty, or something is wrong
   */
  Long person(Row row, String column) {
    String text = row.text(column).strip();
    Matcher both = NAME_AND_ADDRESS.matcher(text);
    String email = both.matches() ? both.group(2).strip() : text;
    Long id = peopleIds.get(folded(email));
    if (text.isEmpty() || id != null) {
      return id;
    }
    if (!make) {
      return missing(row, "people", text);
    }
    String name = both.matches() ? both.group(1).strip() : "";
    PersonDraft draft =
        new PersonDraft(name.isEmpty() ? guessedName(email) : name, email, null, null);
    row.check(draft, validator);
    if (!row.isRight()) {
      return null;
    }
    id =
        made(
            row,
            column,
            "people",
            () -> people.create(draft).id(),
            () ->
                db.select(PEOPLE.ID)
                    .from(PEOPLE)
                    .where(lower(PEOPLE.EMAIL).eq(folded(email)))
                    .fetchOne(PEOPLE.ID));
    if (id != null) {
      know(id, email);
    }
    return id;
  }

  /** mia.keller@example.com is called Mia Keller. */
  private static String guessedName(String email) {
    return Arrays.stream(email.replaceFirst("@.*", "").split("[._]"))
        .filter(part -> !part.isEmpty())
        .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
        .collect(Collectors.joining(" "));
  }

  private Long missing(Row row, String file, String name) {
    missing
        .computeIfAbsent(file, key -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER))
        .putIfAbsent(name, row.number());
    row.waits();
    return null;
  }

  /** The names of each place and of those around it, from the outside. */
  static Map<Long, List<String>> names(List<LocationsRecord> places) {
    Map<Long, LocationsRecord> byId = new HashMap<>();
    places.forEach(place -> byId.put(place.getId(), place));
    Map<Long, List<String>> paths = new HashMap<>();
    for (LocationsRecord place : places) {
      List<String> path = new ArrayList<>();
      for (LocationsRecord at = place; at != null; at = byId.get(at.getParentId())) {
        path.add(at.getName());
      }
      Collections.reverse(path);
      paths.put(place.getId(), path);
    }
    return paths;
  }

  /** "Bern / Store"; a slash in a name has a backslash before it. */
  static String written(List<String> path) {
    return path.stream()
        .map(name -> name.replace("\\", "\\\\").replace("/", "\\/"))
        .collect(Collectors.joining(" / "));
  }

  static List<String> path(String written) {
    List<String> path = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '\\' && i + 1 < written.length()) {
        name.append(written.charAt(++i));
      } else if (c == '/') {
        path.add(name.toString().strip());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    path.add(name.toString().strip());
    path.removeIf(String::isEmpty);
    return path;
  }

  private static String key(List<String> path) {
    return path.stream().map(References::folded).collect(Collectors.joining("\0"));
  }

  private static String folded(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
