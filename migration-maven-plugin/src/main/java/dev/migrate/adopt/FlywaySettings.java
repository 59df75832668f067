package dev.migrate.adopt;

import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The merged Flyway configuration of a project, brought together from every place that configures
 * it. Within one Flyway the places have an order, which is Flyway's own; between the Flyway of the
 * build and that of the application there is none, so where they differ somebody has to say which
 * counts.
 */
public final class FlywaySettings {
  /** What decides which scripts there are, what they say, and where it is recorded. */
  private static final Set<String> TAKEN =
      Set.of(
          "baselineMigrationPrefix",
          "createSchemas",
          "defaultSchema",
          "encoding",
          "locations",
          "outOfOrder",
          "placeholderPrefix",
          "placeholderReplacement",
          "placeholderSeparator",
          "placeholderSuffix",
          "repeatableSqlMigrationPrefix",
          "schemas",
          "sqlMigrationPrefix",
          "sqlMigrationSeparator",
          "sqlMigrationSuffixes",
          "table",
          "undoSqlMigrationPrefix");

  /** What is not taken, and why; what has no sentence here makes no difference. */
  private static final Map<String, String> NOT_TAKEN =
      Map.ofEntries(
          Map.entry(
              "baselineDescription", "the row of a baseline is written by mvn migrate:stamp here"),
          Map.entry(
              "baselineOnMigrate", "a database without history begins with mvn migrate:stamp here"),
          Map.entry(
              "baselineVersion",
              "a database that has one keeps it, and a new one runs every script; another begins with mvn migrate:stamp -Dmigrate.to=<version>"),
          Map.entry(
              "callbacks", "callbacks in Java are run by the Flyway of the application alone"),
          Map.entry("callbackLocations", "callbacks are looked for beside the scripts"),
          Map.entry("cherryPick", "-Dmigrate.to says which revisions run"),
          Map.entry(
              "detectEncoding", "the encoding is as encoding says, UTF-8 when nobody says it"),
          Map.entry("errorOverrides", "an error of a statement fails its revision"),
          Map.entry("group", "each revision has a transaction of its own"),
          Map.entry(
              "ignoreMigrationPatterns", "missing and unknown revisions are always named here"),
          Map.entry("initSql", "it runs where Flyway runs, and in no revision"),
          Map.entry("jarDirs", "Java migrations are those of the project and its dependencies"),
          Map.entry("migrationResolvers", "they run in the Flyway of the application alone"),
          Map.entry(
              "mixed", "a script that mixes says -- transaction: none, or has a .conf beside"),
          Map.entry("resolvers", "they run in the Flyway of the application alone"),
          Map.entry("scriptPlaceholderPrefix", "scripts of a shell are not run here"),
          Map.entry("scriptPlaceholderSuffix", "scripts of a shell are not run here"),
          Map.entry("skipDefaultCallbacks", "callbacks beside the scripts run here"),
          Map.entry("skipDefaultResolvers", "scripts are always looked for here"),
          Map.entry("skipExecutingMigrations", "mvn migrate:stamp records without running"),
          Map.entry("tablespace", "the history's table is there already"),
          Map.entry("target", "-Dmigrate.to says how far an upgrade goes"));

  /** Where the word false is what somebody has changed. */
  private static final Map<String, String> NOT_SWITCHED_OFF =
      Map.of(
          "executeInTransaction",
              "a script that runs outside a transaction says -- transaction: none, or has a .conf beside",
          "validateOnMigrate", "a script that has changed is always named here");

  private static final Set<String> DOES_NOTHING = Set.of("", "false", "latest");

  private final Map<String, Said> settings;
  private final List<String> overruled;

  /** A setting that counts, and where it stands. */
  private record Said(String value, FlywaySource source) {}

  private FlywaySettings(Map<String, Said> settings, List<String> overruled) {
    this.settings = settings;
    this.overruled = List.copyOf(overruled);
  }

  /**
   * @param sources the places, those that win within their Flyway first
   * @return what counts
   * @throws MigrateException {@code INVALID_PARAMETER} when the Flyway of the build and that of the
   *     application differ in what decides about scripts and history
   */
  public static FlywaySettings of(List<FlywaySource> sources) {
    Set<String> names = new TreeSet<>();
    sources.forEach(source -> names.addAll(source.settings().keySet()));
    Map<String, Said> settings = new TreeMap<>();
    List<String> overruled = new ArrayList<>();
    List<Side> sides = flyways(sources);
    for (String name : names) {
      List<Said> said = said(name, sources);
      refuseTwoFlyways(name, said, sides);
      Said first = said.get(0);
      settings.put(name, first);
      said.stream()
          .skip(1)
          .filter(other -> !same(name, other.value(), first.value()))
          .map(
              other ->
                  "%s=%s of %s counts, before %s=%s of %s"
                      .formatted(
                          name,
                          shown(name, first.value()),
                          first.source().origin(),
                          name,
                          shown(name, other.value()),
                          other.source().origin()))
          .forEach(overruled::add);
    }
    return new FlywaySettings(settings, overruled);
  }

  private static List<Said> said(String name, List<FlywaySource> sources) {
    return sources.stream()
        .filter(source -> source.settings().containsKey(name))
        .map(source -> new Said(source.settings().get(name), source))
        .toList();
  }

  /** The Flyways of a project: its command line is one where it has files of its own. */
  private static List<Side> flyways(List<FlywaySource> sources) {
    boolean client = sources.stream().anyMatch(source -> source.side() == Side.CLIENT);
    return client
        ? List.of(Side.BUILD, Side.CLIENT, Side.APPLICATION)
        : List.of(Side.BUILD, Side.APPLICATION);
  }

