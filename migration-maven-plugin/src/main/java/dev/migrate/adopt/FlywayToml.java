package dev.migrate.adopt;

import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Parser of {@code flyway.toml}, the TOML configuration of Flyway's command line: files laid over
 * each other, in which {@code [flyway]} counts for every environment and {@code [environments.x]}
 * for one of them.
 */
final class FlywayToml {
  private static final String FLYWAY = "flyway";
  private static final String ENVIRONMENTS = "environments";
  private static final String USUAL = "default";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.]+?)\\.([\\w.]+)}");

  /** Of an environment's own settings, what says something of scripts. */
  private static final List<String> OF_ENVIRONMENT = List.of("schemas", "initSql");

  private final Map<SettingsFile, TomlTable> files = new LinkedHashMap<>();
  private final String chosen;
  private final Map<String, String> variables;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param files the files, the one that wins first
   * @param chosen the environment that is meant; null when only the files say it
   * @param variables those of the process's environment
   */
  FlywayToml(List<SettingsFile> files, String chosen, Map<String, String> variables) {
    files.forEach(file -> this.files.put(file, read(file)));
    this.chosen = chosen;
    this.variables = variables;
  }

  private static TomlTable read(SettingsFile file) {
    TomlParseResult result = Toml.parse(file.text());
    if (result.hasErrors()) {
      throw file.unreadable(result.errors().get(0).toString(), result.errors().get(0));
    }
    return result;
  }

  /**
   * @return what was found and not taken, after {@link #sources} was asked
   */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * @return what the files say, the place that wins first; each names the environment that counts
   */
  List<FlywaySource> sources() {
    Optional<String> environment = environment();
    String suffix = environment.map(", environment "::concat).orElse("");
    List<FlywaySource> sources = new ArrayList<>();
    environment.ifPresent(
        name ->
            files.forEach(
                (file, content) ->
                    sources.add(source(file, suffix, ofEnvironment(content, name)))));
    files.forEach(
        (file, content) -> {
          Map<String, String> common = new TreeMap<>();
          flatten("", table(content, FLYWAY), common);
          sources.add(source(file, suffix, common));
        });
    return sources.stream().filter(one -> !one.settings().isEmpty()).toList();
  }

  private FlywaySource source(SettingsFile file, String suffix, Map<String, String> settings) {
    String origin = file + suffix;
    Map<String, String> resolved = new TreeMap<>();
    FlywaySource written = new FlywaySource(origin, Side.CLIENT, settings);
    written
        .settings()
        .forEach(
            (name, value) ->
                resolve(value)
                    .ifPresentOrElse(
                        text -> resolved.put(name, text),
                        () ->
                            notes.add(
                                "%s of %s: what it refers to is not known here; say it with -Dflyway.%s=…"
                                    .formatted(name, origin, name))));
    return new FlywaySource(origin, Side.CLIENT, resolved);
  }

  /** Variables of the environment are known, and what other resolvers give is not. */
  private Optional<String> resolve(String value) {
    Matcher reference = REFERENCE.matcher(value);
    StringBuilder text = new StringBuilder();
    while (reference.find()) {
      String known = reference.group(1).equals("env") ? variables.get(reference.group(2)) : null;
      if (known == null) {
        return Optional.empty();
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(known));
    }
    reference.appendTail(text);
    return Optional.of(text.toString());
  }

  private static Map<String, String> ofEnvironment(TomlTable content, String environment) {
    TomlTable own = table(table(content, ENVIRONMENTS), environment);
    Map<String, String> settings = new TreeMap<>();
    flatten("", own, settings);
    settings.keySet().retainAll(OF_ENVIRONMENT);
    flatten("", table(own, FLYWAY), settings);
    return settings;
  }

  private Optional<String> environment() {
    Set<String> known = new TreeSet<>();
    files.values().forEach(content -> known.addAll(table(content, ENVIRONMENTS).keySet()));
    String meant = chosen == null ? said() : chosen;
    if (meant != null) {
      return Optional.of(required(meant, known));
    }
    if (known.contains(USUAL) || known.size() == 1) {
      return Optional.of(known.contains(USUAL) ? USUAL : known.iterator().next());
    }
    refuseDifferent(known);
    return Optional.empty();
  }

  private String said() {
    return files.values().stream()
        .map(content -> table(content, FLYWAY).getString("environment"))
        .filter(name -> name != null)
        .findFirst()
        .orElse(null);
  }

  private String required(String meant, Set<String> known) {
    if (known.contains(meant) || known.isEmpty() && chosen == null) {
      return meant;
    }
    throw new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "%s has no environment %s; it has %s. Nothing was written."
            .formatted(names(), meant, known.isEmpty() ? "none" : String.join(", ", known)),
        "Say one that there is: -Dflyway.environment=%s."
            .formatted(known.isEmpty() ? "…" : known.iterator().next()));
  }

  /** Whoever has not chosen among environments that agree about scripts need not do so. */
  private void refuseDifferent(Set<String> known) {
    Map<String, Map<String, String>> said = new TreeMap<>();
    for (String name : known) {
      Map<String, String> settings = new TreeMap<>();
      List<TomlTable> last = new ArrayList<>(files.values());
      Collections.reverse(last);
      last.forEach(content -> settings.putAll(ofEnvironment(content, name)));
      said.put(name, new FlywaySource(name, Side.CLIENT, settings).settings());
    }
    Set<String> differing = new TreeSet<>();
    for (Map<String, String> one : said.values()) {
      for (Map<String, String> other : said.values()) {
        one.forEach(
            (name, value) -> {
              if (!value.equals(other.get(name))) {
                differing.add(name);
              }
            });
      }
    }
    if (!differing.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "%s has the environments %s, which differ in %s, and none of them is chosen. Nothing was written."
              .formatted(names(), String.join(", ", known), String.join(", ", differing)),
          "Choose one: -Dflyway.environment=%s.".formatted(known.iterator().next()));
    }
  }

  private String names() {
    return String.join(" with ", files.keySet().stream().map(SettingsFile::toString).toList());
  }

  private static TomlTable table(TomlTable content, String name) {
    return content.get(List.of(name)) instanceof TomlTable table ? table : Toml.parse("");
  }

  private static void flatten(String prefix, TomlTable table, Map<String, String> into) {
    table
        .entrySet()
        .forEach(
            entry -> {
              String name = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
              if (entry.getValue() instanceof TomlTable inner) {
                flatten(name, inner, into);
              } else if (entry.getValue() instanceof TomlArray list) {
                into.put(
                    name, String.join(",", list.toList().stream().map(String::valueOf).toList()));
              } else {
                into.put(name, String.valueOf(entry.getValue()));
              }
            });
  }
}
