package dev.migrate.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.callback.Event;

/** The names of scripts that Flyway runs when something happens, as Flyway itself lists them. */
final class Callbacks {
  private static final String SUFFIX = ".sql";

  /** What these are about does not happen in an upgrade. */
  private static final Set<String> ELSEWHERE = Set.of("Clean", "Undo", "Info", "Repair");

  private static final Set<String> OF_UPGRADE =
      Arrays.stream(Event.values())
          .map(Event::getId)
          .filter(id -> ELSEWHERE.stream().noneMatch(id::contains))
          .collect(Collectors.toUnmodifiableSet());

  private Callbacks() {}

  /** Whether an upgrade can run the file of that name, such as {@code afterMigrate__log.sql}. */
  static boolean isOfUpgrade(String file) {
    if (!file.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
      return false;
    }
    String name = file.substring(0, file.length() - SUFFIX.length());
    int separator = name.indexOf("__");
    return OF_UPGRADE.contains(separator < 0 ? name : name.substring(0, separator));
  }
}
