package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.lang.reflect.Field;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecution;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Lets {@code -Dmigrate.…} win over the POM. By itself Maven prefers what stands in a plugin's
 * {@code <configuration>}, and then {@code -Dmigrate.url=<staging>} would silently run against the
 * database of the POM.
 */
final class CommandLine {
  private CommandLine() {}

  /**
   * @param mojo the goal, with its parameters injected
   * @param execution knows which property each parameter has
   * @param given the properties of the command line
   */
  static void override(MigrateMojo mojo, MojoExecution execution, Properties given) {
    PlexusConfiguration parameters = execution.getMojoDescriptor().getMojoConfiguration();
    for (PlexusConfiguration parameter : parameters.getChildren()) {
      String expression = parameter.getValue();
      if (expression == null || !expression.startsWith("${migrate.")) {
        continue;
      }
      String value = given.getProperty(expression.substring(2, expression.length() - 1));
      if (value != null) {
        set(mojo, parameter.getName(), value);
      }
    }
  }

  private static void set(MigrateMojo mojo, String name, String value) {
    for (Class<?> type = mojo.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          set(mojo, field, value);
          return;
        }
      }
    }
  }

  private static void set(MigrateMojo mojo, Field field, String value) {
    try {
      field.setAccessible(true);
      field.set(mojo, converted(field, value));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The parameter " + field.getName() + " cannot be set", e);
    }
  }

  private static Object converted(Field field, String value) {
    Class<?> type = field.getType();
    if (type == boolean.class) {
      // As Maven reads a flag that is given without a value.
      return value.isEmpty() || Boolean.parseBoolean(value);
    }
    if (type == String.class) {
      return value;
    }
    if (type == Secret.class) {
      return Secret.of(value);
    }
    if (type == int.class) {
      return number(field, value);
    }
    throw new IllegalStateException("No way to read a " + type + " from the command line");
  }

  /** Maven has read it already, but only where nothing in the POM came before it. */
  private static int number(Field field, String value) {
    try {
      return Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The parameter %s is \"%s\", which is no whole number.".formatted(field.getName(), value),
          "Give a number, such as 10.",
          e);
    }
  }
}
