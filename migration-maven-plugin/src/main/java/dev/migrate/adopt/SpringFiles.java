package dev.migrate.adopt;

import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the Flyway configuration of a Spring Boot application: {@code spring.flyway.*} in its
 * {@code application.properties} and {@code application.yml}, and in environment variables.
 */
public final class SpringFiles {
  private static final String SPRING = "spring.flyway.";
  private static final String VARIABLE = "SPRING_FLYWAY_";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:{}]+)(?::([^{}]*))?}");

  private final Path root;
  private final List<Path> resources;
  private final FlywayEnvironment around;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param root the project's directory
   * @param resources the folders whose files go into the application
   * @param around where the goal runs
   */
  public SpringFiles(Path root, List<Path> resources, FlywayEnvironment around) {
    this.root = root;
    this.resources = List.copyOf(resources);
    this.around = around;
  }

  /**
   * @return what was found and not taken, after {@link #sources} was asked
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * @return the places that configure Flyway for every profile, the one that wins first
   * @throws MigrateException {@code FILE_ACCESS} when one cannot be read, {@code INVALID_PARAMETER}
   *     when one is no YAML
   */
  public List<FlywaySource> sources() {
    List<FlywaySource> found = new ArrayList<>();
    variables().ifPresent(found::add);
    for (Path folder : folders()) {
      for (String name : List.of("application.properties", "application.yml", "application.yaml")) {
        SettingsFile file = file(folder.resolve(name));
        if (file.isThere()) {
          FlywaySource source =
              FlywaySource.of(file.toString(), Side.APPLICATION, SPRING, resolved(file));
          if (!source.settings().isEmpty()) {
            found.add(source);
          }
        }
      }
      noteProfiles(folder);
    }
    return found;
  }

  private SettingsFile file(Path path) {
    return new SettingsFile(path, root, around.home());
  }

  private Optional<FlywaySource> variables() {
    Map<String, String> settings = new TreeMap<>();
    around
        .variables()
        .forEach(
            (name, value) -> {
              if (name.startsWith(VARIABLE)) {
                settings.put(
                    name.substring(VARIABLE.length())
                        .replaceFirst("^PLACEHOLDERS_", "placeholders."),
                    value);
              }
            });
    FlywaySource source =
        new FlywaySource("the environment (SPRING_FLYWAY_…)", Side.APPLICATION, settings);
    return Optional.of(source).filter(one -> !one.settings().isEmpty());
  }

  /** Spring looks into these, and what it finds in the first wins. */
  private List<Path> folders() {
    return resources.stream()
        .flatMap(folder -> Stream.of(folder.resolve("config"), folder))
        .filter(Files::isDirectory)
        .toList();
  }

  private void noteProfiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path path : files.sorted().toList()) {
        SettingsFile file = file(path);
        if (path.getFileName().toString().matches("application-.+\\.(properties|ya?ml)")
            && properties(file).keySet().stream().anyMatch(one -> one.startsWith(SPRING))) {
          notes.add("%s: what a profile alone configures is not taken".formatted(file));
        }
      }
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + file(folder), e);
    }
  }

  private Map<String, String> resolved(SettingsFile file) {
    Map<String, String> all = properties(file);
    Map<String, String> resolved = new TreeMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(SPRING)) {
            String text = value.replace("{vendor}", "postgresql");
            String result = resolve(text, all, 0);
            if (REFERENCE.matcher(result).find() || result.matches("(?s).*@[\\w.-]+@.*")) {
              boolean secret = name.endsWith("password") || name.endsWith("user");
              boolean url = name.endsWith("url");
              if (!secret && !url) {
                notes.add(
                    "%s=%s of %s: what it refers to is known when the application starts; say it with -Dflyway.…"
                        .formatted(name, result, file));
              }
            } else {
              resolved.put(name, result);
            }
          }
        });
    return resolved;
  }

  private static String resolve(String text, Map<String, String> all, int depth) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    boolean any = false;
    while (reference.find()) {
      String value = all.getOrDefault(reference.group(1), reference.group(2));
      any |= value != null;
      reference.appendReplacement(
          result, Matcher.quoteReplacement(value == null ? reference.group() : value));
    }
    reference.appendTail(result);
    return any && depth < 10 ? resolve(result.toString(), all, depth + 1) : result.toString();
  }

  private Map<String, String> properties(SettingsFile file) {
    Map<String, String> flat = new TreeMap<>();
    if (file.isProperties()) {
      Properties properties = new Properties();
      try {
        properties.load(new StringReader(file.text()));
      } catch (IOException | IllegalArgumentException e) {
        throw unreadable(file, e);
      }
      for (String name : properties.stringPropertyNames()) {
        Matcher indexed = Pattern.compile("(.+)\\[\\d+]").matcher(name);
        flat.merge(
            indexed.matches() ? indexed.group(1) : name,
            properties.getProperty(name),
            (one, other) -> one + "," + other);
      }
      return flat;
    }
    try {
      for (Object document :
          new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(file.text())) {
        Map<String, String> one = new TreeMap<>();
        flatten("", document, one);
        String profile =
            one.getOrDefault("spring.config.activate.on-profile", one.get("spring.profiles"));
        if (profile == null) {
          flat.putAll(one);
        } else if (one.keySet().stream().anyMatch(name -> name.startsWith(SPRING))) {
          notes.add(
              "%s, profile %s: what a profile alone configures is not taken"
                  .formatted(file, profile));
        }
      }
      return flat;
    } catch (YAMLException e) {
      throw unreadable(file, e);
    }
  }

  private static MigrateException unreadable(SettingsFile file, Exception e) {
    return file.unreadable(e.getMessage().lines().findFirst().orElse(""), e);
  }

  private static void flatten(String prefix, Object node, Map<String, String> into) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) ->
              flatten(prefix.isEmpty() ? String.valueOf(name) : prefix + "." + name, value, into));
    } else if (node instanceof Collection<?> list) {
      into.put(prefix, String.join(",", list.stream().map(String::valueOf).toList()));
    } else if (!prefix.isEmpty()) {
      into.put(prefix, node == null ? "" : String.valueOf(node));
    }
  }
}
