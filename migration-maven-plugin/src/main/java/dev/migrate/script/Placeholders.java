package dev.migrate.script;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Placeholder settings of Flyway: prefix, suffix and values of what is replaced in scripts.
 *
 * @param replaced whether anything is; else every dollar sign is left alone
 * @param values what they stand for, by name
 * @param prefix how one begins
 * @param suffix how one ends
 * @param separator what stands between {@code flyway} and the name in Flyway's own
 */
public record Placeholders(
    boolean replaced, Map<String, String> values, String prefix, String suffix, String separator) {
  private static final String PREFIX = "${";
  private static final String SUFFIX = "}";
  private static final String SEPARATOR = ":";

  /** Nothing is replaced. */
  public static final Placeholders NONE = of(Map.of());

  /** Copies what it is given. */
  public Placeholders {
    values = Map.copyOf(values);
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(suffix, "suffix");
    Objects.requireNonNull(separator, "separator");
  }

  /**
   * Placeholders that look as Flyway's usually do.
   *
   * @param values what they stand for; none leaves every dollar sign alone
   * @return these
   */
  public static Placeholders of(Map<String, String> values) {
    return new Placeholders(!values.isEmpty(), values, PREFIX, SUFFIX, SEPARATOR);
  }

  /**
   * @param values what they stand for, by name
   * @param settings settings of Flyway by their names, of which those about placeholders count
   * @return what they say
   */
  public static Placeholders of(Map<String, String> values, Map<String, String> settings) {
    String said = settings.get("placeholderReplacement");
    return new Placeholders(
        said == null || said.isBlank() ? !values.isEmpty() : Boolean.parseBoolean(said.strip()),
        values,
        text(settings, "placeholderPrefix", PREFIX),
        text(settings, "placeholderSuffix", SUFFIX),
        text(settings, "placeholderSeparator", SEPARATOR));
  }

  private static String text(Map<String, String> settings, String name, String usual) {
    String value = settings.get(name);
    return value == null || value.isBlank() ? usual : value.strip();
  }

  /**
   * Tells Flyway the same.
   *
   * @param configuration takes it
   * @return the configuration
   */
  public FluentConfiguration tell(FluentConfiguration configuration) {
    return configuration
        .placeholderReplacement(replaced)
        .placeholders(values)
        .placeholderPrefix(prefix)
        .placeholderSuffix(suffix)
        .placeholderSeparator(separator);
  }

  /**
   * @param other values by name
   * @return these with other values
   */
  Placeholders with(Map<String, String> other) {
    return new Placeholders(replaced, other, prefix, suffix, separator);
  }

  /**
   * @return all that results depend on, in one order
   */
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>(values);
    if (!equals(of(values))) {
      facts.put("", String.join(" ", String.valueOf(replaced), prefix, suffix, separator));
    }
    return facts;
  }

  /** How a placeholder of Flyway's own begins. */
  String own() {
    return "flyway" + separator;
  }
}
