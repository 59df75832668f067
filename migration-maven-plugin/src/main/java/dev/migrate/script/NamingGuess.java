package dev.migrate.script;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses a project's naming convention from files that are no scripts by their names, for a hint
 * in a message, never to be acted on.
 *
 * @param files how many of the files have such names
 * @param example one of them
 * @param settings the settings of Flyway, by their names, under which they are scripts
 */
record NamingGuess(int files, String example, Map<String, String> settings) {
  private static final Pattern LIKELY =
      Pattern.compile(
          "(?<prefix>[^0-9]*)[0-9]+(?:[._][0-9]+)*(?<separator>__|--|_|-)[^/]*?"
              + "(?<suffix>(?:\\.(?:up|down|do|undo))?\\.(?i:sql|ddl|pgsql|psql|plsql))");

  /**
   * @param names the names of files
   * @param read how the project's scripts are named, by its settings
   * @return what most of them have in common; empty when they are no scripts by any custom
   */
  static Optional<NamingGuess> of(List<String> names, ScriptConventions read) {
    Map<Map<String, String>, List<String>> alike = new HashMap<>();
    for (String name : names) {
      Matcher likely = LIKELY.matcher(name);
      if (likely.matches()) {
        alike.computeIfAbsent(settings(likely, read), key -> new ArrayList<>()).add(name);
      }
    }
    return alike.entrySet().stream()
        .max(Comparator.comparingInt(one -> one.getValue().size()))
        .map(one -> new NamingGuess(one.getValue().size(), one.getValue().get(0), one.getKey()));
  }

  private static Map<String, String> settings(Matcher likely, ScriptConventions read) {
    Map<String, String> settings = new TreeMap<>();
    if (!likely.group("prefix").equals(read.versioned())) {
      settings.put("sqlMigrationPrefix", likely.group("prefix"));
    }
    if (!likely.group("separator").equals(read.separator())) {
      settings.put("sqlMigrationSeparator", likely.group("separator"));
    }
    if (!read.suffixes().contains(likely.group("suffix"))) {
      settings.put("sqlMigrationSuffixes", likely.group("suffix"));
    }
    return settings;
  }

  /** Whether these are pairs of files of a tool that runs them by itself. */
  boolean isOfPairs() {
    return settings.getOrDefault("sqlMigrationSuffixes", "").matches("\\.(up|down|do|undo)\\..*");
  }
}
