package dev.migrate.adopt;

import java.nio.file.Path;
import java.util.Map;

/**
 * The environment of a process as far as Flyway's configuration depends on it: environment
 * variables, home folder, working directory; a value, so that tests need no real one.
 *
 * @param home the home directory of whoever runs it
 * @param variables the variables of its environment
 */
public record FlywayEnvironment(Path home, Map<String, String> variables) {
  /** Copies what it is given. */
  public FlywayEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * @return those of this process
   */
  public static FlywayEnvironment ofThisProcess() {
    return new FlywayEnvironment(Path.of(System.getProperty("user.home")), System.getenv());
  }
}
