package dev.migrate.adopt;

import dev.migrate.adopt.FlywaySource.Side;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.internal.configuration.ConfigUtils;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The files of a project that configure Flyway: its own {@code flyway.conf}, and the application's
 * {@code application.properties} and {@code application.yml}.
 */
public final class FlywayFiles {
  private static final String CONF = "flyway.conf";
  private static final String TOML = "flyway.toml";
  private static final String SPRING = "spring.flyway.";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^:{}]+)(?::([^{}]*))?}");

  private final Path root;
  private final List<Path> resources;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param root the project's directory
   * @param resources the folders whose files go into the application
   */
  public FlywayFiles(Path root, List<Path> resources) {
    this.root = root;
    this.resources = List.copyOf(resources);
  }

  /**
   * @return what was found and not taken, after the others were asked
   */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * @param named the files that the build names; when there are none, Flyway's usual ones
   * @return those that there are, the one that wins first
   * @throws MigrateException {@code FILE_ACCESS} when one cannot be read
   */
  public List<FlywaySource> ofFlyway(List<String> named) {
    List<Path> files =
        named.isEmpty()
            ? Stream.concat(
                    Stream.of(root.resolve(CONF), root.resolve("conf").resolve(CONF)),
                    resources.stream().map(folder -> folder.resolve(CONF)))
                .filter(Files::isRegularFile)
                .toList()
            : named.stream().map(root::resolve).toList();
    return files.stream()
        .filter(file -> !isToml(file))
        .map(
            file ->
                FlywaySource.of(
                    display(file),
                    Side.BUILD,
                    "flyway.",
                    expanded(
                        ConfigUtils.loadConfigurationFromReader(new StringReader(text(file))))))
        .toList();
  }

  /**
   * @param named the files that the build names
   * @return the first file of Flyway's settings in TOML, which are not read
   */
  public List<String> inToml(List<String> named) {
    Stream<Path> usual =
        Stream.concat(
            Stream.of(root.resolve(TOML), root.resolve("conf").resolve(TOML)),
            resources.stream().map(folder -> folder.resolve(TOML)));
    return Stream.concat(usual, named.stream().map(root::resolve).filter(FlywayFiles::isToml))
        .filter(Files::isRegularFile)
        .map(this::display)
        .distinct()
        .toList();
  }

  private static boolean isToml(Path file) {
    return file.toString().endsWith(".toml");
  }

  /** As Flyway does it: <code>${env.NAME}</code>. */
  private static Map<String, String> expanded(Map<String, String> settings) {
    Map<String, String> expanded = new TreeMap<>();
    Pattern environment = Pattern.compile("\\$\\{env\\.([A-Za-z_][A-Za-z_0-9]*)}");
    settings.forEach(
        (name, value) ->
            expanded.put(
                name,
                environment
                    .matcher(value)
                    .replaceAll(
                        one ->
                            Matcher.quoteReplacement(
                                System.getenv().getOrDefault(one.group(1), "")))));
    return expanded;
  }

  /**
   * @return the application's files that configure Flyway for every profile, the one that wins
   *     first
   * @throws MigrateException {@code FILE_ACCESS} when one cannot be read, {@code INVALID_PARAMETER}
   *     when one is no YAML
   */
  public List<FlywaySource> ofApplication() {
    List<FlywaySource> found = new ArrayList<>();
    for (Path folder : folders()) {
      for (String name : List.of("application.properties", "application.yml", "application.yaml")) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file)) {
          FlywaySource source =
              FlywaySource.of(display(file), Side.APPLICATION, SPRING, resolved(file));
          if (!source.settings().isEmpty()) {
            found.add(source);
          }
        }
      }
      noteProfiles(folder);
    }
    return found;
  }

  /** Spring looks into these, and what it finds in the second wins. */
  private List<Path> folders() {
    return resources.stream()
        .flatMap(folder -> Stream.of(folder.resolve("config"), folder))
        .filter(Files::isDirectory)
        .toList();
  }

  private void noteProfiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches("application-.+\\.(properties|ya?ml)")
            && properties(file).keySet().stream().anyMatch(one -> one.startsWith(SPRING))) {
          notes.add("%s: what a profile alone configures is not taken".formatted(display(file)));
        }
      }
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + display(folder), e);
    }
  }

  private Map<String, String> resolved(Path file) {
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
                        .formatted(name, result, display(file)));
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

  private Map<String, String> properties(Path file) {
    Map<String, String> flat = new TreeMap<>();
    if (file.toString().endsWith(".properties")) {
      Properties properties = new Properties();
      try {
        properties.load(new StringReader(text(file)));
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
          new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text(file))) {
        Map<String, String> one = new TreeMap<>();
        flatten("", document, one);
        String profile =
            one.getOrDefault("spring.config.activate.on-profile", one.get("spring.profiles"));
        if (profile == null) {
          flat.putAll(one);
        } else if (one.keySet().stream().anyMatch(name -> name.startsWith(SPRING))) {
          notes.add(
              "%s, profile %s: what a profile alone configures is not taken"
                  .formatted(display(file), profile));
        }
      }
      return flat;
    } catch (YAMLException e) {
      throw unreadable(file, e);
    }
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

  private MigrateException unreadable(Path file, Exception e) {
    return new MigrateException(
        FailureCode.INVALID_PARAMETER,
        "%s cannot be read, so it is not known what it says of Flyway: %s"
            .formatted(display(file), e.getMessage().lines().findFirst().orElse("")),
        "Mend the file, or say what counts with -Dflyway.locations=… and Flyway's other names.",
        e);
  }

  private String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw unreadable(file, e);
    } catch (IOException e) {
      throw FileFailures.cannotRead(display(file), e);
    }
  }

  private String display(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path base = root.toAbsolutePath().normalize();
    return (absolute.startsWith(base) ? base.relativize(absolute) : absolute)
        .toString()
        .replace('\\', '/');
  }
}
