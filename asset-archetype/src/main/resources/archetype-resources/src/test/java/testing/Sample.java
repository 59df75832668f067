package ${package}.testing;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.category.Category;
import ${package}.category.CategoryDraft;
import ${package}.category.CategoryService;
import ${package}.location.Location;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.person.Person;
import ${package}.person.PersonDraft;
import ${package}.person.PersonService;
import java.time.LocalDate;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.test.context.TestComponent;

/** Rows for tests, each different from all others. */
@TestComponent
public class Sample {
  private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

  private final AssetService assets;
  private final PersonService people;
  private final LocationService locations;
  private final CategoryService categories;

  Sample(
      AssetService assets,
      PersonService people,
      LocationService locations,
      CategoryService categories) {
    this.assets = assets;
    this.people = people;
    this.locations = locations;
    this.categories = categories;
  }

  public static String tag() {
    return "NB-" + NUMBERS.incrementAndGet();
  }

  public static AssetDraft draft(String name) {
    return new AssetDraft(
        tag(), name, null, null, null, null, LocalDate.of(2026, 1, 15), null, null, new TreeMap<>());
  }

  public Asset asset(String name) {
    return assets.create(draft(name));
  }

  public Person person(String name) {
    return people.create(
        new PersonDraft(name, "p" + NUMBERS.incrementAndGet() + "@example.com", null, null));
  }

  public Location location(String name) {
    return locations.create(new LocationDraft(null, name + " " + NUMBERS.incrementAndGet(), null));
  }

  public Category category(String name, Integer inspectionMonths) {
    int number = NUMBERS.incrementAndGet();
    String letters =
        "" + (char) ('A' + number % 26) + (char) ('A' + number / 26 % 26) + (char) ('A' + number / 676 % 26);
    return categories.create(new CategoryDraft(name + " " + number, letters, inspectionMonths));
  }
}
