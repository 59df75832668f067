package dev.migrate.goal;

import dev.migrate.target.Setting;

/**
 * A parameter that is, or may hold, a password. Maven writes the value of every property that it
 * looks up for a parameter into its debug log; therefore such a parameter has no property that
 * Maven knows, and {@link CommandLineOverride} looks it up. Public, with a constructor and a
 * setter, because that is how Maven fills it from a POM.
 */
public final class SecretParameter {
  private String value;

  /** Made by Maven; without a value until it is set. */
  public SecretParameter() {}

  /**
   * @param given what stands in the POM or on the command line
   */
  public void set(String given) {
    value = given;
  }

  static SecretParameter of(String given) {
    SecretParameter secret = new SecretParameter();
    secret.set(given);
    return secret;
  }

  /** What was given; null when nothing was. */
  static String value(SecretParameter secret) {
    return secret == null ? null : secret.value;
  }

  /**
   * @return a URL without its password; of anything else only whether it was given
   */
  @Override
  public String toString() {
    if (value == null) {
      return "not given";
    }
    return value.contains("://") ? new Setting(value, "").shown() : "***";
  }
}