  private static void refuseTwoFlyways(String name, List<Said> said, List<Side> flyways) {
    if (!isTaken(name) || said.get(0).source().side() == Side.COMMAND_LINE) {
      return;
    }
    List<Said> read =
        flyways.stream()
            .flatMap(
                flyway ->
                    said.stream().filter(one -> one.source().side().isReadBy(flyway)).limit(1))
            .toList();
    for (Said other : read) {
      Said first = read.get(0);
      if (!same(name, other.value(), first.value())) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "Two Flyways are configured for this project, and they differ: %s says %s=%s, and %s says %s=%s. Nothing was written."
                .formatted(
                    first.source().origin(),
                    name,
                    shown(name, first.value()),
                    other.source().origin(),
                    name,
                    shown(name, other.value())),
            "Make them agree, or say which counts: -Dflyway.%s=%s wins over both."
                .formatted(name, shown(name, other.value())));
      }
    }
  }

  /** Folders are compared as folders, wherever they are said. */
  private static boolean same(String name, String one, String other) {
    return name.equals("locations")
        ? places(one).equals(places(other))
        : Objects.equals(one, other);
  }

  private static Set<String> places(String locations) {
    Set<String> places = new TreeSet<>();
    for (String one : items(locations)) {
      places.add(
          one.replaceFirst("^filesystem:(\\./)?src/main/resources/", "classpath:")
              .replaceFirst("^(?!\\w+:)/?", "classpath:")
              .replaceFirst("^classpath:/", "classpath:")
              .replaceFirst("/$", ""));
    }
    return places;
  }

  private static boolean isTaken(String name) {
    return TAKEN.contains(name) || name.startsWith(FlywaySource.PLACEHOLDER);
  }

  /** The values of placeholders are nobody's business: they may be secrets. */
  private static String shown(String name, String value) {
    if (name.startsWith(FlywaySource.PLACEHOLDER)) {
      return "…";
    }
    String plain = name.equals("url") ? withoutSecrets(value) : value;
    return plain.isEmpty() ? "(empty)" : plain;
  }

  /** An address may have a password before its host, or among its parameters. */
  private static String withoutSecrets(String url) {
    return url.strip().replaceFirst("[?;].*$", "").replaceFirst("//[^/]*@", "//");
  }

  /**
   * @return the database that Flyway is configured for, without any secret; empty when none is
   */
  public Optional<String> database() {
    return value("url").map(FlywaySettings::withoutSecrets).filter(url -> !url.isEmpty());
  }

  /**
   * @return the role that Flyway connects as; empty when none is configured
   */
  public Optional<String> user() {
    return value("user").map(String::strip).filter(user -> !user.isEmpty());
  }

  static List<String> items(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(one -> !one.isEmpty())
        .toList();
  }

  /**
   * @return whether anything configures Flyway
   */
  public boolean isEmpty() {
    return settings.isEmpty();
  }

  /**
   * @param name a setting, by Flyway's name
   * @return what counts
   */
  public Optional<String> value(String name) {
    return Optional.ofNullable(settings.get(name)).map(Said::value);
  }

  /**
   * @param name a setting that counts
   * @return where it stands
   */
  public String origin(String name) {
    return settings.get(name).source().origin();
  }

  /**
   * @return the folders of scripts, as Flyway writes them; Flyway's own when nobody says any
   */
  public List<String> locations() {
    return value("locations").map(FlywaySettings::items).orElse(List.of("classpath:db/migration"));
  }

  /**
   * @return the schema of the history, if one is configured: the default schema, else the first
   */
  public Optional<String> historySchema() {
    return value("defaultSchema")
        .filter(one -> !one.isBlank())
        .or(
            () ->
                value("schemas")
                    .map(FlywaySettings::items)
                    .flatMap(all -> all.stream().findFirst()))
        .map(String::strip);
  }

  /**
   * @return the schemas that Flyway makes before the first script
   */
  public Set<String> schemas() {
    Set<String> schemas = new LinkedHashSet<>();
    value("defaultSchema").filter(one -> !one.isBlank()).ifPresent(schemas::add);
    value("schemas").map(FlywaySettings::items).ifPresent(schemas::addAll);
    return schemas;
  }

  /**
   * @return the placeholders' values by name
   */
  public Map<String, String> placeholders() {
    Map<String, String> placeholders = new TreeMap<>();
    settings.forEach(
        (name, said) -> {
          if (name.startsWith(FlywaySource.PLACEHOLDER)) {
            placeholders.put(name.substring(FlywaySource.PLACEHOLDER.length()), said.value());
          }
        });
    return placeholders;
  }

  /**
   * @return what is taken, a line for each place
   */
  public List<String> taken() {
    Map<String, List<String>> byOrigin = new TreeMap<>();
    settings.forEach(
        (name, said) -> {
          if (isTaken(name)) {
            byOrigin
                .computeIfAbsent(said.source().origin(), origin -> new ArrayList<>())
                .add(
                    name.startsWith(FlywaySource.PLACEHOLDER)
                        ? name
                        : name + "=" + shown(name, said.value()));
          }
        });
    return byOrigin.entrySet().stream()
        .map(one -> one.getKey() + ": " + String.join("; ", one.getValue()))
        .toList();
  }

  /**
   * @return what is not taken, and why; and what wins over what
   */
  public List<String> notTaken() {
    List<String> notTaken = new ArrayList<>(overruled);
    settings.forEach(
        (name, said) -> {
          String value = said.value().strip();
          String why =
              value.equals("false")
                  ? NOT_SWITCHED_OFF.get(name)
                  : DOES_NOTHING.contains(value) ? null : NOT_TAKEN.get(name);
          if (why != null) {
            notTaken.add("%s=%s of %s: %s".formatted(name, value, said.source().origin(), why));
          }
        });
    return notTaken;
  }
}
