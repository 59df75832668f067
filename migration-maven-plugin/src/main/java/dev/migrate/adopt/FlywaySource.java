package dev.migrate.adopt;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One configuration source of Flyway, such as a file or a plugin in the POM, with the settings that
 * it gives.
 *
 * @param origin how messages name it
 * @param side whose Flyway reads it
 * @param settings what it says, by Flyway's names
 */
public record FlywaySource(String origin, Side side, Map<String, String> settings) {
  /** The beginning of the names of placeholders. */
  static final String PLACEHOLDER = "placeholders.";

  /** Flyway's settings by their bare names: every place writes them in its own way. */
  private static final Map<String, String> NAMES =
      Stream.of(
              "baselineDescription",
              "baselineMigrationPrefix",
              "baselineOnMigrate",
              "baselineVersion",
              "callbackLocations",
              "callbacks",
              "cherryPick",
              "createSchemas",
              "defaultSchema",
              "detectEncoding",
              "enabled",
              "encoding",
              "errorOverrides",
              "executeInTransaction",
              "failOnMissingLocations",
              "group",
              "ignoreMigrationPatterns",
              "initSql",
              "installedBy",
              "jarDirs",
              "locations",
              "migrationResolvers",
              "mixed",
              "outOfOrder",
              "placeholderPrefix",
              "placeholderReplacement",
              "placeholderSeparator",
              "placeholderSuffix",
              "repeatableSqlMigrationPrefix",
              "resolvers",
              "schemas",
              "scriptPlaceholderPrefix",
              "scriptPlaceholderSuffix",
              "skipDefaultCallbacks",
              "skipDefaultResolvers",
              "skipExecutingMigrations",
              "sqlMigrationPrefix",
              "sqlMigrationSeparator",
              "sqlMigrationSuffixes",
              "table",
              "tablespace",
              "target",
              "undoSqlMigrationPrefix",
              "url",
              "user",
              "validateMigrationNaming",
              "validateOnMigrate")
          .collect(Collectors.toUnmodifiableMap(FlywaySource::bare, name -> name));

  /** Whose Flyway, or who speaks to several. */
  public enum Side {
    /** Whoever runs this goal says so on the command line. */
    COMMAND_LINE,
    /** The environment, which Flyway's Maven plugin and its command line read alike. */
    TOOLS,
    /** Flyway's own Maven plugin, and the files that it reads. */
    BUILD,
    /** Flyway's own command line, which reads TOML. */
    CLIENT,
    /** The Flyway that an application starts with. */
    APPLICATION;

    /** Whether the Flyway of a side reads this place. */
    boolean isReadBy(Side flyway) {
      return this == flyway
          || this == COMMAND_LINE
          || this == TOOLS && (flyway == BUILD || flyway == CLIENT);
    }
  }

  /** Copies what it is given, and leaves out what is no business of scripts and histories. */
  public FlywaySource {
    Map<String, String> known = new TreeMap<>();
    settings.forEach((name, value) -> known(name).ifPresent(one -> known.put(one, value)));
    settings = Map.copyOf(known);
  }

  private static Optional<String> known(String name) {
    return name.regionMatches(true, 0, PLACEHOLDER, 0, PLACEHOLDER.length())
        ? Optional.of(PLACEHOLDER + name.substring(PLACEHOLDER.length()))
        : Optional.ofNullable(NAMES.get(bare(name)));
  }

  private static String bare(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  /**
   * @param origin how messages name it
   * @param side whose Flyway reads it
   * @param prefix what the names of Flyway's settings begin with there
   * @param properties properties of which those of Flyway count
   * @return the place
   */
  public static FlywaySource of(
      String origin, Side side, String prefix, Map<String, String> properties) {
    Map<String, String> settings = new TreeMap<>();
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            settings.put(name.substring(prefix.length()), value);
          }
        });
    return new FlywaySource(origin, side, settings);
  }
}
