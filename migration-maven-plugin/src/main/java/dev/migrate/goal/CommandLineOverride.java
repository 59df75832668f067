package dev.migrate.goal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.lang.reflect.Field;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Gives {@code -Dmigrate.…} on the command line precedence over the POM. By itself Maven prefers
 * what stands in a plugin's {@code <configuration>}, and then {@code -Dmigrate.url=<staging>} would
 * silently run against the database of the POM.
 */
final class CommandLineOverride {
  private CommandLineOverride() {}

  /**
   * @param mojo the goal, with its parameters injected
   * @param execution knows which property each parameter has
   * @param session has the properties of the command line
   * @param project has those of the POM; null when there is none
   */
  static void override(
      MigrateMojo mojo, MojoExecution execution, MavenSession session, MavenProject project) {
    Properties given = session.getUserProperties();
    for (Parameter parameter : execution.getMojoDescriptor().getParameters()) {
      if (parameter.getType().equals(SecretParameter.class.getName())) {
        lookUp(mojo, parameter.getName(), session, project);
      }
    }
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

  /**
   * In Maven's order: the command line, then its own and the POM's properties, if nothing is set.
   */
  private static void lookUp(
      MigrateMojo mojo, String name, MavenSession session, MavenProject project) {
    String property = "migrate." + name;
    String value = session.getUserProperties().getProperty(property);
    if (value == null && isUnset(mojo, name)) {
      value = session.getSystemProperties().getProperty(property);
      if (value == null && project != null) {
        value = project.getProperties().getProperty(property);
      }
    }
    if (value != null) {
      set(mojo, name, value);
    }
  }

  private static boolean isUnset(MigrateMojo mojo, String name) {
    Field field = field(mojo, name);
    try {
      field.setAccessible(true);
      return SecretParameter.value((SecretParameter) field.get(mojo)) == null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The parameter " + name + " cannot be read", e);
    }
  }

  private static void set(MigrateMojo mojo, String name, String value) {
    set(mojo, field(mojo, name), value);
  }

  private static Field field(MigrateMojo mojo, String name) {
    for (Class<?> type = mojo.getClass(); type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new IllegalStateException("No field for the parameter " + name);
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
    if (type == SecretParameter.class) {
      return SecretParameter.of(value);
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
