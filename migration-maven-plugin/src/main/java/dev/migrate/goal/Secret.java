package dev.migrate.goal;

import dev.migrate.target.Setting;

/**
 * A parameter that is, or may hold, a password. Maven writes every parameter into its debug log as
 * text, and this text does not say what must not be read there. Public, with a constructor and a
 * setter, because that is how Maven fills it.
 */
public final class Secret {
  private String value;

  /** Made by Maven; without a value until it is set. */
  public Secret() {}

  /**
   * @param given what stands in the POM or on the command line
   */
  public void set(String given) {
    value = given;
  }

  static Secret of(String given) {
    Secret secret = new Secret();
    secret.set(given);
    return secret;
  }

  /** What was given; null when nothing was. */
  static String value(Secret secret) {
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
