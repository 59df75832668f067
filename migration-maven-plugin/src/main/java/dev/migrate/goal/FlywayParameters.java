package dev.migrate.goal;

import dev.migrate.adopt.FlywayLocations;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.adopt.PomFile.Element;
import dev.migrate.script.Placeholders;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptConventions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Maps Flyway's settings onto parameters of this plugin. What somebody has said of this plugin
 * itself stays as it is.
 *
 * @param folders the folders of the scripts; none for the usual one
 * @param undo the folder of downgrade scripts; null for the usual one
 * @param flyway the entries of {@code <flyway>}
 * @param schema the schema of the history; null when none is configured
 * @param table its table; null when none is configured
 * @param placeholders the values of placeholders; null when there are none
 * @param outOfOrder whether a script may come below what has run
 * @param notes what was not taken, and why
 */
record FlywayParameters(
    List<String> folders,
    String undo,
    Map<String, String> flyway,
    String schema,
    String table,
    Map<String, String> placeholders,
    boolean outOfOrder,
    List<String> notes) {

  /**
   * @param settings how Flyway is configured
   * @param locations where its folders are
   * @param given whether somebody has said a parameter of this plugin
   * @return what is taken
   */
  static FlywayParameters of(
      FlywaySettings settings, FlywayLocations locations, Predicate<String> given) {
    List<String> notes = new ArrayList<>(settings.notTaken());
    List<String> folders = List.of();
    if (given.test("directory")) {
      settings
          .value("locations")
          .ifPresent(
              value ->
                  notes.add(
                      "locations=%s of %s: directory of this plugin counts"
                          .formatted(value, settings.origin("locations"))));
    } else {
      FlywayLocations.Found found = locations.of(settings);
      folders = found.folders();
      notes.addAll(found.notes());
    }
    boolean strict = settings.value("validateMigrationNaming").filter("true"::equals).isPresent();
    return new FlywayParameters(
        folders,
        given.test("undoDirectory") ? null : undo(folders, strict),
        entries(settings),
        given.test("historySchema") ? null : settings.historySchema().orElse(null),
        given.test("historyTable")
            ? null
            : settings.value("table").filter(one -> !one.isBlank()).orElse(null),
        given.test("placeholders") || settings.placeholders().isEmpty()
            ? null
            : settings.placeholders(),
        settings.value("outOfOrder").filter("true"::equals).isPresent(),
        notes);
  }

  /** A Flyway that looks at names must not find downgrade scripts where it looks. */
  private static String undo(List<String> folders, boolean strict) {
    Path usual = Path.of("src/main/resources/db/undo");
    return strict
        ? folders.stream()
            .filter(folder -> usual.startsWith(Path.of(folder)))
            .findFirst()
            .map(folder -> folder + "-undo")
            .orElse(null)
        : null;
  }

  private static Map<String, String> entries(FlywaySettings settings) {
    ScriptConventions usual = ScriptConventions.FLYWAY;
    Map<String, String> defaults =
        Map.of(
            "sqlMigrationPrefix", usual.versioned(),
            "undoSqlMigrationPrefix", usual.undo(),
            "repeatableSqlMigrationPrefix", usual.repeatable(),
            "baselineMigrationPrefix", usual.baseline(),
            "sqlMigrationSeparator", usual.separator(),
            "sqlMigrationSuffixes", String.join(",", usual.suffixes()),
            "encoding", usual.encoding().name(),
            "placeholderPrefix", Placeholders.NONE.prefix(),
            "placeholderSuffix", Placeholders.NONE.suffix(),
            "placeholderSeparator", Placeholders.NONE.separator());
    Map<String, String> entries = new TreeMap<>();
    for (String name : FlywayElement.HEARD) {
      settings
          .value(name)
          .filter(value -> !value.equalsIgnoreCase(defaults.get(name)))
          .filter(value -> !name.startsWith("placeholderReplacement") || value.equals("false"))
          .ifPresent(value -> entries.put(name, value));
    }
    List<String> schemas =
        settings.schemas().stream()
            .filter(one -> !settings.historySchema().filter(one::equals).isPresent())
            .toList();
    entries.remove("schemas");
    boolean made = settings.value("createSchemas").filter("false"::equals).isEmpty();
    if (made && !schemas.isEmpty()) {
      entries.put("schemas", String.join(",", schemas));
    }
    return entries;
  }

  /**
   * @param files the scripts
   * @return the entries of {@code <flyway>} once the scripts are known: Flyway replaces its own
   *     placeholders unless it is told not to, and here somebody has to say so
   */
  Map<String, String> entriesFor(RevisionFiles files) {
    boolean decided =
        flyway.containsKey("placeholderReplacement")
            || placeholders != null && !placeholders.isEmpty();
    Placeholders written = Placeholders.of(Map.of(), flyway);
    String own = written.prefix() + "flyway" + written.separator();
    boolean used =
        !decided
            && Stream.concat(
                    files.all().stream().map(file -> file.upgrade()), files.repeatables().stream())
                .map(Script::text)
                .anyMatch(text -> text.contains(own));
    if (!used) {
      return flyway;
    }
    Map<String, String> entries = new TreeMap<>(flyway);
    entries.put("placeholderReplacement", "true");
    return entries;
  }

  /**
   * @param entries those of {@code <flyway>}
   * @return what a POM is to say of it
   */
  List<Element> parameters(Map<String, String> entries) {
    List<Element> parameters = new ArrayList<>();
    if (!folders.isEmpty() && !folders.equals(List.of(ProjectMojo.DEFAULT_DIRECTORY))) {
      parameters.add(Element.of("directory", String.join(",", folders)));
    }
    if (undo != null) {
      parameters.add(Element.of("undoDirectory", undo));
    }
    if (schema != null) {
      parameters.add(Element.of("historySchema", schema));
    }
    if (table != null) {
      parameters.add(Element.of("historyTable", table));
    }
    if (!entries.isEmpty()) {
      parameters.add(new Element("flyway", "", entries));
    }
    if (placeholders != null) {
      parameters.add(new Element("placeholders", "", placeholders));
    }
    if (outOfOrder) {
      parameters.add(Element.of("outOfOrder", "true"));
    }
    return parameters;
  }
}
