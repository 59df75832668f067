package dev.migrate.script;

import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.extensibility.Plugin;
import org.flywaydb.core.internal.configuration.ConfigUtils;

/**
 * Parses Flyway settings from environment variables and from the text of a {@code flyway.conf} with
 * Flyway's own code, and finds the extensions of a configuration.
 */
public final class FlywayConfiguration {
  private FlywayConfiguration() {}

  /**
   * @param type an extension of Flyway's, or one of ours
   * @return the instance of it that belongs to the configuration
   */
  public static <T extends Plugin> T extension(Configuration configuration, Class<T> type) {
    return configuration.getPluginRegister().getExact(type);
  }

  /**
   * @param variables the environment
   * @return the settings that its variables ({@code FLYWAY_…}) say, by their names
   */
  public static Map<String, String> ofVariables(Map<String, String> variables) {
    return ConfigUtils.environmentVariablesToPropertyMap(variables);
  }

  /**
   * @param text the text of a {@code flyway.conf}
   * @return its settings by their names
   */
  public static Map<String, String> ofConf(String text) {
    return new TreeMap<>(ConfigUtils.loadConfigurationFromReader(new StringReader(text)));
  }
}
