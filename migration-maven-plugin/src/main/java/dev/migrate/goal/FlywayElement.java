package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.failure.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Parser of the element {@code <flyway>} of the plugin's configuration, and of {@code -Dflyway.…}
 * on a command line.
 */
final class FlywayElement {
  /** What changes how scripts are read; everything else has a parameter of its own. */
  static final List<String> HEARD =
      List.of(
          "sqlMigrationPrefix",
          "undoSqlMigrationPrefix",
          "repeatableSqlMigrationPrefix",
          "baselineMigrationPrefix",
          "sqlMigrationSeparator",
          "sqlMigrationSuffixes",
          "encoding",
          "placeholderReplacement",
          "placeholderPrefix",
          "placeholderSuffix",
          "placeholderSeparator",
          "schemas");

  private static final String PREFIX = "flyway.";

  /** Of Flyway's other settings, the parameter that says the same here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "locations", "directory",
          "table", "historyTable",
          "defaultSchema", "historySchema",
          "placeholders", "placeholders");

  private FlywayElement() {}

  /**
   * @param element what the POM says, or null
   * @param given the properties of the command line, which win
   * @return the settings, by Flyway's names
   * @throws MigrateException {@code INVALID_PARAMETER} for one that would not be heard
   */
  static Map<String, String> heard(Map<String, String> element, Properties given) {
    Map<String, String> heard = new TreeMap<>();
    if (element != null) {
      for (Map.Entry<String, String> one : element.entrySet()) {
        require(one.getKey());
        heard.put(one.getKey(), one.getValue() == null ? "" : one.getValue());
      }
    }
    for (String name : HEARD) {
      String value = given.getProperty(PREFIX + name);
      if (value != null) {
        heard.put(name, value);
      }
    }
    return heard;
  }

  private static void require(String name) {
    if (HEARD.contains(name)) {
      return;
    }
    String parameter = ELSEWHERE.get(name);
    throw new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "<%s> in <flyway> of the plugin's configuration would not be heard.".formatted(name),
        parameter == null
            ? NearestName.meant(name, HEARD)
                .map("Perhaps <%s> was meant."::formatted)
                .orElse("Remove it; <flyway> takes " + String.join(", ", HEARD) + ".")
            : "Say it with <%s> beside <flyway>.".formatted(parameter));
  }
}
